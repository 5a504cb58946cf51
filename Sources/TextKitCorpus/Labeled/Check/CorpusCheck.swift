/// Looks through a corpus before a model is trained on it.
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
    var names = ["train"]
    var corpora = [train]
    for (name, corpus) in [("dev", dev), ("test", test)] {
      guard let corpus else { continue }
      names.append(name)
      corpora.append(corpus)
    }
    let texts = corpora.map { $0.documents.map { CheckedText($0.text) } }
    parts = corpora.indices.map { part in
      CorpusSummary(
        name: names[part], documentCount: corpora[part].count,
        labelCounts: LabelCheck.counts(corpora[part]), lengths: .init(texts[part].map(\.scalarCount)))
    }
    var findings = LabelCheck(parts: parts, corpora: corpora).findings(minimum: minimumLabelCount)
    findings += DuplicateCheck(names: names, corpora: corpora, texts: texts).findings
    for (part, name) in names.enumerated() {
      for (document, text) in zip(corpora[part].documents, texts[part]) {
        findings += text.findings(document, part: name)
      }
    }
    // A stable order: kinds first, then as they were found.
    self.findings = CorpusFinding.Kind.allCases.flatMap { kind in findings.filter { $0.kind == kind } }
  }

  /// The findings of one kind.
  public func findings(_ kind: CorpusFinding.Kind) -> [CorpusFinding] { findings.filter { $0.kind == kind } }

  /// Whether there is more than notes.
  public var hasProblems: Bool { findings.contains { $0.kind.isProblem } }
}
