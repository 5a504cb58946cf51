import Synchronization
import TextKit
import TextKitCommandLine
import TextKitCorpus
import TextKitTensor

/// A text in blocks, line ends and all: together the blocks are the text, byte for byte.
struct RawBlockReader {
  private let input: InputDescriptor
  private let partition: TextPartition
  private var bytes: [UInt8] = []
  private var isAtEnd = false
  /// Bytes read at a time.
  private static let size = 1 << 16

  /// Opens a file; standard input for `-` and for nil.
  ///
  /// - Parameter place: where blocks may end, save those of a mebibyte without such a place.
  init(_ path: Path?, at place: TextPartition.Place) throws(CorpusError) {
    partition = TextPartition(place)
    if let path, !path.isStandardStream {
      input = try InputDescriptor(path: path.text)
    } else {
      input = InputDescriptor(descriptor: 0, name: "standard input")
    }
  }

  /// The next block, of 64 KB as a rule; nil at the end.
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
      if !isAtEnd, let end = partition.end(in: bytes.span) {
        let block = Array(bytes[..<end])
        bytes.removeFirst(end)
        return block
      }
      // Each time twice as much, so that a long line is looked over a few times only.
      wanted = 2 * bytes.count
    }
    guard !bytes.isEmpty else { return nil }
    defer { bytes = [] }
    return bytes
  }

  /// Turns every block of some files into something, on several threads, and takes these in the order of the blocks.
  ///
  /// - Parameters:
  ///   - place: where blocks may end.
  ///   - start: called before the first block of each file.
  static func process<Result: Sendable>(
    _ files: [Path], at place: TextPartition.Place, threads: Int, start: () -> Void = {},
    _ body: @Sendable @escaping ([UInt8]) -> Result, write: @Sendable @escaping (Result) throws -> Void
  ) throws {
    for file in InputFile.all(files) {
      let source = Mutex(try RawBlockReader(file, at: place))
      start()
      try OrderedPipeline.run(
        threads: threads, read: { try source.withLock { try $0.next() } }, process: body, write: write)
    }
  }
}
