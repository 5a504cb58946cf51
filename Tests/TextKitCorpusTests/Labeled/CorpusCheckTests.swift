import Testing
import TextKitCorpus

@Suite struct CorpusCheckTests {
  private func corpus(_ name: String, _ documents: [(String, String)]) -> LabeledCorpus {
    LabeledCorpus(
      documents.enumerated().map { number, document in
        LabeledDocument(text: document.1, labels: [document.0], file: name, line: number + 1)
      })
  }

  /// `kind message @ places` of each finding.
  private func brief(_ check: CorpusCheck) -> [String] {
    check.findings.map { "\($0.kind) \($0.message) @ \($0.places.joined(separator: " "))" }
  }

  @Test func `a clean corpus has figures and no findings`() {
    let check = CorpusCheck(
      train: corpus("t", [("a", "x中"), ("b", "yyyy"), ("a", "z"), ("a", "ww")]), minimumLabelCount: 1)
    #expect(check.findings.isEmpty && !check.hasProblems)
    #expect(check.parts.count == 1)
    #expect(check.parts[0].name == "train" && check.parts[0].documentCount == 4)
    #expect(check.parts[0].labelCounts == ["a": 3, "b": 1])
    let lengths = check.parts[0].lengths
    #expect([lengths.minimum, lengths.median, lengths.percentile95, lengths.maximum] == [1, 2, 4, 4])
    #expect(lengths.mean == 2.25)
  }

  @Test func `rare and unknown labels`() {
    let train = corpus("t", [("a", "1x"), ("a", "2x"), ("b", "3x")])
    let check = CorpusCheck(train: train, test: corpus("s", [("c", "4x"), ("a", "5x")]), minimumLabelCount: 2)
    #expect(
      brief(check) == [
        #"rareLabel "b" has 1 in train @ t:3"#, #"unknownLabel "c" has 1 in test, none in train @ s:1"#,
      ])
    #expect(check.hasProblems)
    #expect(check.findings[1].documentCounts == ["test": 1])
  }

  @Test func `labels that look misspelled`() {
    func typos(_ labels: [(String, Int)]) -> [String] {
      let documents = labels.flatMap { label, count in (0..<count).map { (label, "\(label) \($0) x") } }
      return CorpusCheck(train: corpus("t", documents), minimumLabelCount: 0).findings(.labelTypo).map(\.message)
    }
    #expect(typos([("sport", 20), ("sprot", 2)]) == [#""sprot" (2) may be "sport" (20)"#])
    #expect(typos([("sport", 20), ("Sport ", 19)]) == [#""Sport " (19) may be "sport" (20)"#])
    #expect(typos([("business", 20), ("busines", 1), ("buziness", 1)]).count == 2)
    #expect(typos([("business", 20), ("buznes", 1)]) == [])
    // Near, but as frequent; too short for chance; different numbers.
    #expect(typos([("sport", 20), ("spurt", 3)]) == [])
    #expect(typos([("pos", 20), ("neg", 20), ("pps", 1)]) == [])
    #expect(typos([("news_104", 20), ("news_105", 1)]) == [])
  }

  @Test func `the same text twice, exactly or folded, with the same label or another`() {
    let check = CorpusCheck(
      train: corpus(
        "t",
        [
          ("a", "One  two"), ("b", "other"), ("a", "One  two"), ("a", "Ｘ y"), ("b", " x\tY "), ("a", "same "),
          ("a", "Same"),
        ]), minimumLabelCount: 0)
    #expect(
      brief(check) == [
        #"conflict train has "Ｘ y" as a and b @ t:4 t:5"#, #"duplicate train has 2 times "One  two" @ t:1 t:3"#,
        #"duplicate train has 2 times "same " @ t:6 t:7"#,
      ])
    #expect(check.findings.map(\.isExact) == [false, true, false])
    #expect(CorpusCheck(train: corpus("t", [("a", "x"), ("a", "X")]), minimumLabelCount: 0).hasProblems == false)
  }

  @Test func `the same text in several parts`() {
    let check = CorpusCheck(
      train: corpus("t", [("a", "x"), ("a", "only"), ("a", "y"), ("a", "y")]),
      dev: corpus("d", [("a", "Z"), ("b", "X")]),
      test: corpus("s", [("a", "x"), ("b", "y "), ("a", "z")]), minimumLabelCount: 0)
    let overlaps = check.findings(.overlap)
    #expect(
      overlaps.map(\.message) == [
        #"train and dev and test have "x", labeled a and b"#, #"train and test have "y", labeled a and b"#,
        #"dev and test have "Z""#,
      ])
    // "y" stands twice in train exactly, but between the parts only folded.
    #expect(overlaps.map(\.isExact) == [true, false, false])
    #expect(overlaps.map(\.places) == [["t:1", "d:2", "s:1"], ["t:3", "t:4", "s:2"], ["d:1", "s:3"]])
    #expect(overlaps[1].documentCounts == ["train": 2, "test": 1] && overlaps[1].documentCount == 3)
  }

  @Test func `texts without content or with odd characters`() {
    let check = CorpusCheck(
      train: corpus(
        "t",
        [
          ("a", ""), ("a", " \u{3000}\n"), ("a", "3.14, 42!"), ("a", "？！"), ("a", "co\u{FFFD}e"), ("a", "a\u{8}"),
          ("a", "\u{FEFF}a\tb\r\n"), ("a", "中"), ("a", "é"), ("a", "b\u{85}"),
        ]), minimumLabelCount: 0)
    #expect(check.findings(.emptyText).map(\.places) == [["t:1"], ["t:2"]])
    #expect(check.findings(.noLetters).map(\.places) == [["t:3"], ["t:4"]])
    #expect(check.findings(.replacementCharacter).map(\.places) == [["t:5"]])
    #expect(check.findings(.controlCharacter).map(\.places) == [["t:6"], ["t:7"], ["t:10"]])
    #expect(check.findings(.controlCharacter).map { $0.message.prefix(6) } == ["U+0008", "U+FEFF", "U+0085"])
    #expect(check.findings.count == 8)
  }

  @Test func `many rare labels don't each take a look at all documents`() {
    let train = corpus("t", (0..<50_000).map { ("topic_\($0)", "x\($0)") })
    var check: CorpusCheck?
    #expect(ContinuousClock().measure { check = CorpusCheck(train: train) } < .seconds(5))
    #expect(check?.findings(.rareLabel).count == 50_000)
    #expect(check?.findings(.rareLabel).allSatisfy { $0.places.count == 1 } == true)
    #expect(check?.findings(.labelTypo) == [] && check?.findings(.uncomparedLabels) == [])
  }

  @Test func `labels that are too many to be compared for misspellings are told`() {
    // 1,333 of the rare labels are compared with each of the 1,500 before 2,000,000 comparisons are done.
    let frequent = (0..<15_000).map { ("topic_\($0 % 1500)", "x\($0)") }
    let rare = (1500..<4500).map { ("topic_\($0)", "y\($0)") } + [("Topic_0 ", "z")]
    let check = CorpusCheck(train: corpus("t", frequent + rare), minimumLabelCount: 0)
    #expect(
      brief(check) == [
        #"labelTypo "Topic_0 " (1) may be "topic_0" (10) @ t:18001"#,
        "uncomparedLabels 1667 of 4501 labels were compared by case, width and white space alone @ ",
      ])
    #expect(check.findings(.uncomparedLabels).allSatisfy { !$0.kind.isProblem })
  }

  @Test func `places of a label are those of its first documents`() {
    let train = corpus("t", (0..<7).map { ("a", "x\($0)") })
    #expect(
      CorpusCheck(train: train, minimumLabelCount: 9).findings.map(\.places) == [["t:1", "t:2", "t:3", "t:4", "t:5"]])
  }
}
