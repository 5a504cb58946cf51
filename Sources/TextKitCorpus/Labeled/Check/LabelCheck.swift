/// Finds labels that are rare, unknown or misspelled.
struct LabelCheck {
  let parts: [CorpusSummary]
  let corpora: [LabeledCorpus]

  /// How many documents have each label.
  static func counts(_ corpus: LabeledCorpus) -> [String: Int] {
    corpus.documents.reduce(into: [:]) { counts, document in
      for label in Set(document.labels) { counts[label, default: 0] += 1 }
    }
  }

  func findings(minimum: Int) -> [CorpusFinding] {
    var findings: [CorpusFinding] = []
    let train = parts[0].labelCounts
    for (label, count) in parts[0].distribution where count < minimum {
      findings.append(finding(.rareLabel, label, 0, "\(CorpusError.quoted(label)) has \(count) in train"))
    }
    for part in parts.indices.dropFirst() {
      for (label, count) in parts[part].distribution where train[label] == nil {
        let message = "\(CorpusError.quoted(label)) has \(count) in \(parts[part].name), none in train"
        findings.append(finding(.unknownLabel, label, part, message))
      }
    }
    return findings + typos()
  }

  private func typos() -> [CorpusFinding] {
    let total = parts.reduce(into: [String: Int]()) { $0.merge($1.labelCounts, uniquingKeysWith: +) }
    let labels = CorpusSummary(name: "", documentCount: 0, labelCounts: total, lengths: .init([])).distribution
      .map { LabelSpelling($0.label, count: $0.count) }
    var findings: [CorpusFinding] = []
    for (place, label) in labels.enumerated() {
      guard let meant = labels[..<place].first(where: label.isTypo) else { continue }
      for part in parts.indices where parts[part].labelCounts[label.text] != nil {
        let message =
          "\(CorpusError.quoted(label.text)) (\(label.count)) may be \(CorpusError.quoted(meant.text)) (\(meant.count))"
        findings.append(finding(.labelTypo, label.text, part, message))
      }
    }
    return findings
  }

  private func finding(
    _ kind: CorpusFinding.Kind, _ label: String, _ part: Int, _ message: String
  ) -> CorpusFinding {
    let places = corpora[part].documents.lazy.filter { $0.labels.contains(label) }.prefix(5).map(\.place)
    return CorpusFinding(
      kind: kind, message: message, places: Array(places),
      documentCounts: [parts[part].name: parts[part].labelCounts[label] ?? 0])
  }
}

/// A label as it is compared with others.
private struct LabelSpelling {
  let text: String
  let count: Int
  /// The scalars with case and width folded, white space dropped.
  private let folded: [UInt32]

  init(_ text: String, count: Int) {
    self.text = text
    self.count = count
    var scalars = text.unicodeScalars.map(\.value)
    Normalizer.standard.normalize(&scalars)
    folded = scalars.filter { !ScalarClass.isWhiteSpace($0) }
  }

  /// Whether this label is probably a misspelling of one that is at least as frequent.
  ///
  /// They differ by case, width or white space; or by one edit (two from 8 characters on) where the other is ten times
  /// as frequent and long enough for chance to be unlikely. Labels that differ in digits are different: `news1`.
  func isTypo(of other: LabelSpelling) -> Bool {
    if folded == other.folded { return true }
    let length = min(folded.count, other.folded.count)
    guard length >= 4, abs(folded.count - other.folded.count) <= 2, other.count >= 10 * count,
      digits == other.digits
    else { return false }
    return editDistance(folded, other.folded) <= (length >= 8 ? 2 : 1)
  }

  private var digits: [UInt32] { folded.filter { (0x30...0x39).contains($0) } }
}
