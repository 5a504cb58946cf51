import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Comparing labelers")
struct LabelerComparisonTests {
  private static let small =
    "bilstm-crf:training.epochs=2,model.hidden=12,model.characterDimension=8,model.bigramDimension=8"

  private static func entities(
    _ models: [String], from vectors: LabelerVectors = LabelerVectors()
  ) throws -> LabelerComparison {
    let train = try EntityCorpus(contentsOf: SampleCorpus.path("zh-ner/train.conll"))
    let test = try EntityCorpus(contentsOf: SampleCorpus.path("zh-ner/test.conll"))
    return LabelerComparison(
      models: try models.map { try NamedLabeler(parsing: $0, for: .entities, reading: .characters, from: vectors) },
      source: .entities(train: train, dev: nil, scheme: .bioes), test: .entities(EntityEvaluator(test)))
  }

  private static func words(_ models: [String]) throws -> LabelerComparison {
    LabelerComparison(
      models: try models.map { try NamedLabeler(parsing: $0, for: .words, reading: .characters) },
      source: .segmented(train: SampleCorpus.path("zh-segmentation/train.seg"), dev: nil),
      test: .words(try SegmentationEvaluator(contentsOf: SampleCorpus.path("zh-segmentation/test.seg"))))
  }

  private func run(_ comparison: LabelerComparison) throws -> LabelerComparisonTable {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    return comparison.run(in: folder)
  }

  @Test("gives each model the score that it has alone, and ranks by F1")
  func scores() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let comparison = try Self.entities(["perceptron:iterations=1", "crf", Self.small])
    let table = try run(comparison)
    #expect(table.rows.map(\.name) == comparison.models.map(\.name) && table.rows.allSatisfy { $0.failure == nil })
    for (row, model) in zip(table.rows, comparison.models) {
      let result = try #require(row.result)
      let output = folder.appending(path: "m.safetensors")
      let labeler = try LabelerTraining(comparison.source, output: output, recipe: model.recipe).run { _ in }
      let test = try EntityCorpus(contentsOf: SampleCorpus.path("zh-ner/test.conll"))
      let report = EntityEvaluator(test).evaluate(labeler, threads: 1).report
      #expect(result.runs.map(\.score) == [report.score.micro] && result.interval == report.f1Interval)
      #expect(result.counts?.count == test.samples.count && result.charactersPerSecond > 0)
      #expect(try Data(contentsOf: output).count == result.modelBytes)
    }
    let f1 = table.rows.map { $0.result?.meanF1 ?? 0 }
    #expect(table.best.map { f1[$0] } == f1.max() && Set(f1).count == 3)
    for (number, row) in table.rows.enumerated() {
      #expect((row.difference == nil) == (number == table.best))
      guard let difference = row.difference, let best = table.best else { continue }
      #expect(abs(difference.value - (f1[number] - f1[best])) < 1e-12 && (0...1).contains(difference.p))
      #expect(difference.interval.low <= difference.value && difference.value <= difference.interval.high)
    }
    let json = try JSONDecoder().decode(LabelerComparisonTable.self, from: JSONEncoder().encode(table.withoutCounts))
    #expect(json.rows.allSatisfy { $0.result?.counts == nil } && json.best == table.best)
  }

  @Test("keeps to the least confidence of its test")
  func confidence() throws {
    var comparison = try Self.entities(["crf"])
    let all = try #require(try run(comparison).rows[0].result).runs[0].score
    var evaluator = EntityEvaluator(try EntityCorpus(contentsOf: SampleCorpus.path("zh-ner/test.conll")))
    evaluator.minimumConfidence = 0.9
    comparison.test = .entities(evaluator)
    let sure = try #require(try run(comparison).rows[0].result).runs[0].score
    #expect(sure.predicted < all.predicted && sure.gold == all.gold)
  }

  @Test("of segmenters counts words, line by line")
  func segmenters() throws {
    let table = try run(try Self.words(["crf", Self.small]))
    let evaluator = try SegmentationEvaluator(contentsOf: SampleCorpus.path("zh-segmentation/test.seg"))
    for row in table.rows {
      let result = try #require(row.result, "\(row.failure ?? "")")
      #expect(result.runs[0].score.gold == evaluator.wordCount && result.counts?.count == evaluator.lineCount)
      #expect(result.runs[0].score.f1 > 0.3)
    }
    let lines = table.text.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].contains("characters/s") && lines.count { $0.hasPrefix("* ") } == 1)
  }

  @Test("trains what depends on a seed once with each, and says what fails")
  func seedsAndFailures() throws {
    var comparison = try Self.entities(["crf", "perceptron", "crf:features.templates=[\"lexicon[0]\"]"])
    comparison.seeds = [3, 4]
    let table = try run(comparison)
    #expect(table.rows.map { $0.result?.runs.map(\.seed) } == [[nil], [3, 4], nil])
    #expect(table.rows[2].failure?.contains("lexicon") == true && table.best != 2)
    #expect(table.rows[1].result?.deviation != nil && table.rows[0].result?.deviation == nil)
    #expect(table.text.contains("failed: ") && table.text.contains(" ± "))
  }

  @Test("gives a lexicon to those that use one, normalized as they normalize")
  func lexicon() throws {
    var vectors = LabelerVectors()
    vectors.lexicon = Lexicon(normalizer: Normalizer())
    for word in ["北京", "ＡＢＣ"] { vectors.lexicon.add(word: word.unicodeScalars.map(\.value), frequency: 1) }
    let comparison = try Self.entities(["crf:features.templates=[\"basic\",\"lexicon[0]\"]", "crf"], from: vectors)
    #expect(comparison.models.map(\.usesLexicon) == [true, false])
    #expect(comparison.models[0].vectors.lexicon.words == ["北京", "ABC"].map { $0.unicodeScalars.map(\.value) })
    let rows = try run(comparison).rows
    #expect(rows.allSatisfy { $0.failure == nil }, "\(rows.compactMap(\.failure))")
    #expect(rows[0].result?.runs[0].score != rows[1].result?.runs[0].score)
  }

  @Test("networks that segment read the evidence of a lexicon beside vectors of bigrams, features don't")
  func evidence() throws {
    var vectors = LabelerVectors()
    vectors.lexicon.add(word: "北京".unicodeScalars.map(\.value), frequency: 9)
    #expect(throws: ConfigurationError.self) {
      try NamedLabeler(parsing: "bilstm-crf", for: .words, reading: .characters, from: vectors)
    }
    try vectors.set(.bigrams, to: WordVectors(words: ["上海", "天津"], values: [1, 2, 3, 4]))
    func width(_ task: LabelingTask) throws -> Int? {
      let labeler = try NamedLabeler(parsing: "bilstm-crf", for: task, reading: .characters, from: vectors)
      return (labeler.recipe as? LabelerTrainingConfiguration)?.model.bigramDimension
    }
    #expect(try width(.words) == 6 && width(.entities) == 2)
    #expect(try !NamedLabeler(parsing: "crf", for: .words, reading: .characters, from: vectors).usesLexicon)
  }

  @Test("words can't be the unit of a segmenter")
  func unit() throws {
    let row = try run(try Self.words(["crf:features.unit=words"])).rows[0]
    #expect(row.failure?.contains("unit") == true, "\(row.failure ?? "")")
  }

  @Test("knows recipes by name and their settings")
  func names() throws {
    let recipe = try NamedLabeler(
      parsing: "crf:c2=0.5,features.templates=[\"basic\",\"token[3]\"]", for: .words, reading: .characters)
    let configuration = try #require(recipe.recipe as? FeatureLabelerConfiguration)
    #expect(configuration.c2 == 0.5 && configuration.features.templates == ["basic", "token[3]"])
    let error = #expect(throws: ConfigurationError.self) {
      try NamedLabeler(parsing: "bilstm:a=1", for: .words, reading: .characters)
    }
    #expect(error?.path == "labeler")
    #expect(error?.description.contains("bilstm-crf") == true)
    #expect(throws: ConfigurationError.self) {
      try NamedLabeler(parsing: "crf:c3=1", for: .words, reading: .characters)
    }
    let neural = try #require(
      LabelerKind.neural.recipe(for: .entities, reading: .words) as? LabelerTrainingConfiguration)
    #expect(neural.model.unit == .words && neural.model.splitter.granularity == .sentence)
  }
}

@Suite("textkit compare ner and segment", .enabled(if: Program.url != nil, "the program isn't built"))
struct LabelerCommandTests {
  private func run(_ arguments: String...) throws -> (code: Int32, output: String, messages: String) {
    let result = try Program.run(arguments)
    return (result.code, String(decoding: result.output, as: UTF8.self), result.messages)
  }

  private static let corpora = ["zh-ner/train.conll", "zh-ner/test.conll"].map(SampleCorpus.path)

  @Test("print a table or JSON; a failure shows in the exit code")
  func tables() throws {
    let table = try run(
      "compare", "ner", "--train", Self.corpora[0], "--test", Self.corpora[1], "-l", "crf:iterations=5", "-l",
      "perceptron", "-j", "1")
    #expect(table.code == 0 && table.output.split(separator: "\n").count == 3, "\(table.messages)")
    let json = try run(
      "compare", "segment", "--train", SampleCorpus.path("zh-segmentation/train.seg"), "--test",
      SampleCorpus.path("zh-segmentation/test.seg"), "-l", "perceptron", "--json", "--seeds", "1,2")
    let decoded = try JSONDecoder().decode(LabelerComparisonTable.self, from: Data(json.output.utf8))
    #expect(json.code == 0 && decoded.rows[0].result?.runs.count == 2)
    let failed = try run(
      "compare", "ner", "--train", Self.corpora[0], "--test", Self.corpora[1], "-l",
      "crf:features.templates=[\"lexicon[0]\"]", "-l", "perceptron:iterations=1")
    #expect(failed.code == 65 && failed.messages.contains("1 of 2 models failed"))
    #expect(failed.output.split(separator: "\n").count == 3)
  }

  @Test("refuse what makes no sense before they read a corpus")
  func refusals() throws {
    let parts = ["--train", "/none", "--test", "/none"]
    for wrong in [["-l", "svm"], ["-l", "crf:c9=1"], ["-l", "crf", "-l", "crf"], ["--seeds", "1,1"]] {
      #expect(try [64, 78].contains(Program.run(["compare", "ner"] + parts + wrong).code), "\(wrong)")
    }
    let none = try Program.run(["compare", "segment"] + parts)
    #expect(none.code == 66 && none.messages.split(separator: "\n").count == 1, "\(none.messages)")
    let idle = try Program.run(
      ["train", "ner", "--train", Self.corpora[0], "-o", "/none/m", "--lexicon", "/dev/null"])
    #expect(idle.code == 64 && idle.messages.contains("looks words up"), "\(idle.messages)")
    for option in [["--resume"], ["--log", "l"], ["--vectors", "characters=v"]] {
      let ran = try Program.run(
        ["train", "ner", "--labeler", "crf", "--train", "/none", "-o", "/none/m"] + option)
      #expect(ran.code == 64 && ran.messages.contains("\(option[0]) is for --labeler bilstm-crf"), "\(ran.messages)")
    }
  }

  @Test("train, evaluate and use a labeler over features")
  func train() throws {
    let folder = try Folder()
    let model = folder.url.appending(path: "m.safetensors").path
    let train = try run(
      "train", "ner", "--labeler", "crf", "--train", Self.corpora[0], "--dev", Self.corpora[1], "-o", model,
      "--precision", "int8", "--set", "iterations=30")
    #expect(train.code == 0 && train.messages.contains("dev f1"), "\(train.messages)")
    let score = try run("evaluate", "ner", "-m", model, Self.corpora[1])
    #expect(score.code == 0 && score.output.hasPrefix("processed "))
    #expect(try run("ner", "-m", model, Self.corpora[1]).code == 0)
    let words = folder.url.appending(path: "w.safetensors").path
    #expect(
      try run(
        "train", "segment", "--labeler", "perceptron", "--train", SampleCorpus.path("zh-segmentation/train.seg"),
        "-o", words
      ).code == 0)
    #expect(try run("segment", "-m", words, SampleCorpus.path("zh-segmentation/test.raw")).code == 0)
  }
}
