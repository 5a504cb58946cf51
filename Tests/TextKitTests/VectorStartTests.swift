import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

@Suite("Training a segmenter from vectors")
struct VectorStartTests {
  private func task(
    _ vectors: LabelerVectors, _ change: (inout LabelerTrainingConfiguration) -> Void = { _ in }
  ) throws -> LabelerTask {
    var configuration = SampleModels.configuration()
    change(&configuration)
    return try LabelerTask(
      segmented: SampleCorpus.path("zh-segmentation/train.seg"), dev: nil, vectors: vectors,
      configuration: configuration)
  }

  private func row(_ id: Int32, of table: Embedding, in model: BiLSTMCRF) -> [Float] {
    let tensor = model.parameters[table.table]
    return Array(tensor.values[Int(id) * tensor.columns..<(Int(id) + 1) * tensor.columns])
  }

  @Test("takes rows over, all scaled by one number to the length of random rows")
  func takesRows() throws {
    let vectors = try SampleModels.vectors()
    let model = try task(vectors) { $0.vectors.scale = 0.5 }.model
    let (characters, tower) = (model.vocabularies.characters, model.towers[0])
    let table = try #require(vectors[.characters])
    // What normalized text can't hold (`Þ`) and what is no character (`</s>`) is not taken.
    let taken = ["的", "海", "在", "鱷", "þ", "齉"]
    var squares = 0.0
    var factors: [Float] = []
    for word in taken {
      let scalar = try #require(word.unicodeScalars.first).value
      let found = row(characters[scalar], of: tower.characters, in: model)
      let vector = table.vector(at: try #require(table.words.firstIndex(of: word)))
      squares += found.reduce(0) { $0 + Double($1 * $1) }
      factors.append(found[0] / vector[0])
      for (value, start) in zip(found, vector) { expectClose(Double(value / start), Double(factors[0])) }
    }
    let rms = (squares / Double(taken.count * 16)).squareRoot()
    expectClose(rms, 0.5 / 16.squareRoot())
    #expect(characters[UInt32(0xDE)] == ScalarVocabulary.unknownID)
    let pairs = try #require(model.vocabularies.bigrams)
    let pair = row(pairs[0x5317, 0x4EAC], of: try #require(tower.bigrams), in: model)
    let start = try #require(vectors[.bigrams]).vector(at: 0)
    for (value, expected) in zip(pair, start) { expectClose(Double(value / expected), Double(pair[0] / start[0])) }
  }

  private func expectClose(_ found: Double, _ expected: Double) {
    #expect(abs(found - expected) < 1e-5 * max(1, abs(expected)), "\(found), not \(expected)")
  }

  @Test("leaves rows without a vector as they are without vectors")
  func leavesOthers() throws {
    let plain = try task(LabelerVectors()).model
    let model = try task(try SampleModels.vectors()) {
      ($0.vectors.maximumCharacters, $0.vectors.maximumBigrams) = (0, 0)
    }
    .model
    #expect(model.vocabularies == plain.vocabularies, "a limit of 0 takes nothing new in")
    let (id, of) = (model.vocabularies.characters[0x7684], model.vocabularies.characters[0x6211])
    #expect(row(id, of: model.towers[0].characters, in: model) != row(id, of: plain.towers[0].characters, in: plain))
    #expect(row(of, of: model.towers[0].characters, in: model) == row(of, of: plain.towers[0].characters, in: plain))
  }

  @Test("takes what only the vectors know into the vocabulary, behind the corpus, within the limit")
  func extends() throws {
    let plain = try task(LabelerVectors()).model.vocabularies
    let vocabularies = try task(try SampleModels.vectors()).model.vocabularies
    #expect(vocabularies.characters.scalars.starts(with: plain.characters.scalars))
    #expect(vocabularies.characters.scalars.dropFirst(plain.characters.scalars.count) == [0x9C77, 0xFE, 0x9F49])
    let (bigrams, known) = (try #require(vocabularies.bigrams), try #require(plain.bigrams))
    #expect(bigrams.count == known.count + 2)
    #expect(bigrams[0x9C77, 0x9B5A] == Int32(known.count))
    #expect(bigrams[0x9F49, 0x9F3B] == Int32(known.count) + 1)
    let limited = try task(try SampleModels.vectors()) { $0.vectors.maximumCharacters = 4 }.model.vocabularies
    #expect(limited.characters.count == plain.characters.count + 1, "鱷 is the fourth")
  }

  @Test("lets rows that the corpus does not hold be, and others learn")
  func unseenRowsStay() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, factor, frozen) in [("learn", Float(1), 0), ("factor", 0, 0), ("frozen", 1, 3)] {
      var training = SampleModels.training(folder.appending(path: "\(name).safetensors"))
      training.vectors = try SampleModels.vectors()
      training.configuration.vectors.rateFactor = factor
      training.configuration.vectors.frozenEpochs = frozen
      training.configuration.training.averageDecay = 0
      try training.run { _ in }
      let start = try task(training.vectors).model
      let model = try LabelerFile.loadFloat(try ModelFile(contentsOf: training.output))
      #expect(model.vocabularies == start.vocabularies)
      for (scalar, isSeen) in [(0x9C77 as UInt32, false), (0x7684, true), (0x6211, true)] {
        let id = start.vocabularies.characters[scalar]
        let isSame =
          row(id, of: model.towers[0].characters, in: model) == row(id, of: start.towers[0].characters, in: start)
        #expect(isSame == (!isSeen || name != "learn"), "\(name): U+\(String(scalar, radix: 16))")
      }
    }
  }

  @Test("trains on fixed rows of the vectors beside the learned ones, and cuts them off")
  func fixedRows() throws {
    let task = try task(try SampleModels.vectors()) { $0.vectors.bigramAlpha = 0 }
    let table = task.model.towers[0].characters.table
    let (own, extended) = (task.model.parameters[table], task.parameters[table])
    // The corpus holds three of the characters: 的, 海 and 在 have a second, fixed row.
    #expect(extended.rows == own.rows + 3)
    #expect(Array(extended.values.prefix(own.count)) == own.values)
    for (place, scalar) in [0x7684 as UInt32, 0x6D77, 0x5728].sorted(by: {
      task.model.vocabularies.characters[$0] < task.model.vocabularies.characters[$1]
    }).enumerated() {
      let id = task.model.vocabularies.characters[scalar]
      let copy = extended.values[(own.count + place * 16)..<(own.count + (place + 1) * 16)]
      #expect(Array(copy) == row(id, of: task.model.towers[0].characters, in: task.model))
    }
    #expect(task.paces(epoch: 0)[table] == LearningPace(rows: own.rows))
    let bigrams = try #require(task.model.towers[0].bigrams).table
    #expect(task.parameters[bigrams].rows == task.model.parameters[bigrams].rows, "α = 0 replaces nothing")
    #expect(task.model(task.parameters).parameters[table].values == own.values)
  }

  @Test("replaces items by their fixed rows, unknown ones where there is no vector")
  func replaces() throws {
    let task = try task(try SampleModels.vectors()) {
      ($0.vectors.characterAlpha, $0.model.characterUnknownAlpha) = (1e6, 0)
      ($0.model.inputDropout, $0.model.outputDropout) = (0, 0)
    }
    // A loss that only sees fixed rows does not change with the learned ones.
    let table = task.model.towers[0].characters.table
    func loss(_ parameters: Parameters) -> Float {
      let graph = Graph(parameters, training: true, seed: 1, workspace: Workspace())
      var random = RandomSource(seed: 5)
      return graph.value(task.loss(of: [0, 1, 2], in: graph, using: &random)).scalar
    }
    let parameters = task.parameters
    func changed(_ row: Int) -> Parameters {
      var (parameters, tensor) = (parameters, parameters[table])
      tensor.withMutableSpan { span in
        for column in 0..<16 { span[row * 16 + column] += 1 }
      }
      parameters[table] = tensor
      return parameters
    }
    let id = Int(task.model.vocabularies.characters[0x5728])
    let count = task.model.parameters[table].rows
    #expect(loss(changed(id)) == loss(parameters), "在 is always replaced")
    #expect((count..<parameters[table].rows).contains { loss(changed($0)) != loss(parameters) })
    let other = Int(task.model.vocabularies.characters[0x6211])
    #expect(loss(changed(other)) != loss(parameters), "我 has no vector and α = 0")
  }

  @Test("refuses vectors that are as wide as no table, or of another kind")
  func refuses() throws {
    let vectors = try SampleModels.vectors()
    let error = #expect(throws: ConfigurationError.self) {
      try task(vectors) { $0.model.bigramDimension = 12 }
    }
    #expect(error?.path == "model.bigramDimension")
    #expect(error?.description.contains("expected 8, the dimension of the vectors, found 12") == true)
    var others = LabelerVectors()
    let kind = #expect(throws: ConfigurationError.self) {
      try others.set(.characters, to: WordVectors(words: ["北京", "公司"], values: [1, 2]))
    }
    #expect(kind?.description.contains("expected words of one character, found \"北京\" and 1 others") == true)
    let configuration = LabelerConfiguration(for: vectors)
    #expect(configuration.characterDimension == 16 && configuration.bigramDimension == 8)
  }

  @Test("gives the same bytes for any threads and after an interruption, others for other vectors")
  func sameBytes() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var training = SampleModels.training(folder.appending(path: "a.safetensors"), threads: 1)
    training.vectors = try SampleModels.vectors()
    var state = Data()
    try training.run { event in
      if case .epoch(let report) = event, report.epoch == 1 {
        state = (try? Data(contentsOf: training.checkpointURL)) ?? Data()
      }
    }
    let whole = try Data(contentsOf: training.output)
    let metadata = try ModelFile(contentsOf: training.output).metadata
    #expect(
      metadata["training.vectors.characters"]
        == "6 of \(try task(training.vectors).model.vocabularies.characters.count) rows")
    #expect(metadata["training.vectors.digest"]?.isEmpty == false)
    training.threads = 4
    try training.run { _ in }
    #expect(try Data(contentsOf: training.output) == whole)
    training.resume = true
    try state.write(to: training.checkpointURL)
    var resumed: Int?
    try training.run { if case .resumed(let epoch) = $0 { resumed = epoch } }
    #expect(resumed == 1)
    #expect(try Data(contentsOf: training.output) == whole)
    training.vectors = try SampleModels.vectors(seed: 2)
    try state.write(to: training.checkpointURL)
    #expect(throws: TrainingError.self, "the state belongs to other vectors") { try training.run { _ in } }
    training.resume = false
    try training.run { _ in }
    #expect(try Data(contentsOf: training.output) != whole)
  }
}
