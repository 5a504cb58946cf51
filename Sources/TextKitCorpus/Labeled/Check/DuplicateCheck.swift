/// Finds texts that stand more than once, in a part or in several.
struct DuplicateCheck {
  let findings: [CorpusFinding]

  /// A document: the number of its part, and its number there.
  private struct Member {
    let part: Int
    let document: LabeledDocument
  }

  init(names: [String], corpora: [LabeledCorpus], texts: [[CheckedText]]) {
    var groups: [String: Int] = [:]
    var members: [[Member]] = []
    for part in corpora.indices {
      for (document, text) in zip(corpora[part].documents, texts[part]) where !text.isEmpty {
        let group = groups[text.folded] ?? members.count
        if group == members.count {
          groups[text.folded] = group
          members.append([])
        }
        members[group].append(Member(part: part, document: document))
      }
    }
    findings = members.filter { $0.count > 1 }.flatMap { Self.findings($0, names) }
  }

  private static func findings(_ group: [Member], _ names: [String]) -> [CorpusFinding] {
    let parts = names.indices.filter { part in group.contains { $0.part == part } }
    var findings: [CorpusFinding] = []
    for part in parts {
      let members = group.filter { $0.part == part }
      guard members.count > 1 else { continue }
      let labels = labels(members)
      if labels.count > 1 {
        findings.append(
          finding(
            .conflict, members, names, "\(names[part]) has \(text(members)) as \(labels.joined(separator: " and "))"))
      } else {
        findings.append(
          finding(.duplicate, members, names, "\(names[part]) has \(members.count) times \(text(members))"))
      }
    }
    if parts.count > 1 {
      let places = parts.map { names[$0] }.joined(separator: " and ")
      let labels = labels(group)
      let remark = labels.count > 1 ? ", labeled \(labels.joined(separator: " and "))" : ""
      findings.append(finding(.overlap, group, names, "\(places) have \(text(group))\(remark)"))
    }
    return findings
  }

  private static func finding(
    _ kind: CorpusFinding.Kind, _ members: [Member], _ names: [String], _ message: String
  ) -> CorpusFinding {
    // Bytes are compared: equal strings may be written differently.
    var seen: [[UInt8]: Set<Int>] = [:]
    var isExact = false
    for member in members {
      let bytes = Array(member.document.text.utf8)
      let parts = seen[bytes, default: []]
      if kind == .overlap ? !parts.subtracting([member.part]).isEmpty : !parts.isEmpty { isExact = true }
      seen[bytes, default: []].insert(member.part)
    }
    return CorpusFinding(
      kind: kind, message: message, places: members.map(\.document.place),
      documentCounts: members.reduce(into: [:]) { $0[names[$1.part], default: 0] += 1 }, isExact: isExact)
  }

  private static func text(_ members: [Member]) -> String { CorpusError.quoted(members[0].document.text) }

  /// The different labels, or combinations of labels, in the order of the documents.
  private static func labels(_ members: [Member]) -> [String] {
    var seen: Set<String> = []
    return members.map { $0.document.labels.sorted().joined(separator: "+") }.filter { seen.insert($0).inserted }
  }
}
