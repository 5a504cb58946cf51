import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("What token corpora are read from and kept in")
struct TokenInputTests {
  /// The stream of a corpus of words, nil for sentence ends.
  private static func stream(
    _ inputs: [TextInput], _ change: (inout TokenCorpusOptions) -> Void = { _ in }
  ) throws -> [String?] {
    var options = TokenCorpusOptions()
    options.minimumCount = 1
    change(&options)
    let corpus = try TokenCorpusBuilder(options, inputs: inputs).build()
    return corpus.withIDs { ids in
      ids.indices.map { ids[$0] == TokenCorpus.sentenceEnd ? nil : corpus.words.string(Int(ids[$0])) }
    }
  }

  @Test func `line ends, empty lines, byte order marks and broken bytes`() throws {
    let folder = try TokenFolder()
    let first = try folder.file("1", [0xEF, 0xBB, 0xBF] + Array("a b\r\n\r\n \n\tc".utf8))
    let second = try folder.file("2", [0xEF, 0xBB, 0xBF, 0x64, 0x0A, 0xEF, 0xBB, 0xBF, 0x65, 0xFF, 0x20, 0xE4, 0xB8])
    let empty = try folder.file("3", "")
    let mark = try folder.file("4", [0xEF, 0xBB, 0xBF])
    for blockSize in [1, 2, 5, 1000] {
      let stream = try Self.stream([first, second, empty, mark]) { $0.blockSize = blockSize }
      #expect(stream == ["a", "b", nil, "c", nil, "d", nil, "\u{FEFF}e\u{FFFD}", "\u{FFFD}", nil])
    }
  }

  @Test func `a folder is read in the order of names, hidden files and pipes are not`() throws {
    let folder = try TokenFolder()
    for name in ["b.txt", "a/z", "a/b/c", "a.txt", "B", ".hidden", "a/.hidden/x", "é"] {
      _ = try folder.file("text/\(name)", name)
    }
    let text = folder.url.appending(path: "text").path
    #expect(unsafe mkfifo(text + "/fifo", 0o600) == 0)
    let expected = ["B", nil, "a/b/c", nil, "a/z", nil, "a.txt", nil, "b.txt", nil, "é", nil]
    #expect(try Self.stream([.path(text)]) == expected)
    #expect(try Self.stream([.path(text + "/a/z"), .path(text + "/")]) == ["a/z", nil] + expected)
    try FileManager.default.createSymbolicLink(atPath: text + "/a/loop", withDestinationPath: text)
    let error = #expect(throws: CorpusError.self) { try Self.stream([.path(text)]) }
    #expect(error?.file == text + "/a/loop")
  }

  @Test func `a pipe is read to its end, byte by byte if need be`() async throws {
    let pipe = Pipe()
    let writer = Thread {
      for byte in [0xEF, 0xBB, 0xBF] + Array("one two\nthree".utf8) {
        pipe.fileHandleForWriting.write(Data([byte]))
        usleep(200)
      }
      pipe.fileHandleForWriting.closeFile()
    }
    writer.start()
    let input = TextInput.descriptor(pipe.fileHandleForReading.fileDescriptor, name: "pipe")
    #expect(try Self.stream([input]) == ["one", "two", nil, "three", nil])
  }

  @Test func `a line of any length streams through a block's memory and loses nothing`() throws {
    let folder = try TokenFolder()
    var random = SeededRandom(seed: 3)
    var bytes: [UInt8] = []
    while bytes.count < 4_000_000 {
      bytes += Array(random.pick(["word", "北京市", "x", "naïve"]).utf8)
      bytes += Array(random.pick([" ", "\u{3000}", "\t"]).utf8)
    }
    let input = try folder.file("text", bytes)
    for (blockSize, longestPiece) in [(1 << 16, 1 << 14), (1 << 14, 1 << 16), (100, 100)] {
      var reader = TokenBlockReader([input], blockSize: blockSize, longestPiece: longestPiece)
      var text: [UInt8] = []
      var all: [UInt8] = []
      while true {
        let count = try reader.next(into: &text)
        if count == 0 { break }
        all += text[..<count]
      }
      #expect(all == bytes + [0x0A])
      #expect(reader.byteCount == bytes.count)
      #expect(text.count <= 2 * (blockSize + longestPiece) + 16)
    }
    let whole = try Self.stream([input])
    #expect(
      whole == NaiveTokens.words(of: NaiveTokens.lines(of: bytes)[0]).map { String(decoding: $0, as: UTF8.self) }
        .enumerated().flatMap { ($0 + 1) % 1000 == 0 ? [$1, nil] : [$1] } + [nil])
    #expect(try Self.stream([input]) { ($0.blockSize, $0.longestPiece, $0.threads) = (100, 50, 3) } == whole)
  }

  @Test func `text without white space is cut between scalars, the same in every block`() throws {
    let folder = try TokenFolder()
    let text = String(repeating: "北京😀é", count: 200)
    let input = try folder.file("text", text)
    for tokens in [VectorTokens.words, .characters, .bigrams] {
      let streams = try [1, 17, 100, 10_000].map { blockSize in
        try Self.stream([input]) { ($0.tokens, $0.blockSize, $0.longestPiece) = (tokens, blockSize, 50) }
      }
      #expect(Set(streams).count == 1)
      if tokens != .bigrams { #expect(streams[0].compactMap { $0 }.joined() == text) }
      if tokens == .words {
        #expect(
          streams[0].compactMap { $0 }.allSatisfy {
            (44...50).contains($0.utf8.count) || $0 == streams[0][streams[0].count - 2]
          })
      }
    }
  }

  @Test func `mistakes in the data are errors that name the file`() throws {
    let folder = try TokenFolder()
    let missing = folder.url.appending(path: "missing").path
    #expect(#expect(throws: CorpusError.self) { try Self.stream([.path(missing)]) }?.file == missing)
    let blank = try folder.file("blank/text", " \n\u{3000}\r\n")
    #expect(#expect(throws: CorpusError.self) { try Self.stream([blank]) }?.found == "not one token")
    let empty = folder.url.appending(path: "empty").path
    try FileManager.default.createDirectory(atPath: empty + "/.git", withIntermediateDirectories: true)
    #expect(#expect(throws: CorpusError.self) { try Self.stream([.path(empty)]) }?.found == "no file")
    let rare = try folder.file("rare", "a b b")
    let error = #expect(throws: CorpusError.self) { try Self.stream([rare, rare]) { $0.minimumCount = 5 } }
    #expect(error?.expected == "a token that occurs 5 times or more")
    #expect(error?.found == "none among 6 tokens")
    let nowhere = URL(fileURLWithPath: missing)
    let failure = #expect(throws: AtomicFileError.self) {
      try Self.stream([rare]) { $0.temporaryDirectory = nowhere }
    }
    #expect(failure?.operation == .create)
  }

  #if os(Linux)
    @Test func `a full disk is an error`() throws {
      let descriptor = unsafe open("/dev/full", O_RDWR)
      try #require(descriptor >= 0)
      var writer = SpoolWriter(SpoolFile(descriptor: descriptor, path: "/dev/full"))
      let error = #expect(throws: AtomicFileError.self) {
        for id: UInt32 in 0..<100_000 { try writer.append(id) }
      }
      #expect(error?.operation == .write)
      #expect(error?.code == ENOSPC)
    }
  #endif

  @Test func `nothing is left in the temporary folder, nor is anything to be seen there meanwhile`() throws {
    let folder = try TokenFolder()
    let text = try folder.file("text", "a b a\n")
    let temporary = folder.url.appending(path: "temporary")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    var options = TokenCorpusOptions()
    options.minimumCount = 2
    options.temporaryDirectory = temporary
    options.phrases = PhraseOptions()
    let corpus = try TokenCorpusBuilder(options, inputs: [text]).build { _ in
      #expect((try? FileManager.default.contentsOfDirectory(atPath: temporary.path)) == [])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
    #expect(corpus.counts == [2])
    #expect(corpus.withIDs { ids in ids.indices.map { ids[$0] } } == [0, 0, TokenCorpus.sentenceEnd])
  }

  @Test func `progress ends with all bytes and tokens`() throws {
    let folder = try TokenFolder()
    let inputs = try (0..<3).map { try folder.file("\($0)", String(repeating: "word \($0)\n", count: 100)) }
    var options = TokenCorpusOptions()
    options.blockSize = 64
    options.threads = 3
    let seen = Recorder()
    _ = try TokenCorpusBuilder(options, inputs: inputs).build { seen.add($0) }
    let all = seen.all
    #expect(all.count > 10)
    #expect(all.map(\.tokens) == all.map(\.tokens).sorted())
    #expect(all.last?.phase == .numbering)
    #expect(all.last?.tokens == 600)
    #expect(all.last?.types == 4)
    #expect(all.last?.bytes == 2100)
    #expect(all.last?.totalBytes == 2100)
  }

  @Test func `the digest tells corpora apart`() throws {
    let folder = try TokenFolder()
    var digests: Set<String> = []
    for text in ["a a b", "a b a", "a a c", "a a\nb", "a a b b"] {
      var options = TokenCorpusOptions()
      options.minimumCount = 1
      digests.insert(try TokenCorpusBuilder(options, inputs: [try folder.file("text", text)]).build().digest)
    }
    #expect(digests.count == 5)
  }
}

/// Keeps what an observer is told.
private final class Recorder: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [TokenProgress] = []

  func add(_ value: TokenProgress) { lock.withLock { values.append(value) } }
  var all: [TokenProgress] { lock.withLock { values } }
}
