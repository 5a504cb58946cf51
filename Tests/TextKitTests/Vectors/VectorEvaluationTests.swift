import Foundation
import Testing
import TextKit
import TextKitTestSupport
import TextKitTraining

/// Every figure is what gensim 4.4.0 prints for `evaluate_word_analogies` and `evaluate_word_pairs` with the same
/// options on `SampleVectors`.
@Suite("Tests of word vectors")
struct VectorEvaluationTests {
  private let vectors = WordVectors(words: SampleVectors.words, values: SampleVectors.values)

  /// Writes a text to a file and calls `body` with its path.
  private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(text.utf8).write(to: url)
    return try body(url.path)
  }

  private func options(_ change: (inout VectorEvaluationOptions) -> Void) -> VectorEvaluationOptions {
    var options = VectorEvaluationOptions()
    change(&options)
    return options
  }

  @Test("Text that is not UTF-8 is refused with its line")
  func invalidText() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(": s\n".utf8 + [0x61, 0xFF, 0x0A]).write(to: url)
    for read in [{ _ = try AnalogyQuestions(contentsOf: $0) }, { _ = try SimilarityPairs(contentsOf: $0) }]
      as [(String) throws -> Void]
    {
      let error = #expect(throws: CorpusError.self) { try read(url.path) }
      #expect(error?.line == 2 && error?.expected == "valid UTF-8" && error?.found == "byte 0xFF at column 2")
    }
  }

  @Test("Analogies by section")
  func analogies() throws {
    let questions = try withFile(SampleVectors.questions) { try AnalogyQuestions(contentsOf: $0) }
    #expect(questions.skippedLines == 1 && questions.sections.map(\.name) == ["capitals", "family"])
    let all = try withFile(SampleVectors.allQuestions) { try AnalogyQuestions(contentsOf: $0) }
    func check(
      _ capitals: [Int], _ family: [Int], all allFigures: [Int],
      _ change: (inout VectorEvaluationOptions) -> Void
    ) {
      for threads in [1, 2] {
        var options = options(change)
        options.threads = threads
        let report = questions.score(vectors, options)
        #expect(report.sections.map { [$0.correct, $0.asked] } == [capitals, family])
        #expect(report.total.correct == capitals[0] + family[0] && report.total.asked == capitals[1] + family[1])
        #expect(report.total.total == 8)
        let total = all.score(vectors, options).total
        #expect(total.correct == allFigures[0] && total.asked == allFigures[1])
      }
    }
    check([0, 3], [1, 4], all: [92, 840]) { _ in }
    check([0, 1], [0, 3], all: [54, 840]) { $0.foldsCase = false }
    check([0, 3], [1, 5], all: [92, 840]) { $0.countsUnknown = true }
    check([0, 0], [1, 3], all: [120, 360]) { $0.restrictVocabulary = 8 }
  }

  @Test("Similarity: correlations and unknown words")
  func similarity() throws {
    let pairs = try withFile(SampleVectors.pairs) { try SimilarityPairs(contentsOf: $0) }
    #expect(pairs.pairs.count == 8 && pairs.skippedLines == 1)
    func check(
      pearson: Double, spearman: Double, unknown: Int, _ change: (inout VectorEvaluationOptions) -> Void
    ) throws {
      let score = pairs.score(vectors, options(change))
      #expect(abs(try #require(score.pearson) - pearson) < 1e-6)
      #expect(abs(try #require(score.spearman) - spearman) < 1e-12)
      #expect(score.unknown == unknown && score.coverage == Double(8 - unknown) / 8)
    }
    try check(pearson: -0.029474609474872265, spearman: -0.16216874328520064, unknown: 1) { _ in }
    try check(pearson: 0.2537610098527793, spearman: 0.07207499701564472, unknown: 1) { $0.foldsCase = false }
    try check(pearson: -0.05615542398155128, spearman: -0.17964393928698885, unknown: 1) { $0.countsUnknown = true }
    try check(pearson: -1, spearman: -1, unknown: 6) { $0.restrictVocabulary = 8 }
    // One pair, and no scores that differ, have no correlation.
    #expect(pairs.score(vectors, options { $0.restrictVocabulary = 4 }).spearman == nil)
  }

  @Test("Fields of pairs by tabs, commas, semicolons or blanks; the first number is the score")
  func pairFormats() throws {
    let text =
      "Word 1,Word 2,Human (mean)\nold,new,1.58\nold;new;2\nold  new 3\nold\tnew\tA\t4\t9\n钱\t 现金\t5\r\n\nold new\n"
    let pairs = try withFile(text) { try SimilarityPairs(contentsOf: $0) }
    #expect(pairs.pairs.map(\.score) == [1.58, 2, 3, 4, 5] && pairs.skippedLines == 2)
    #expect(pairs.pairs.allSatisfy { $0.first == "old" && $0.second == "new" || $0.second == "现金" })
    let error = #expect(throws: CorpusError.self) {
      try withFile("a b\n") { try SimilarityPairs(contentsOf: $0) }
    }
    #expect(error?.line == 1)
  }

  @Test("A question before the first section is an error with its line")
  func noSection() throws {
    let error = #expect(throws: CorpusError.self) {
      try withFile("\na b c d\n") { try AnalogyQuestions(contentsOf: $0) }
    }
    #expect(error?.line == 2)
  }

  @Test("Equal values share the mean of their ranks")
  func ranks() {
    #expect(Correlation.ranks([3, 1, 3, 2, 3]) == [4, 1, 4, 2, 4])
    #expect(abs((Correlation.spearman([1, 2, 3], [10, 20, 15]) ?? 0) - 0.5) < 1e-12)
    #expect(Correlation.pearson([1, 1], [1, 2]) == nil)
  }

  @Test("3CosMul of many questions is that of each alone")
  func multiply() throws {
    let questions = try withFile(SampleVectors.allQuestions) { try AnalogyQuestions(contentsOf: $0) }
    let report = questions.score(
      vectors,
      options {
        $0.method = .multiply
        $0.foldsCase = false
      })
    let correct = try questions.sections[0].questions.filter { words in
      let found = try vectors.analogy(
        positive: [words[1], words[2]], negative: [words[0]], method: .multiply, count: 1)
      return found.first?.word == words[3]
    }
    #expect(correct.count > 20 && report.total.correct == correct.count)
  }

  @Test(
    "GloVe on the usual tests is as gensim finds it",
    .enabled(if: SampleCorpus.standardFolder != nil, "TEXTKIT_CORPORA is not set"))
  func glove() throws {
    let corpora = try #require(SampleCorpus.standardFolder)
    let glove = try WordVectors(
      contentsOf: URL(filePath: "\(corpora)/en/glove.6B.50d/glove.6B.50d.top120k.txt"), limit: 120_000)
    #expect(glove.dimension == 50 && glove.report?.notes == [])
    // kv.evaluate_word_analogies(questions, restrict_vocab=30000)
    let questions = try AnalogyQuestions(contentsOf: "\(corpora)/en/word-eval/questions-words.txt")
    let report = questions.score(glove, options { $0.restrictVocabulary = 30_000 })
    #expect(report.total.correct == 7393 && report.total.asked == 14877 && report.total.total == 19544)
    #expect(
      report.sections.map(\.correct) == [
        403, 2006, 31, 354, 259, 127, 45, 699, 202, 397, 1362, 586, 680, 242,
      ])
    // kv.evaluate_word_pairs(wordsim353)
    let score = try SimilarityPairs(contentsOf: "\(corpora)/en/word-eval/wordsim353.tsv").score(glove)
    #expect(abs(try #require(score.spearman) - 0.503319577396603) < 1e-9)
    #expect(abs(try #require(score.pearson) - 0.5066191868476005) < 1e-7)
    // kv.evaluate_word_pairs(rare words): 861 of 2034 unknown
    let rare = try SimilarityPairs(contentsOf: "\(corpora)/en/word-eval/eval-word-vectors/EN-RW-STANFORD.txt")
    #expect(rare.score(glove).unknown == 861)
    // CA8 has 17,813 questions in eight sections.
    let ca8 = try ["morphological", "semantic"].map {
      try AnalogyQuestions(contentsOf: "\(corpora)/zh/eval-analogy-ca8/CA8/\($0).txt")
    }
    #expect(ca8.flatMap(\.sections).count == 8 && ca8.allSatisfy { $0.skippedLines == 0 })
    #expect(ca8.flatMap(\.sections).reduce(0) { $0 + $1.questions.count } == 17813)
  }
}
