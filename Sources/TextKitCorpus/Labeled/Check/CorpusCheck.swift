/// Looks through a corpus of labeled texts, or of texts with entities, before a model is trained on it.
public struct CorpusCheck: Sendable, Hashable, Codable {
  /// The parts in figures: `train`, then `dev` and `test` where they were given.
  public let parts: [CorpusSummary]
  /// What was found: kinds in the order of their cases, within a kind in the order of the documents.
  public let findings: [CorpusFinding]

  /// Checks a corpus.
  ///
  /// - Parameters:
  ///   - train: What a model is to be trained on, or the only part.
  ///   - dev: What it is tuned on.
  ///   - test: What it is scored on.
  ///   - minimumLabelCount: A label of `train` with fewer documents is rare.
  public init(
    train: LabeledCorpus, dev: LabeledCorpus? = nil, test: LabeledCorpus? = nil, minimumLabelCount: Int = 5
  ) {
    let (names, corpora) = Self.parts(train, dev, test)
    let texts = corpora.map { $0.documents.map { CheckedText($0.text) } }
    let parts = corpora.indices.map { part in
      CorpusSummary(
        name: names[part], documentCount: corpora[part].count,
        labelCounts: LabelCheck.counts(corpora[part]), lengths: .init(texts[part].map(\.scalarCount)))
    }
    var findings = LabelCheck(parts: parts, corpora: corpora).findings(minimum: minimumLabelCount)
    findings += DuplicateCheck(names: names, corpora: corpora, texts: texts).findings
    findings += Self.textFindings(names: names, corpora: corpora, texts: texts)
    self.init(parts: parts, findings: findings)
  }

  /// Takes what was found, in any order of kinds.
  init(parts: [CorpusSummary], findings: [CorpusFinding]) {
    self.parts = parts
    // A stable order: kinds first, then as they were found.
    self.findings = CorpusFinding.Kind.allCases.flatMap { kind in findings.filter { $0.kind == kind } }
  }

  /// The parts that are given, with their names.
  static func parts<Part>(_ train: Part, _ dev: Part?, _ test: Part?) -> (names: [String], parts: [Part]) {
    var (names, parts) = (["train"], [train])
    for (name, part) in [("dev", dev), ("test", test)] {
      guard let part else { continue }
      names.append(name)
      parts.append(part)
    }
    return (names, parts)
  }

  /// What is to be said of each text by itself.
  static func textFindings(
    names: [String], corpora: [LabeledCorpus], texts: [[CheckedText]]
  ) -> [CorpusFinding] {
    corpora.indices.flatMap { part in
      zip(corpora[part].documents, texts[part]).flatMap { document, text in
        text.findings(document, part: names[part])
      }
    }
  }

  /// The findings of one kind.
  public func findings(_ kind: CorpusFinding.Kind) -> [CorpusFinding] { findings.filter { $0.kind == kind } }

  /// Whether there is more than notes.
  public var hasProblems: Bool { findings.contains { $0.kind.isProblem } }
}
