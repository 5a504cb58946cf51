import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

/// Files that no writer of the package makes and an adversary may.
@Suite("Adversarial files")
struct AdversarialFileTests {
  /// A labeler's file with its metadata changed.
  private func labeler(_ model: BiLSTMCRF, _ change: (inout [String: String]) throws -> Void) throws -> ModelFile {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "model.safetensors")
    try LabelerFile.save(model, precision: .float16, metadata: [:], to: url)
    let file = try ModelFile(contentsOf: url)
    var metadata = file.metadata
    try change(&metadata)
    var writer = ModelFileWriter(metadata: metadata)
    for name in file.tensorNames {
      let info = try #require(file.info(name))
      writer.add(name, info.elementType, shape: info.shape, bytes: Data([UInt8](try file.bytes(name))))
    }
    return try ModelFile(data: writer.encoded(), path: "memory")
  }

  @Test("a labeler whose configuration is larger than its tensors takes no memory before it is refused")
  func hugeConfiguration() throws {
    let file = try labeler(SampleModels.untrainedRecognizer(unit: .words)) { metadata in
      var configuration = try JSONDecoder().decode(
        LabelerConfiguration.self, from: Data(try #require(metadata["labeler.configuration"]).utf8))
      // 37 GB of filters of the letters.
      (configuration.spelling.filters, configuration.spelling.widths) = (8192, Array(1...16))
      (configuration.characterDimension, configuration.hidden) = (8192, 8192)
      metadata["labeler.configuration"] = String(decoding: try JSONEncoder().encode(configuration), as: UTF8.self)
    }
    let before = try #require(PeakMemory.bytes())
    let error = #expect(throws: ModelFileError.self) { try EntityRecognizer(file) }
    #expect("\(try #require(error))".contains("expected shape"))
    #expect(try #require(PeakMemory.bytes()) - before < 1 << 28)
  }

  @Test("a labeler with features of another unit, or a width of filters twice, is refused")
  func misfits() throws {
    let changes: [(LabelingUnit, String, (inout LabelerConfiguration) -> Void)] = [
      (.words, "bigramDimension", { $0.bigramDimension = 4 }),
      (.words, "lexiconDimension", { $0.lexiconDimension = 4 }),
      (.words, "softLexicon.dimension", { $0.softLexicon.dimension = 4 }),
      (.words, "characterDimension", { $0.characterDimension = 0 }),
      (.words, "spelling.widths", { $0.spelling.widths = [3, 3] }),
      (.characters, "words.dimension", { $0.words.dimension = 4 }),
      (.characters, "spelling.encoder", { $0.spelling.encoder = .cnn }),
      (.characters, "unit", { ($0.characterDimension, $0.bigramDimension) = (0, 0) }),
    ]
    for (unit, name, change) in changes {
      let file = try labeler(SampleModels.untrainedRecognizer(unit: unit)) { metadata in
        var configuration = try JSONDecoder().decode(
          LabelerConfiguration.self, from: Data(try #require(metadata["labeler.configuration"]).utf8))
        change(&configuration)
        metadata["labeler.configuration"] = String(decoding: try JSONEncoder().encode(configuration), as: UTF8.self)
      }
      let error = #expect(throws: ModelFileError.self, "\(name)") { try EntityRecognizer(file) }
      #expect("\(try #require(error))".contains("labeler.configuration.\(name)"), "\(name)")
    }
  }

  @Test("a labeler of words is no segmenter, whatever its tags")
  func wordSegmenters() throws {
    var configuration = LabelerConfiguration.words
    (configuration.words.dimension, configuration.hidden, configuration.shapeDimension) = (4, 4, 2)
    configuration.spelling.encoder = .none
    var builder = VocabularyBuilder()
    builder.add("a")
    let model = BiLSTMCRF(
      configuration, tagSet: .words,
      vocabularies: LabelerVocabularies(
        configuration, characters: ScalarVocabulary(scalars: [0x61]), words: builder.vocabulary()), seed: 1)
    let neural = try labeler(model) { _ in }
    var settings = FeatureLabelerConfiguration.words
    settings.features.templates = ["token[0]", "lexicon[0]"]
    let examples = LabelingExamples(
      sequences: ScalarSequences(scalars: [0x61, 0x62, 0x63], tokenEnds: [2, 3], ends: [2]), tags: [0, 2],
      tagSet: .words, unit: .words)
    let features = try FeatureLabelerTraining.train(examples, configuration: settings, lexicon: [[0x63]])
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "crf.safetensors")
    try features.save(to: url)
    for (file, key) in [(neural, "labeler"), (try ModelFile(contentsOf: url), "crf")] {
      let error = #expect(throws: ModelFileError.self) { try Segmenter(file) }
      #expect(
        "\(try #require(error))".contains(
          "metadata entry \"\(key).configuration.unit\": expected characters, found \"words\""))
    }
  }

  @Test("scales of an LSTM in bytes are finite, and what they make of its weights", arguments: [Float.nan, 1e38])
  func scales(_ scale: Float) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "model.safetensors")
    try LabelerFile.save(SampleModels.untrained(), precision: .int8, metadata: [:], to: url)
    let file = try ModelFile(contentsOf: url)
    for part in [".scale", ".bias"] where part == ".scale" || scale.isNaN {
      let changed = try #require(file.tensorNames.first { $0.hasSuffix("forward\(part)") })
      var writer = ModelFileWriter(metadata: file.metadata)
      for name in file.tensorNames {
        let info = try #require(file.info(name))
        let values = [Float](repeating: scale, count: info.elementCount)
        if name == changed {
          writer.add(name, floats: values, shape: info.shape)
        } else {
          writer.add(name, info.elementType, shape: info.shape, bytes: Data([UInt8](try file.bytes(name))))
        }
      }
      let damaged = try ModelFile(data: writer.encoded(), path: "memory")
      let error = #expect(throws: ModelFileError.self) { try Segmenter(damaged) }
      #expect("\(try #require(error))".contains(changed))
    }
  }

  @Test("the longest text that is read can be cut into tokens, and more of them come in parts")
  func longTexts() throws {
    // A block of lines is full at 64 KiB and ends with a line that may be the longest.
    #expect(LineReader.longestLine + 1 << 16 <= TextTokenizer.mostBytes)
    let texts = ["", "aaaa", "b", "cccccccc", "dd", ""]
    let block = TextBlock(lines: texts.map { Array($0.utf8) })
    func parts(_ size: Int, _ bytes: Int) -> [[String]] {
      block.parts(of: size, bytes: bytes).map { part in
        part.lineEnds.indices.map { String(decoding: part.bytes[part.range(ofLine: $0)], as: UTF8.self) }
      }
    }
    #expect(parts(4, 100) == [Array(texts[..<4]), Array(texts[4...])])
    #expect(parts(100, 5) == [["", "aaaa", "b"], ["cccccccc"], ["dd", ""]])
    #expect(parts(1, 0) == texts.map { [$0] } && TextBlock().parts(of: 1).isEmpty)
    #expect(throws: TrainingError.tooMuchText(limit: 14, found: 15)) { try block.fitting(14) }
    #expect(try block.fitting(15).lineEnds == block.lineEnds)
  }

  @Test("an offset of a template that has no opposite is refused")
  func offsets() {
    for offset in ["-9223372036854775808", "9223372036854775807", "9", "-9"] {
      #expect(throws: FeatureTemplateError.self) { try FeatureTemplate(parsing: "token[\(offset)]") }
    }
  }

  @Test("a labeler without tags, and one with more than any, is refused", arguments: [0, 5000])
  func tags(_ count: Int) throws {
    let file = try labeler(SampleModels.untrainedRecognizer(unit: .characters)) {
      $0["labeler.tags"] = (["O"] + (0..<count).map { "B-\($0)" }).prefix(count).joined(separator: " ")
    }
    let error = #expect(throws: ModelFileError.self) { try EntityRecognizer(file) }
    #expect("\(try #require(error))".contains("1 to 4096 tags"))
  }

  @Test("weights of any size become bytes", arguments: [Float.leastNonzeroMagnitude, .greatestFiniteMagnitude, 0])
  func quantization(_ weight: Float) throws {
    var model = try SampleModels.untrained()
    for id in model.parameters.ids {
      model.parameters[id] = Tensor(model.parameters[id].shape, repeating: weight)
    }
    let line = Array("他们在北京".utf8)
    let result = WordSegmenter(NeuralLabeler(model.quantized())).segment(TextBlock(lines: [line]))
    #expect(result.pieceEnds.last == line.count)
  }

  @Test("many types of tags are read in a moment")
  func types() throws {
    let labels = (0..<20_000).flatMap { ["B-t\($0)", "I-t\($0)"] }
    let set = try TagSet(scheme: .bio, labels: labels)
    #expect(set.types.count == 20_000 && set.typeIndices[39_999] == 19_999)
  }

  @Test("ensembles within ensembles end")
  func nesting() throws {
    func nested(_ depth: Int) throws -> ModelFile {
      var metadata: [String: String] = [:]
      for level in 0..<depth {
        let prefix = String(repeating: "member.0.", count: level)
        metadata[prefix + "classifier.kind"] = "ensemble"
        metadata[prefix + "classifier.labels"] = "[\"a\"]"
        metadata[prefix + "classifier.multi_label"] = "false"
        metadata[prefix + "ensemble.members"] = "1"
      }
      let writer = ModelFileWriter(kind: ClassifierFile.kind, version: ClassifierFile.version, metadata: metadata)
      return try ModelFile(data: writer.encoded(), path: "memory")
    }
    for depth in [1, 4, 5, 1000] {
      let error = #expect(throws: ModelFileError.self) { try Classifier(nested(depth)) }
      #expect("\(try #require(error))".contains("at most 4 within one another") == (depth > 4), "\(depth)")
    }
  }

  @Test("neighbors over a hash of many features take memory for those that occur")
  func neighbors() throws {
    var configuration = FeatureConfiguration.counts(hashBits: 26)
    configuration.tokens = TokenizerConfiguration(.characters)
    let features = FeatureExtractor(hashing: configuration, segmenter: nil)
    let texts = TextBlock(["我爱北京", "他在上海"])
    let before = try #require(PeakMemory.bytes())
    let classifier = NeighborTextClassifier(
      labels: ["a", "b"], features: features, matrix: features.features(of: texts), gold: [0, 1], count: 1)
    #expect(classifier.probabilities(of: TextBlock(["我爱", "上海"])) == [1, 0, 0, 1])
    #expect(try #require(PeakMemory.bytes()) - before < 1 << 28)
  }

  @Test("a tree whose leaves hold no probabilities is refused", arguments: [-1, 1.5, .nan, .greatestFiniteMagnitude])
  func shares(_ share: Float) throws {
    var configuration = FeatureConfiguration.counts(hashBits: 8)
    configuration.tokens = TokenizerConfiguration(.characters)
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "tree.safetensors")
    func tree(_ share: Float) throws -> Classifier {
      var tree = DecisionTree(labelCount: 2)
      (tree.features, tree.left, tree.right, tree.thresholds, tree.shares) = ([-1], [-1], [-1], [0], [1, share])
      let classifier = DecisionTreeClassifier(
        labels: ["a", "b"], isMultiLabel: false,
        features: FeatureExtractor(hashing: configuration, segmenter: nil), tree: tree)
      try ClassifierFile.save(classifier, metadata: [:], to: url)
      return try Classifier(contentsOf: url)
    }
    #expect(try tree(0).prediction(for: "好").label == "a")
    #expect(throws: ModelFileError.self) { try tree(share) }
  }

  @Test("names of features that lie side by side are found as fast as hashes")
  func names() {
    let names = (0..<200_000).map { UInt64($0) * 3 }
    let index = FeatureIndex(names)
    var weights = 0
    let file = FeatureWeights(
      names: names, ends: names.indices.map { Int32($0 + 1) }, tags: names.map { _ in 0 },
      values: names.map { _ in 1 })
    for place in stride(from: 0, to: names.count, by: 7) {
      weights += file.index.names[place] == names[place] ? 1 : 0
    }
    #expect(weights == index.names[..<names.count].count / 7 + 1)
  }

  @Test(
    "counts of a checkpoint leave room to count on", arguments: ["9223372036854775807", "-1", "281474976710657", "x"])
  func counts(_ text: String) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let checkpoint = TrainingCheckpoint(url: folder.appending(path: "state"), fingerprint: "f")
    var parameters = Parameters()
    _ = parameters.add("w", Tensor(Shape(1, 2)))
    let state = TrainingState(parameters: parameters, configuration: TrainingConfiguration())
    try checkpoint.save(state)
    #expect(try checkpoint.load(like: state)?.epoch == 0)
    let file = try ModelFile(contentsOf: checkpoint.url)
    for key in ["epoch", "step", "average_count", "epochs_since_best"] {
      var metadata = file.metadata
      metadata["training.\(key)"] = text
      var writer = ModelFileWriter(metadata: metadata)
      for name in file.tensorNames {
        let info = try #require(file.info(name))
        writer.add(name, info.elementType, shape: info.shape, bytes: Data([UInt8](try file.bytes(name))))
      }
      try writer.write(to: checkpoint.url)
      let error = #expect(throws: ModelFileError.self) { try checkpoint.load(like: state) }
      #expect("\(try #require(error))".contains(key))
    }
  }

  @Test("a manifest of a batch run names files of its folder, and numbers within reach")
  func manifest() throws {
    let folder = try BatchFolderCase()
    var job = BatchJob(
      tasks: [BatchFolderCase.lengths], input: try BatchInput(paths: [folder.file("a.txt", "a\nbb\nccc\n")]))
    job.options.shardSize = 1
    let output = folder.url.appending(path: "out")
    try job.run(to: .folder(output))
    let listURL = output.appending(path: "manifest.jsonl")
    let lines = String(decoding: try Data(contentsOf: listURL), as: UTF8.self).split(separator: "\n").map(String.init)
    job.options.resume = true
    for (old, new) in [
      ("\"file\":\"part-00000", "\"file\":\"../part-00000"), ("\"file\":\"part-00000.jsonl\"", "\"file\":\"..\""),
      ("\"file\":\"part-00000", "\"file\":\"part-77777"), ("\"file\":0", "\"file\":-1"),
      ("\"records\":1", "\"records\":9223372036854775807"), ("\"bytes\":", "\"bytes\":-"),
      ("\"line\":1", "\"line\":-1"), ("\"file\":\"part-00000", "\"file\":\"part-00001"),
    ] {
      let changed = lines[1].replacing(old, with: new)
      #expect(changed != lines[1], "\(old) is not in \(lines[1])")
      try Data("\(lines[0])\n\(changed)\n".utf8).write(to: listURL)
      #expect(throws: CorpusError.self, "\(new)") { try job.run(to: .folder(output)) }
    }
    // A file named twice, and two whose numbers are within reach and their sum is not.
    let many = lines[1...2].map { $0.replacing("\"records\":1", with: "\"records\":\(1 << 40)") }
    for list in [[lines[1], lines[1]], many] {
      try Data("\(lines[0])\n\(list.joined(separator: "\n"))\n".utf8).write(to: listURL)
      let error = #expect(throws: CorpusError.self) { try job.run(to: .folder(output)) }
      #expect(error?.line == 3, "\(String(describing: error))")
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: listURL)
    #expect(try job.run(to: .folder(output)).documents == 3)
  }

  @Test("a column that the header lacks is named as such", arguments: ["a.csv", "a.tsv"])
  func columns(_ name: String) throws {
    let folder = try BatchFolderCase()
    let separator = name == "a.csv" ? "," : "\t"
    let text = ["id", "text"].joined(separator: separator) + "\n" + ["1", "a b"].joined(separator: separator) + "\n"
    var job = BatchJob(
      tasks: [BatchFolderCase.lengths], input: try BatchInput(paths: [folder.file(name, text)]))
    for (column, isThere) in [(2, true), (3, false), (Int.max, false)] {
      job.options.column = .number(column)
      let (records, _, failure) = try folder.run(job)
      #expect((failure == nil) == isThere && records.isEmpty == !isThere, "column \(column)")
      if !isThere { #expect("\(try #require(failure as? CorpusError))".contains("2 columns")) }
    }
  }

  @Test("expressions that backtrack without end are refused, others are not")
  func expressions() throws {
    let endless = ["(a+)+b", "(a|a)*c", "(\\d+)*x", "([a-zA-Z]+)*\\.", "(ab|a|b)+!", "(.*)*#"]
    let sound = ["(ab)+c", "([A-Z][a-z]+ )+", "(\\d{1,3}\\.){3}\\d+", "a+b", "(?:北京|上海)+市", "(x+x+)y", "\\d+"]
    let patterns = EntityPatterns((endless + sound).map { (.expression($0), "X") })
    #expect(patterns.report.expressionCount == sound.count)
    #expect(patterns.report.rejections.map(\.line) == Array(1...endless.count).map(Optional.some))
    #expect(patterns.report.rejections.allSatisfy { "\($0)".contains("bounded number of steps") })
    // What is tried on too short a text to be told ends all the same, with what stands before it.
    let late = EntityPatterns([(.expression("12|(q{2}q*)*(q|q)*(q|q)*(q|q)*r"), "X")])
    let text = SourceText("12 " + String(repeating: "q", count: 3000))
    let clock = ContinuousClock()
    let time = clock.measure { #expect(late.entities(in: text).first?.text ?? "12" == "12") }
    #expect(time < .seconds(60))
  }
}
