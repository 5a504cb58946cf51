import Foundation
import Testing
import TextKitModels

@Suite("Files of word vectors")
struct VectorFileTests {
  /// Words that all formats can hold, and numbers at the edges of Float32.
  private static let words = ["a", "北京", "naïve", "e\u{301}", "\\n", "😀", "x\ry"]
  private static let values: [Float] = [
    0.1, -1.5, 1e-7, 3, 16_777_216, -0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .leastNormalMagnitude,
    .leastNormalMagnitude.nextDown, 0.333_333_34, -2.718_281_7, 123_456.79, 1e10,
  ]
  private let vectors = WordVectors(words: words, values: values, counts: [7, 6, 5, 4, 3, 2, 1])

  private func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "vectors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  @Test(
    "counts below 0, or more than can be added up, are refused",
    arguments: [[-1, 1], [.max, 1], [1 << 60, 1], [.min, 0], [1 << 60, 0]])
  func counts(_ counts: [Int]) throws {
    var writer = ModelFileWriter(kind: "textkit.vectors", version: 1)
    writer.add("vectors", floats: [1, 2], shape: [2, 1])
    writer.add("words", string: "a\nb\n")
    writer.add("counts", int64: counts, shape: [2])
    try withFolder { folder in
      let url = folder.appending(path: "v")
      try writer.write(to: url)
      if counts == [1 << 60, 0] {
        #expect(try WordVectors(contentsOf: url).counts == counts)
      } else {
        let error = #expect(throws: VectorFileError.self) { try WordVectors(contentsOf: url) }
        #expect("\(try #require(error))".contains("counts"))
      }
    }
  }

  @Test("What is written is read back, bit by bit", arguments: VectorFileFormat.allCases)
  func roundTrip(format: VectorFileFormat) throws {
    try withFolder { folder in
      let url = folder.appending(path: "v")
      try vectors.write(to: url, format: format, threads: 2)
      let read = try WordVectors(contentsOf: url)
      #expect(read.words == vectors.words && read.report?.format == format && read.report?.notes == [])
      #expect(read.values.map(\.bitPattern) == vectors.values.map(\.bitPattern))
      #expect(read.counts == (format == .safetensors ? vectors.counts : nil))
      #expect(read.id(of: "é") == nil && read.id(of: "e\u{301}") == 3)
      // What was read is written as the same bytes, from the mapped file too.
      let again = folder.appending(path: "w")
      try read.write(to: again, format: format)
      #expect(try Data(contentsOf: again) == Data(contentsOf: url))
      #expect(try WordVectors(contentsOf: url, limit: 3).words == Array(vectors.words.prefix(3)))
      #expect(try WordVectors(contentsOf: url, limit: 3).values == Array(vectors.values.prefix(6)))
    }
  }

  // kv = KeyedVectors(2)
  // kv.add_vectors(['a', '北京'], np.array([[0.1, -1.5], [1e-7, 3.0]], dtype=np.float32))
  // kv.save_word2vec_format('v.bin', binary=True); kv.save_word2vec_format('v.txt')
  private static let gensimBinary: [UInt8] = [
    50, 32, 50, 10, 97, 32, 205, 204, 204, 61, 0, 0, 192, 191, 229, 140, 151, 228, 186, 172, 32, 149, 191, 214, 51, 0,
    0, 64, 64,
  ]
  private static let gensimText = "2 2\na 0.1 -1.5\n北京 1e-07 3.0\n"

  @Test("Files written by gensim, and text for it")
  func gensim() throws {
    for data in [Data(Self.gensimBinary), Data(Self.gensimText.utf8)] {
      let read = try WordVectors(data: data, path: "v")
      #expect(read.words == ["a", "北京"] && read.values == [0.1, -1.5, 1e-7, 3] && read.report?.notes == [])
    }
    try withFolder { folder in
      let url = folder.appending(path: "v")
      try WordVectors(data: Data(Self.gensimBinary), path: "v").write(to: url, format: .text)
      #expect(try String(contentsOf: url, encoding: .utf8) == Self.gensimText)
    }
  }

  /// The same with a line end behind each vector, as word2vec.c writes it.
  private static var originalBinary: [UInt8] { gensimBinary[..<14] + [10] + gensimBinary[14...] + [10] }

  @Test("Binary with line ends, as word2vec.c writes it")
  func originalBinary() throws {
    let read = try WordVectors(data: Data(Self.originalBinary), path: "v")
    #expect(read.words == ["a", "北京"] && read.values == [0.1, -1.5, 1e-7, 3] && read.report?.notes == [])
    try withFolder { folder in
      let url = folder.appending(path: "v")
      try read.write(to: url, format: .binary)
      #expect(try Data(contentsOf: url) == Data(Self.originalBinary))
    }
  }

  @Test("Every cut of a binary file gives fewer rows and a note, or an error")
  func truncatedBinary() throws {
    for bytes in [Self.gensimBinary, Self.originalBinary] {
      for count in 0..<bytes.count {
        let data = Data(bytes[..<count])
        if count < 14 {
          #expect(throws: VectorFileError.self, "\(count)") { try WordVectors(data: data, path: "v") }
        } else {
          let read = try WordVectors(data: data, path: "v")
          let isWhole = count == bytes.count - 1 && bytes.last == 10
          #expect(read.count == (isWhole ? 2 : 1), "\(count)")
          #expect(read.report?.notes.isEmpty == isWhole && read.vector(at: 0) == [0.1, -1.5], "\(count)")
        }
      }
    }
  }

  @Test("Every cut and every changed byte of a model file is an error")
  func damagedModelFile() throws {
    try withFolder { folder in
      let url = folder.appending(path: "v")
      try vectors.write(to: url, format: .safetensors)
      let bytes = try Data(contentsOf: url)
      for count in 0..<bytes.count {
        #expect(throws: VectorFileError.self, "\(count)") { try WordVectors(data: bytes[..<count], path: "v") }
      }
      for index in bytes.indices {
        var changed = bytes
        changed[index] ^= 0x04
        #expect(throws: VectorFileError.self, "\(index)") { try WordVectors(data: changed, path: "v") }
      }
    }
  }

  @Test("Rows of binary files that can't be used are skipped and counted")
  func oddBinary() throws {
    func bits(_ values: Float...) -> [UInt8] {
      values.flatMap { value in [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32($0)) } }
    }
    var bytes = Array("9 2\n".utf8)
    bytes += Array("a ".utf8) + bits(1, 2) + Array("b ".utf8) + bits(.nan, 1) + Array("c ".utf8) + bits(1, -.infinity)
    bytes += Array("a ".utf8) + bits(3, 4) + [0xFF, 0xFE, 0x20] + bits(5, 6) + [0xFF, 0x20, 0]
    let read = try WordVectors(data: Data(bytes), path: "v")
    #expect(read.words == ["a", "\u{FFFD}\u{FFFD}"] && read.values == [1, 2, 5, 6])
    #expect(
      read.report?.notes == [
        "the first line promises 9 rows, the file has 6",
        "2 rows with an infinite or undefined number skipped, the first on row 2",
        "1 row of a word that was there before skipped, the first on row 4",
        "1 row broken off at the end skipped, the first on row 6",
        "1 row of a word that is not valid UTF-8 repaired, the first on row 5",
      ])
  }

  @Test("Half precision and bytes: the nearest numbers that they have")
  func precisions() throws {
    let values: [Float] = [0.115, -1.5, 0, 0, 300, -0.001]
    let vectors = WordVectors(words: ["a", "b", "c"], values: values)
    try withFolder { folder in
      let url = folder.appending(path: "v")
      try vectors.write(to: url, format: .safetensors, precision: .float16, metadata: ["note.a": "b"])
      let half = try WordVectors(contentsOf: url)
      for (stored, value) in zip(half.values, values) { #expect(abs(stored - value) <= abs(value) / 2048) }
      #expect(half.metadata == ["note.a": "b"] && half.counts == nil)
      try vectors.write(to: url, format: .safetensors, precision: .int8)
      let bytes = try WordVectors(contentsOf: url)
      for row in 0..<3 {
        let scale = (values[2 * row...(2 * row + 1)].map(abs).max() ?? 0) / 127
        for column in 0..<2 {
          #expect(abs(bytes.vector(at: row)[column] - values[2 * row + column]) <= scale * 0.5001)
        }
      }
      #expect(try ModelFile(contentsOf: url).info("vectors")?.elementType == .int8)
      let large = WordVectors(words: ["a"], values: [65_520])
      #expect(throws: VectorFileError.self) { try large.write(to: url, format: .safetensors, precision: .float16) }
      #expect(try WordVectors(contentsOf: url).words == ["a", "b", "c"], "the old file stays")
    }
  }

  @Test("Pieces of words go into model files and come back", arguments: VectorPrecision.allCases)
  func subwords(precision: VectorPrecision) throws {
    let hasher = SubwordHasher(minimumLength: 2, maximumLength: 4, bucketCount: 5)
    let rows = VectorRows((0..<10).map { Float($0) - 4 }, dimension: 2)
    let vectors = WordVectors(words: ["a"], values: [1, 2], subwords: Subwords(hasher: hasher, rows: rows))
    try withFolder { folder in
      let url = folder.appending(path: "v")
      try vectors.write(to: url, format: .safetensors, precision: precision)
      let read = try WordVectors(contentsOf: url)
      #expect(read.subwords?.hasher == hasher && read.metadata.isEmpty)
      let (found, expected) = (try #require(read.vector(for: "北京")), try #require(vectors.vector(for: "北京")))
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < (precision == .int8 ? 0.03 : 1e-6) })
      #expect(read.vector(for: "a")?.count == 2 && read.report?.notes == [])
    }
  }

  @Test("A word that a format has no way to write is an error, and nothing is written")
  func unwritable() throws {
    let cases: [(String, [VectorFileFormat])] = [
      ("New York", [.text, .glove, .safetensors]), ("a\nb", [.binary, .safetensors]), ("", [.safetensors]),
      (" a", [.safetensors]), ("route 1.5", [.safetensors]), ("\u{FEFF}", [.text, .binary, .safetensors]),
      ("\na", [.safetensors]), ("a\r", [.text, .glove, .binary, .safetensors]),
      ("\u{3000}", [.text, .glove, .binary, .safetensors]),
    ]
    try withFolder { folder in
      for (word, writable) in cases {
        let vectors = WordVectors(words: [word, "end"], values: [1, 2, 3, 4])
        for format in VectorFileFormat.allCases {
          let url = folder.appending(path: UUID().uuidString)
          if writable.contains(format) {
            try vectors.write(to: url, format: format)
            #expect(try WordVectors(contentsOf: url).words == [word, "end"], "\(word.debugDescription) \(format)")
          } else {
            #expect(throws: VectorFileError(path: url.path, reason: .unwritableWord(word, format: format))) {
              try vectors.write(to: url, format: format)
            }
            #expect(!FileManager.default.fileExists(atPath: url.path))
          }
        }
      }
    }
  }

  @Test("A model of another kind, and a file that is none, are refused")
  func otherFiles() throws {
    try withFolder { folder in
      let url = folder.appending(path: "v")
      try ModelFileWriter(kind: "textkit.segmenter", version: 1).write(to: url)
      let error = #expect(throws: VectorFileError.self) { try WordVectors(contentsOf: url) }
      #expect(error?.reason == .modelFile(.kind(expected: "textkit.vectors", found: "textkit.segmenter")))
      #expect(throws: VectorFileError.self) { try WordVectors(contentsOf: folder) }
      #expect(throws: VectorFileError.self) { try WordVectors(data: Data([0, 1, 2, 3]), path: "v") }
    }
  }
}
