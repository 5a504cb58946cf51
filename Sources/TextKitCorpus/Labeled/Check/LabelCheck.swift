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
    let first = corpora.map(Self.firstDocuments)
    func finding(_ kind: CorpusFinding.Kind, _ label: String, _ part: Int, _ message: String) -> CorpusFinding {
      let documents = (first[part][label] ?? []).map { corpora[part].documents[$0] }
      return CorpusFinding(
        kind: kind, message: message, places: documents.map(\.place),
        documentCounts: [parts[part].name: parts[part].labelCounts[label] ?? 0])
    }
    for (label, count) in parts[0].distribution where count < minimum {
      findings.append(finding(.rareLabel, label, 0, "\(CorpusError.quoted(label)) has \(count) in train"))
    }
    for part in parts.indices.dropFirst() {
      for (label, count) in parts[part].distribution where train[label] == nil {
        let message = "\(CorpusError.quoted(label)) has \(count) in \(parts[part].name), none in train"
        findings.append(finding(.unknownLabel, label, part, message))
      }
    }
    let spellings = spellings()
    for (label, meant) in spellings.typos {
      for part in parts.indices where parts[part].labelCounts[label.text] != nil {
        let message =
          "\(CorpusError.quoted(label.text)) (\(label.count)) may be \(CorpusError.quoted(meant.text)) (\(meant.count))"
        findings.append(finding(.labelTypo, label.text, part, message))
      }
    }
    if spellings.passedOver > 0 {
      let message =
        "\(spellings.passedOver) of \(spellings.count) labels were compared by case, width and white space alone"
      findings.append(CorpusFinding(kind: .uncomparedLabels, message: message, places: [], documentCounts: [:]))
    }
    return findings
  }

  /// The numbers of the first documents that have each label, at most five.
  private static func firstDocuments(_ corpus: LabeledCorpus) -> [String: [Int]] {
    var numbers: [String: [Int]] = [:]
    for (number, document) in corpus.documents.enumerated() {
      for label in document.labels {
        let known = numbers[label] ?? []
        if known.count < 5, known.last != number { numbers[label, default: []].append(number) }
      }
    }
    return numbers
  }

  /// Pairs of labels that are compared letter by letter at most: all of 2,000 labels, and of more labels as a rule too,
  /// since only one that is ten times as frequent may be meant.
  static let mostComparisons = 2_000_000

  /// Labels that are probably misspelled with what is meant, how many were not compared for it with all others, and how
  /// many there are.
  private func spellings() -> (typos: [(label: LabelSpelling, meant: LabelSpelling)], passedOver: Int, count: Int) {
    let total = parts.reduce(into: [String: Int]()) { $0.merge($1.labelCounts, uniquingKeysWith: +) }
    let labels = CorpusSummary(name: "", documentCount: 0, labelCounts: total, lengths: .init([])).distribution
      .map { LabelSpelling($0.label, count: $0.count) }
    var typos: [(label: LabelSpelling, meant: LabelSpelling)] = []
    var passedOver = 0
    var comparisons = 0
    // The most frequent label of each folded form.
    var folded: [[UInt32]: Int] = [:]
    for (place, label) in labels.enumerated() {
      var meant = folded[label.folded]
      if meant == nil { folded[label.folded] = place }
      for other in 0..<(meant ?? place) where label.mayBeCompared {
        // Those behind are rarer still.
        guard labels[other].count >= 10 * label.count else { break }
        guard comparisons < Self.mostComparisons else {
          passedOver += 1
          break
        }
        comparisons += 1
        if label.isEdited(labels[other]) {
          meant = other
          break
        }
      }
      if let meant { typos.append((label, labels[meant])) }
    }
    return (typos, passedOver, labels.count)
  }
}

/// A label as it is compared with others.
///
/// It is probably a misspelling of one that is at least as frequent where they differ by case, width or white space; or by
/// one edit (two from 8 characters on) where the other is ten times as frequent and long enough for chance to be unlikely.
/// Labels that differ in digits are different: `news1`; those of more than 64 characters are no words.
private struct LabelSpelling {
  let text: String
  let count: Int
  /// The scalars with case and width folded, white space dropped.
  let folded: [UInt32]
  private let digits: [UInt32]

  init(_ text: String, count: Int) {
    self.text = text
    self.count = count
    var scalars = text.unicodeScalars.map(\.value)
    Normalizer.standard.normalize(&scalars)
    folded = scalars.filter { !ScalarClass.isWhiteSpace($0) }
    digits = folded.filter { (0x30...0x39).contains($0) }
  }

  /// Whether its length is one at which edits tell of a misspelling.
  var mayBeCompared: Bool { (4...64).contains(folded.count) }

  /// Whether this label is probably one that is ten times as frequent, with an edit or two.
  func isEdited(_ other: LabelSpelling) -> Bool {
    let length = min(folded.count, other.folded.count)
    guard length >= 4, abs(folded.count - other.folded.count) <= 2, digits == other.digits else { return false }
    return editDistance(folded, other.folded) <= (length >= 8 ? 2 : 1)
  }
}
