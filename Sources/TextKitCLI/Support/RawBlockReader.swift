import Synchronization
import TextKit
import TextKitCommandLine
import TextKitCorpus
import TextKitTensor

/// A text in blocks of whole lines, line ends and all: together the blocks are the text, byte for byte.
///
/// A block ends where the next line begins with something other than white space, so that no sentence is cut.
struct RawBlockReader {
  private let input: InputDescriptor
  private var bytes: [UInt8] = []
  private var isAtEnd = false
  /// Bytes read at a time.
  private static let size = 1 << 16

  /// Opens a file; standard input for `-` and for nil.
  init(_ path: Path?) throws(CorpusError) {
    if let path, !path.isStandardStream {
      input = try InputDescriptor(path: path.text)
    } else {
      input = InputDescriptor(descriptor: 0, name: "standard input")
    }
  }

  /// The next block, of 64 KB and more unless it is the last; nil at the end.
  mutating func next() throws(CorpusError) -> [UInt8]? {
    var wanted = Self.size
    while !isAtEnd {
      while !isAtEnd, bytes.count < wanted {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: Self.size))
        let count = try input.fill(&bytes, start..<bytes.count)
        bytes.removeLast(Self.size - count)
        isAtEnd = count == 0
      }
      if !isAtEnd, let end = Self.lastBoundary(in: bytes.span) {
        let block = Array(bytes[..<end])
        bytes.removeFirst(end)
        return block
      }
      // Each time twice as much, so that a line without end is looked over a few times only.
      wanted = 2 * bytes.count
    }
    guard !bytes.isEmpty else { return nil }
    defer { bytes = [] }
    return bytes
  }

  /// Where the last line begins that does not begin with white space.
  private static func lastBoundary(in bytes: Span<UInt8>) -> Int? {
    // The longest white space has three bytes.
    for index in stride(from: bytes.count - 4, to: -1, by: -1) where bytes[index] == 0x0A {
      let (scalar, _) = UTF8Decoder.decodeOne(bytes, at: index + 1)
      if !(scalar.map(ScalarClass.isWhiteSpace) ?? false) { return index + 1 }
    }
    return nil
  }

  /// Turns every block of some files into something, on several threads, and takes these in the order of the blocks.
  ///
  /// - Parameter start: called before the first block of each file.
  static func process<Result: Sendable>(
    _ files: [Path], threads: Int, start: () -> Void = {}, _ body: @Sendable @escaping ([UInt8]) -> Result,
    write: @Sendable @escaping (Result) throws -> Void
  ) throws {
    for file in InputFile.all(files) {
      let source = Mutex(try RawBlockReader(file))
      start()
      try OrderedPipeline.run(
        threads: threads, read: { try source.withLock { try $0.next() } }, process: body, write: write)
    }
  }
}
