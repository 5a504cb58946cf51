import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

@Suite("Lexicons of labelers")
struct LabelerLexiconTests {
  private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  private func ids(_ text: String, _ words: [String]) -> [Int32] {
    var ids: [Int32] = []
    LabelerLexicon(words.map(Self.scalars)).appendIDs(of: Self.scalars(text).span, to: &ids)
    return ids
  }

  @Test("say which words begin, end and go on at a character")
  func marks() {
    let words = ["北京", "北京大学", "大学", "京", "大学生物系", "一二三四五六七八", "一二三四五六七八九"]
    // Classes: 1 two characters, 2 three, 3 four, 4 five and more; an id is begin + 5 · end + 25 · inside.
    #expect(ids("在北京大学", words) == [0, 3, 25 + 5, 25 + 1, 15])
    #expect(ids("大学生物系", words) == [4, 25 + 5, 25, 25, 20])
    #expect(ids("京京", words) == [0, 0], "a word of one character is not looked for")
    #expect(ids("一二三四五六七八九", words) == [4, 25, 25, 25, 25, 25, 25, 20, 0], "nor one of nine")
    #expect(ids("北京大", words) == [1, 5, 0], "a word that is not whole does not count")
    #expect(ids("", words).isEmpty && ids("北京", []) == [0, 0])
  }

  @Test("find what a search through all words finds")
  func agreesWithSearch() {
    var random = SeededRandom(seed: 4)
    let alphabet = Self.scalars("一二三四五")
    func text(_ count: Int) -> [UInt32] { (0..<count).map { _ in alphabet[random.integer(in: 0..<5)] } }
    for _ in 0..<50 {
      let words = (0..<random.integer(in: 0..<200)).map { _ in text(random.integer(in: 1..<10)) }
      let known = Set(words.filter { (2...8).contains($0.count) })
      let line = text(random.integer(in: 0..<60))
      var expected = [Int32](repeating: 0, count: line.count)
      var (begins, ends, inside) = (expected, expected, expected)
      for start in line.indices {
        for end in line.indices where known.contains(Array(line[start..<max(start, end)])) {
          let size = Int32(min(4, end - start - 1))
          begins[start] = max(begins[start], size)
          ends[end - 1] = max(ends[end - 1], size)
          for place in start + 1..<end - 1 { inside[place] = 1 }
        }
        if known.contains(Array(line[start...])) {
          let size = Int32(min(4, line.count - start - 1))
          begins[start] = max(begins[start], size)
          ends[line.count - 1] = max(ends[line.count - 1], size)
          for place in start + 1..<line.count - 1 { inside[place] = 1 }
        }
      }
      for index in line.indices { expected[index] = begins[index] + 5 * ends[index] + 25 * inside[index] }
      var found: [Int32] = []
      let lexicon = LabelerLexicon(words)
      lexicon.appendIDs(of: line.span, to: &found)
      #expect(found == expected)
      #expect(lexicon.words.count == known.count)
    }
  }

  @Test("are the same after writing and reading, and refuse any other text")
  func serialized() throws {
    let lexicon = LabelerLexicon(["北海", "北京人", "北京", "上海", "北京", "人"].map(Self.scalars))
    let bytes = lexicon.serialized()
    #expect(String(decoding: bytes, as: UTF8.self) == "0上海\n0北京\n2人\n1海\n")
    #expect(try LabelerLexicon(serialized: bytes) == lexicon)
    #expect(try LabelerLexicon(serialized: []).words.isEmpty)
    for text in ["0北京", "1北京\n", "0北京\n1京\n", "0北京\n0上海\n", "0北京\n0北京\n", "0北\n", "\n", "0一二三四五六七八九\n", "北京\n"] {
      #expect(throws: CorpusError.self, "\(text)") { try LabelerLexicon(serialized: Array(text.utf8)) }
    }
    #expect(throws: CorpusError.self) { try LabelerLexicon(serialized: [0x30, 0xFF, 0xFE, 0x0A]) }
  }

  @Test(
    "train, are saved with the model in every precision, and change its words", arguments: LabelerPrecision.allCases)
  func files(_ precision: LabelerPrecision) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var evidence = BigramEvidence()
    for word in ["北京", "公司", "ＡＢ齉"] { evidence.add(word: Self.scalars(word), frequency: 2) }
    var training = SampleModels.training(folder.appending(path: "m.safetensors"))
    training.vectors = try SampleModels.vectors()
    try training.vectors.add(evidence)
    training.configuration.model.bigramDimension = 12
    training.configuration.model.lexiconDimension = 8
    training.precision = precision
    try training.run { _ in }
    let model = try LabelerFile.load(try ModelFile(contentsOf: training.output))
    #expect(model.vocabularies.lexicon?.words == ["ab齉", "公司", "北京"].map(Self.scalars), "normalized")
    let segmenter = try Segmenter(contentsOf: training.output)
    let line = Array("他在北京的公司工作。".utf8)
    let found = segmenter.segment([line]).pieceEnds
    #expect(found.last == line.count)
    // Without its words the same weights score otherwise.
    let input = LabelerInput([model.vocabularies.sequence(Self.scalars("他在北京的公司工作").span)])
    var other = input
    other.lexicon = other.lexicon.map { _ in 0 }
    let emissions = model.emissions(input, workspace: Workspace()).values
    #expect(model.emissions(other, workspace: Workspace()).values != emissions)
  }

  @Test("are passed over in training as often as the configuration says")
  func dropout() throws {
    var evidence = BigramEvidence()
    for word in ["北京", "公司", "上海", "生活"] { evidence.add(word: Self.scalars(word), frequency: 2) }
    var vectors = try SampleModels.vectors()
    try vectors.add(evidence)
    func loss(dropout: Double, seed: UInt64, zeroed: Bool = false) throws -> Float {
      var configuration = SampleModels.configuration()
      configuration.model.bigramDimension = 12
      configuration.model.lexiconDimension = 8
      (configuration.model.inputDropout, configuration.model.outputDropout) = (0, 0)
      (configuration.model.characterUnknownAlpha, configuration.model.bigramUnknownAlpha) = (0, 0)
      (configuration.vectors.characterAlpha, configuration.vectors.bigramAlpha) = (0, 0)
      configuration.vectors.lexiconDropout = dropout
      let task = try LabelerTask(
        segmented: SampleCorpus.path("zh-segmentation/train.seg"), dev: nil, vectors: vectors,
        configuration: configuration)
      var parameters = task.parameters
      if zeroed, let table = task.model.towers[0].lexicon?.table {
        // Every id has the row of the id 0: as if nothing were found.
        let row = Array(parameters[table].values.prefix(8))
        parameters[table] = Tensor(parameters[table].shape, (0..<LabelerLexicon.idCount).flatMap { _ in row })
      }
      let graph = Graph(parameters, training: true, seed: 1, workspace: Workspace())
      var random = RandomSource(seed: seed)
      return graph.value(task.loss(of: Array(0..<40), in: graph, using: &random)).scalar
    }
    let (none, all, without) = try (
      loss(dropout: 0, seed: 1), loss(dropout: 1, seed: 1), loss(dropout: 0, seed: 1, zeroed: true)
    )
    #expect(all == without && none != without)
    #expect(try loss(dropout: 0, seed: 2) == none)
    #expect(try loss(dropout: 0.5, seed: 1) != loss(dropout: 0.5, seed: 2))
  }

  @Test("have to be given to a labeler that has a table for one")
  func needed() throws {
    var training = SampleModels.training(URL(filePath: "/nowhere/m.safetensors"))
    training.configuration.model.lexiconDimension = 8
    let error = #expect(throws: ConfigurationError.self) { try training.run { _ in } }
    #expect(error?.path == "model.lexiconDimension")
  }
}
