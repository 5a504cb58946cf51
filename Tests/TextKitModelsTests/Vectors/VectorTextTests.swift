import Foundation
import Testing
import TextKitModels

@Suite("Word vectors in text files")
struct VectorTextTests {
  private func read(_ text: String, limit: Int = .max) throws -> WordVectors {
    try WordVectors(data: Data(text.utf8), path: "v", limit: limit, threads: 2)
  }

  @Test("Words, ids and vectors of word2vec text")
  func plain() throws {
    let vectors = try read("2 3\nking 0.5 -1 2e-1\n北京 1 2 3 \n")
    #expect(vectors.words == ["king", "北京"] && vectors.count == 2 && vectors.dimension == 3)
    #expect(vectors.id(of: "北京") == 1 && vectors.id(of: "x") == nil && vectors.word(at: 0) == "king")
    #expect(vectors.vector(at: 1) == [1, 2, 3] && vectors.vector(for: "king") == [0.5, -1, 0.2])
    #expect(vectors.report?.notes == [] && vectors.report?.format == .text)
  }

  @Test("GloVe text has no first line; the usual width counts")
  func glove() throws {
    let vectors = try read(". . . 1 2\nthe 3 4\r\nof 5 6\n\nto 7 8")
    #expect(vectors.words == [". . .", "the", "of", "to"] && vectors.dimension == 2)
    #expect(vectors.vector(for: ". . .") == [1, 2] && vectors.report?.format == .glove)
    #expect(vectors.report?.notes == [])
  }

  @Test("What can't be used is skipped and counted")
  func skipped() throws {
    let lines = [
      "12 2", "a 1 2", "b 1", "c 1 x", "a 3 4", "d nan 1", "e 1 inf", "f 1e39 0", "g 1.5 2.5 3.5", "2 5 6",
      "New York 7 8", " 1 2",
    ]
    let vectors = try WordVectors(
      data: Data(lines.joined(separator: "\n").utf8) + [0x0A, 0xFF, 0x20, 0x31, 0x20, 0x31], path: "v")
    #expect(vectors.words == ["a", "2", "New York", "\u{FFFD}"])
    #expect(vectors.values == [1, 2, 5, 6, 7, 8, 1, 1])
    let report = try #require(vectors.report)
    #expect(report.wrongWidth.count == 3 && report.wrongWidth.firstLine == 3)
    #expect(report.notNumbers.count == 1 && report.notNumbers.firstLine == 4)
    #expect(report.duplicates.count == 1 && report.duplicates.firstLine == 5)
    #expect(report.notFinite.count == 3 && report.notFinite.firstLine == 6)
    #expect(report.repaired.count == 1 && report.repaired.firstLine == 13)
    #expect(report.declaredCount == 12 && report.foundCount == 12 && report.skippedCount == 8)
    #expect(report.notes.count == 5)
    #expect(report.notes.contains("3 rows with an infinite or undefined number skipped, the first on line 6"))
  }

  @Test("A first line that promises other rows than there are is noted")
  func wrongCount() throws {
    #expect(try read("5 1\na 1\n").report?.notes == ["the first line promises 5 rows, the file has 1"])
    #expect(try read("1 1\na 1\nb 2\n").words == ["a", "b"])
    #expect(try read("\(Int.max) 3\na 1 2 3\n").words == ["a"])
  }

  @Test("A limit keeps the first words")
  func limit() throws {
    let vectors = try read("3 1\na 1\nb 2\nc 3\n", limit: 2)
    #expect(vectors.words == ["a", "b"] && vectors.values == [1, 2])
    #expect(vectors.report?.isLimited == true && vectors.report?.notes == [])
  }

  @Test("A file without a usable row is an error with its line")
  func nothing() throws {
    for text in ["", "\n", "hello world\n", "2 3\n", "2 3\na 1 2\n", "2 3\na x y z\n", "1 1\na nan\n"] {
      let error = #expect(throws: VectorFileError.self) { try read(text) }
      guard case .malformed(let line, _, _) = error?.reason else {
        Issue.record("\(text): \(String(describing: error))")
        continue
      }
      #expect(line == (text.hasPrefix("2 3\na") || text.hasPrefix("1 1") || text == "2 3\n" ? 2 : 1), "\(text)")
    }
    #expect(throws: VectorFileError.self) { try WordVectors(contentsOf: URL(filePath: "/no/such/file")) }
  }

  @Test("Canonically equal words of different bytes are different words")
  func normalizationForms() throws {
    #expect(try read("2 1\ne\u{301} 1\n\u{E9} 2\n").values == [1, 2])
  }

  @Test("Neither the size of blocks nor the number of threads nor the order of reading changes anything")
  func blocks() throws {
    let rows = (0..<60).map { row in
      switch row % 6 {
      case 1: "w\(row / 2) \(row).5 \(row)\r\n"
      case 2: "two words\(row) 1 \(row)\n"
      case 3: row % 4 == 3 ? "broken \(row)\n" : "\n"
      case 4: "北京\(row % 5) 1e\(row) 2\n"
      default: "w\(row) 0.1\(row) -\(row)\n"
      }
    }
    for text in ["60 2\n" + rows.joined(), rows.joined(), String(rows.joined().dropLast())] {
      let data = Data(text.utf8)
      let whole = try WordVectors(data: data, path: "v", limit: .max, threads: 1, blockSize: 1 << 20)
      #expect(whole.report?.wrongWidth.count ?? 0 > 0 && whole.report?.duplicates.count ?? 0 > 0)
      #expect(whole.report?.notFinite.count ?? 0 > 0)
      for blockSize in [1, 2, 3, 7, 16, 64, 300] {
        for threads in [1, 3] {
          let read = try WordVectors(data: data, path: "v", limit: .max, threads: threads, blockSize: blockSize)
          #expect(read.words == whole.words && read.values == whole.values && read.report == whole.report)
          let few = try WordVectors(data: data, path: "v", limit: 9, threads: threads, blockSize: blockSize)
          #expect(few.words == Array(whole.words.prefix(9)) && few.values == Array(whole.values.prefix(18)))
        }
      }
    }
  }

  @Test("A line over many blocks is passed through once, and is no row")
  func endlessLine() throws {
    let data = Data("1 1\na 0\n".utf8) + Data(repeating: UInt8(ascii: "x"), count: 8 << 20)
    for end in ["", "\nb 1\n"] {
      var vectors: WordVectors?
      #expect(
        try ContinuousClock().measure {
          vectors = try WordVectors(data: data + Data(end.utf8), path: "v", limit: .max, threads: 2, blockSize: 4096)
        } < .seconds(3))
      #expect(vectors?.words == (end.isEmpty ? ["a"] : ["a", "b"]))
      #expect(vectors?.report?.wrongWidth.count == 1 && vectors?.report?.wrongWidth.firstLine == 3)
    }
  }

  @Test("A line has a longest length, which fields beyond count don't get around")
  func longLine() throws {
    let word = String(repeating: "w", count: 60_000)
    #expect(try read("1 1\n\(word) 1\n").words == [word])
    for line in ["\(word)\(word) 1", String(repeating: "w ", count: 60_000) + "1"] {
      let vectors = try read("2 1\na 1\n\(line)\n")
      #expect(vectors.words == ["a"] && vectors.report?.wrongWidth.count == 1)
    }
  }
}
