import Foundation
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// Word vectors in every format, and what they are put to a test with.
enum VectorTargets {
  static let all = [text, binary, modelFile, questions]

  private static var vectors: WordVectors {
    WordVectors(
      words: ["</s>", "北京", "上海", "New", "York", "我"], values: (0..<24).map { Float($0) / 8 - 1 },
      counts: [9, 8, 7, 6, 5, 4])
  }

  private static func read(_ input: FuzzInput) throws -> String {
    var results: Set<String> = []
    // What is read doesn't depend on where blocks of text end.
    for blockSize in [1 << 19, 7] {
      let vectors = try WordVectors(
        data: Data(contentsOf: input.url, options: .alwaysMapped), path: input.path, limit: .max, threads: 1,
        blockSize: blockSize)
      try BrokenProperty.check(vectors.count > 0 && vectors.dimension > 0, "\(vectors.count) vectors")
      for id in 0..<vectors.count {
        try BrokenProperty.check(vectors.vector(at: id).allSatisfy(\.isFinite), "a vector that is not finite")
        try BrokenProperty.check(vectors.id(of: vectors.word(at: id)) == id, "the word of row \(id) has another row")
      }
      _ = try? vectors.nearest(to: vectors.word(at: 0), count: 3)
      _ = vectors.vector(for: "unknown 中")
      results.insert("\(vectors.report?.format.rawValue ?? "") \(vectors.count) \(vectors.dimension)")
    }
    try BrokenProperty.check(results.count == 1, "blocks of other sizes give others: \(results.sorted())")
    return results.first ?? ""
  }

  private static func seed(_ format: VectorFileFormat) throws -> [UInt8] {
    try FuzzModels.saved { try vectors.write(to: $0, format: format) }
  }

  static let text = FuzzTarget(
    name: "vectors-text", summary: "word2vec's and GloVe's text",
    tokens: [
      " ", "\n", "\r\n", "\t", "0.5", "-1e-3", "nan", "inf", "1e39", "0x1p3", "6 4\n", "99999999999 4\n", "  ",
    ]
  ) {
    FuzzSubject(
      seeds: try [seed(.text), seed(.glove), Array("2 3\na 1 2 3\nb c 4 5 6 \n".utf8)], run: read)
  }

  static let binary = FuzzTarget(
    name: "vectors-binary", summary: "word2vec's binary format",
    tokens: [" ", "\n", "6 4\n", "9223372036854775807 1048576\n", "0 1\n", "1 0\n", "6 1048577\n"]
  ) {
    FuzzSubject(seeds: try [seed(.binary)], run: read)
  }

  static let modelFile = FuzzTarget(
    name: "vectors-model", summary: "word vectors as model files", layout: .modelFile,
    tokens: ["vectors.scale", "subwords", "counts", "I8", "F16", "\\n", "\\\\", "textkit.vectors"]
  ) {
    let subwords = Subwords(
      hasher: SubwordHasher(minimumLength: 2, maximumLength: 3, bucketCount: 5),
      rows: VectorRows((0..<20).map { Float($0) / 20 }, dimension: 4))
    let rich = WordVectors(
      words: ["北京", "a\\b", "c\nd"], values: (0..<12).map { Float($0) }, counts: [3, 2, 1], subwords: subwords)
    var seeds = [try seed(.safetensors), try FuzzModels.saved { try rich.write(to: $0, format: .safetensors) }]
    for precision in VectorPrecision.allCases where precision != .float32 {
      seeds.append(try FuzzModels.saved { try rich.write(to: $0, format: .safetensors, precision: precision) })
    }
    return FuzzSubject(seeds: seeds, run: read)
  }

  static let questions = FuzzTarget(
    name: "evaluation", summary: "pairs of words and analogies that vectors are put to a test with",
    tokens: [": family\n", "\t", ",", ";", "#", "10.5", "nan", "\n", ":", " "]
  ) {
    let known = vectors
    return FuzzSubject([": capital\n北京 上海 New York\n我 北京 New York\n", "北京\t上海\t7.5\nNew,York,3\n"]) { input in
      var results: [String] = []
      do {
        let questions = try AnalogyQuestions(contentsOf: input.path)
        results.append("\(questions.sections.count) \(questions.skippedLines)")
      } catch let error as CorpusError { results.append(TypedErrors.kind(of: error)) }
      let pairs = try SimilarityPairs(contentsOf: input.path)
      for pair in pairs.pairs { _ = known.vector(for: pair.first) }
      return results.joined() + " \(pairs.pairs.count)"
    }
  }
}
