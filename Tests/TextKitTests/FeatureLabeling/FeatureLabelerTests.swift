import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

@Suite("Labelers over features")
struct FeatureLabelerTests {
  private static let algorithms = FeatureLabelerAlgorithm.allCases

  /// A corpus so small that all taggings of its sentences can be listed: characters and their BIO tags.
  private static func small(_ sentences: [(text: String, tags: [Int32])]) -> LabelingExamples {
    var sequences = ScalarSequences()
    for (text, _) in sentences {
      sequences.scalars += text.unicodeScalars.map(\.value)
      sequences.ends.append(sequences.scalars.count)
    }
    return LabelingExamples(
      sequences: sequences, tags: sentences.flatMap(\.tags), tagSet: TagSet(scheme: .bio, types: ["X", "Y"]),
      unit: .characters)
  }

  private static let corpus: LabelingExamples = {
    // O B-X I-X B-Y I-Y, whatever their order: the numbers are those of the tag set.
    let tagSet = TagSet(scheme: .bio, types: ["X", "Y"])
    func id(_ label: String) -> Int32 { Int32(tagSet.labels.firstIndex(of: label) ?? -1) }
    return small([
      ("他在北京", [id("O"), id("O"), id("B-X"), id("I-X")]),
      ("京的他", [id("B-Y"), id("O"), id("O")]),
      ("北在他", [id("B-X"), id("O"), id("B-Y")]),
    ])
  }()

  private static func configuration(_ change: (inout FeatureLabelerConfiguration) -> Void)
    -> FeatureLabelerConfiguration
  {
    var configuration = FeatureLabelerConfiguration()
    configuration.features.templates = ["token[0]", "token[-1]", "token[-1] token[0]"]
    change(&configuration)
    return configuration
  }

  /// Σ -log p(tags | tokens) + c2 · |w|² by listing all taggings.
  private func objective(_ labeler: FeatureLabeler, constrained: Bool, c2: Double) -> Double {
    let examples = Self.corpus
    let count = labeler.tagSet.count
    var value = 0.0
    for sequence in examples.sequences.ends.indices {
      let tokens = examples.sequences.tokens(ofSequence: sequence)
      let naive = NaiveCRF(
        emissions: labeler.emissions(of: examples.sequences, range: sequence..<sequence + 1),
        transitions: Tensor(Shape(count, count), labeler.transitions), start: Tensor(Shape(1, count)),
        end: Tensor(Shape(1, count)), constraints: constrained ? labeler.tagSet.constraints : nil)
      let gold = Array(examples.tags[tokens])
      value += naive.logPartition - (naive.paths.first { $0.path == gold }?.score ?? .infinity)
    }
    let squares = (labeler.weights.values + labeler.transitions).reduce(0) { $0 + Double($1) * Double($1) }
    return value + c2 * squares
  }

  @Test(
    "are where the penalized likelihood is greatest, of all taggings or of those that are allowed",
    arguments: [
      false, true,
    ])
  func optimum(constrained: Bool) throws {
    let c2 = 0.3
    let configuration = Self.configuration {
      ($0.constrained, $0.c2, $0.epsilon, $0.period) = (constrained, c2, 1e-7, 0)
    }
    var reported = 0.0
    let labeler = try FeatureLabelerTraining.train(Self.corpus, configuration: configuration, threads: 2) {
      reported = $0.loss
    }
    let least = objective(labeler, constrained: constrained, c2: c2)
    #expect(abs(least - reported) < 1e-4 * least, "\(least) found, \(reported) told")
    for place in labeler.weights.values.indices {
      for step: Float in [-0.01, 0.01] {
        var values = labeler.weights.values
        values[place] += step
        #expect(
          objective(with(values, labeler.transitions, labeler), constrained: constrained, c2: c2) > least,
          "weight \(place)")
      }
    }
    for place in labeler.transitions.indices {
      // Transitions that the corpus doesn't have stay at 0.
      guard labeler.transitions[place] != 0 else { continue }
      for step: Float in [-0.01, 0.01] {
        var transitions = labeler.transitions
        transitions[place] += step
        #expect(
          objective(with(labeler.weights.values, transitions, labeler), constrained: constrained, c2: c2) > least,
          "transition \(place)")
      }
    }
    #expect(labeler.transitions.count { $0 != 0 } == 6)
  }

  private func with(_ values: [Float], _ transitions: [Float], _ labeler: FeatureLabeler) -> FeatureLabeler {
    let weights = labeler.weights
    do {
      return FeatureLabeler(
        labeler.configuration, templates: try FeatureTemplate.templates(parsing: labeler.configuration.templates),
        algorithm: labeler.algorithm, tagSet: labeler.tagSet, lexicon: nil,
        weights: FeatureWeights(names: weights.index.names, ends: weights.ends, tags: weights.tags, values: values),
        transitions: transitions)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  @Test("of the perceptron are the mean of the weights after every sentence")
  func average() throws {
    // One sentence: its order is known. Templates of one token: a weight is a character and a tag.
    let sentence = Self.small([("他在他京", [0, 1, 2, 0].map { Int32($0) })])
    let labels = sentence.tagSet.labels
    let gold = ["O", "B-X", "I-X", "O"].map { label in Int32(labels.firstIndex(of: label) ?? -1) }
    let examples = LabelingExamples(
      sequences: sentence.sequences, tags: gold, tagSet: sentence.tagSet, unit: .characters)
    for iterations in 1...4 {
      let labeler = try FeatureLabelerTraining.train(
        examples,
        configuration: Self.configuration {
          $0.features.templates = ["token[0]"]
          ($0.algorithm, $0.iterations) = (.perceptron, iterations)
        })
      let (naive, transitions) = perceptron(examples, iterations: iterations)
      let found = labeler.emissions(of: examples.sequences, range: 0..<1)
      for (left, right) in zip(found, naive) { #expect(abs(left - right) < 1e-5, "\(iterations) iterations") }
      for (left, right) in zip(labeler.transitions, transitions) { #expect(abs(left - right) < 1e-5) }
    }
  }

  /// Collins's algorithm on one sentence with the features token[0]: the mean emissions and transitions.
  private func perceptron(_ examples: LabelingExamples, iterations: Int) -> (emissions: [Float], transitions: [Float])
  {
    let count = examples.tagSet.count
    let (scalars, gold) = (examples.sequences.scalars, examples.tags.map(Int.init))
    var weights: [UInt32: [Float]] = [:]
    var allowed: [UInt32: Set<Int>] = [:]
    for (scalar, tag) in zip(scalars, gold) {
      weights[scalar] = [Float](repeating: 0, count: count)
      allowed[scalar, default: []].insert(tag)
    }
    var transitions = [Float](repeating: 0, count: count * count)
    let known = Set(zip(gold, gold.dropFirst()).map { $0 * count + $1 })
    var sums = (weights: weights, transitions: transitions)
    var steps: Float = 1
    for _ in 0..<iterations {
      let crf = LinearChainCRF(
        transitions: Tensor(Shape(count, count), transitions), start: Tensor(Shape(1, count)),
        end: Tensor(Shape(1, count)), constraints: nil)
      let emissions = scalars.flatMap { weights[$0] ?? [] }
      var (path, scratch) = ([Int32](), ViterbiScratch())
      crf.viterbi(length: scalars.count, emissions: emissions.span, row: { $0 }, scratch: &scratch, path: &path)
      let found = path.map(Int.init)
      for (place, scalar) in scalars.enumerated() {
        for (tag, change) in [(gold[place], Float(1)), (found[place], -1)]
        where allowed[scalar]?.contains(tag) == true {
          weights[scalar]?[tag] += change
        }
        guard place > 0 else { continue }
        for (pair, change) in [
          (gold[place - 1] * count + gold[place], Float(1)), (found[place - 1] * count + found[place], -1),
        ] where known.contains(pair) {
          transitions[pair] += change
        }
      }
      steps += 1
      for (scalar, row) in weights { for tag in 0..<count { sums.weights[scalar]?[tag] += row[tag] } }
      for pair in transitions.indices { sums.transitions[pair] += transitions[pair] }
      if found == gold { break }
    }
    // The weights of 0 at the start count as one step, those after the last sentence as none of their own but it.
    func mean(_ sum: Float) -> Float { sum / steps }
    return (
      scalars.flatMap { scalar in (sums.weights[scalar] ?? []).map(mean) }, sums.transitions.map(mean)
    )
  }

  private func source(_ language: String) throws -> LabelingSource {
    .entities(
      train: try EntityCorpus(contentsOf: SampleCorpus.path("\(language)-ner/train.conll")),
      dev: try EntityCorpus(contentsOf: SampleCorpus.path("\(language)-ner/test.conll")), scheme: .bioes)
  }

  @Test("learn the sample corpora, the same for any number of threads", arguments: ["zh", "en"], algorithms)
  func learns(_ language: String, _ algorithm: FeatureLabelerAlgorithm) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let kind = algorithm == .lbfgs ? LabelerKind.crf : .perceptron
    let unit = language == "en" ? LabelingUnit.words : .characters
    // Perceptrons tag a batch side by side.
    let recipe = try kind.recipe(for: .entities, reading: unit).overriding(["batchSize=4"])
    var bytes: [Data] = []
    for threads in [1, 3] {
      var job = LabelerTraining(
        try source(language), output: folder.appending(path: "\(threads)"), recipe: recipe)
      (job.threads, job.metadata) = (threads, ["corpus.license": "none"])
      var epochs: [EpochReport] = []
      let labeler = try job.run { if case .epoch(let report) = $0 { epochs.append(report) } }
      bytes.append(try Data(contentsOf: job.output))
      let file = try ModelFile(contentsOf: job.output)
      #expect(file.metadata["corpus.license"] == "none" && file.metadata["training.configuration"] != nil)
      let dev = try #require(file.metadata["training.dev.f1"].flatMap { Double($0) })
      #expect(epochs.count == 1 && abs(dev - (epochs[0].dev["f1"] ?? 0)) < 1e-5 && epochs[0].isBest)
      let train = try EntityCorpus(contentsOf: SampleCorpus.path("\(language)-ner/train.conll"))
      let examples = try LabelingExamples(
        train, tagSet: labeler.tagSet, unit: unit, normalizer: labeler.normalizer, splitter: labeler.splitter)
      let score = LabelingScore(try #require(labeler as? FeatureLabeler), on: examples, threads: 2)
      #expect(score.f1 > 0.95, "\(language) \(algorithm): \(score.f1)")
    }
    #expect(bytes[0] == bytes[1])
  }

  @Test("cut words as any segmenter does, with confidences and readings", arguments: algorithms)
  func segmenter(_ algorithm: FeatureLabelerAlgorithm) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let kind = algorithm == .lbfgs ? LabelerKind.crf : .perceptron
    let job = LabelerTraining(
      .segmented(train: SampleCorpus.path("zh-segmentation/train.seg"), dev: nil),
      output: folder.appending(path: "m.safetensors"), recipe: kind.recipe(for: .words))
    let labeler = try job.run { _ in }
    let evaluator = try SegmentationEvaluator(contentsOf: SampleCorpus.path("zh-segmentation/train.seg"))
    #expect(evaluator.score(WordSegmenter(labeler), threads: 2).f1 > 0.97)
    let segmenter = try Segmenter(contentsOf: job.output)
    let words = segmenter.words(in: "他在 北京工作。")
    let scored = segmenter.scoredWords(in: SourceText("他在 北京工作。"))
    #expect(words.count == scored.count && scored.allSatisfy { (0...1.000001).contains($0.confidence) })
    let readings = segmenter.nBest("他在北京", count: 1_000)
    #expect(abs(readings.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
    #expect(readings[0].words == segmenter.words(in: "他在北京"))
    #expect(throws: ModelFileError.self) { try EntityRecognizer(contentsOf: job.output) }
  }

  @Test(
    "load as they were saved, in every precision; damaged files are refused", arguments: LabelerPrecision.allCases)
  func files(_ precision: LabelerPrecision) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let labeler = try SampleModels.featureRecognizer(unit: .characters)
    let url = folder.appending(path: "m.safetensors")
    try labeler.save(to: url, precision: precision, metadata: ["a": "b"])
    let file = try ModelFile(contentsOf: url)
    let again = try FeatureLabeler(file)
    #expect(file.metadata["a"] == "b" && again.tagSet == labeler.tagSet)
    let text = TextBlock(lines: [Array("周志远教授是海安大学人工智能研究所所长。他去了北京。".utf8)])
    let (expected, found) = (
      EntityExtractor(labeler).entities(in: text)[0], EntityExtractor(again).entities(in: text)[0]
    )
    #expect(
      !expected.isEmpty && found.map(\.utf8) == expected.map(\.utf8) && found.map(\.type) == expected.map(\.type))
    let second = folder.appending(path: "again.safetensors")
    try again.save(to: second, precision: precision, metadata: ["a": "b"])
    #expect(try Data(contentsOf: second) == Data(contentsOf: url))
    let whole = try Data(contentsOf: url)
    var random = SeededRandom(seed: 7)
    for _ in 0..<300 {
      var data = whole
      data[random.integer(in: 0..<data.count)] ^= UInt8(1 << random.integer(in: 0..<8))
      #expect(throws: ModelFileError.self) { try EntityRecognizer(ModelFile(data: data, path: "damaged")) }
    }
    // Sound as a file, but without one of its parts.
    for name in file.tensorNames where name != "crf.lexicon" {
      var writer = ModelFileWriter(
        kind: FeatureLabeler.fileKind, version: FeatureLabeler.fileVersion,
        metadata: file.metadata.filter { !$0.key.hasPrefix("textkit.") })
      for other in file.tensorNames where other != name {
        guard let info = file.info(other) else { continue }
        writer.add(other, info.elementType, shape: info.shape, bytes: try file.bytes(other))
      }
      try writer.write(to: second)
      #expect(throws: ModelFileError.self, "without \(name)") { try EntityRecognizer(contentsOf: second) }
    }
  }

  @Test("refuse settings that can't be, and a lexicon that no template reads")
  func refusals() throws {
    func path(_ change: (inout FeatureLabelerConfiguration) -> Void, lexicon: [[UInt32]] = []) -> String? {
      do {
        _ = try FeatureLabelerTraining.train(
          Self.corpus, configuration: Self.configuration(change), lexicon: lexicon)
        return nil
      } catch let error as ConfigurationError {
        return error.path
      } catch {
        return "\(error)"
      }
    }
    #expect(path { $0.iterations = 0 } == "iterations")
    #expect(path { $0.c2 = -1 } == "c2" && path { $0.c2 = .nan } == "c2")
    #expect(path { $0.batchSize = 0 } == "batchSize" && path { $0.memories = 0 } == "memories")
    #expect(path { $0.features.templates = ["tokn[0]"] }?.contains("templates[0]") == true)
    #expect(path({ _ in }, lexicon: [[0x5317]]) == "features.templates")
    #expect(path { $0.features.templates = ["token[0]", "lexicon[0]"] } == "features.templates")
    #expect(path({ $0.features.templates = ["token[0]", "lexicon[0]"] }, lexicon: [[0x5317, 0x4EAC]]) == nil)
  }
}
