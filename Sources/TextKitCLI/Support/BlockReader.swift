import Synchronization
import TextKit
import TextKitCommandLine
import TextKitTensor

/// Lines gathered into blocks: enough to fill batches, few enough to keep every thread busy.
package struct BlockReader {
  private let lines: LineReader
  /// Bytes after which a block is full, line ends among them; a longer line is a block of its own.
  private static let size = 1 << 16
  /// Lines after which it is full, such as empty ones: each has an answer.
  package static let mostLines = 1 << 13

  package init(_ lines: LineReader) { self.lines = lines }

  /// The next lines; nil at the end.
  package mutating func next() throws -> TextBlock? {
    var block = TextBlock()
    var line: [UInt8] = []
    while block.bytes.count + block.lineEnds.count < BlockReader.size, block.lineEnds.count < BlockReader.mostLines,
      try lines.next(into: &line)
    {
      block.append(line)
    }
    return block.lineEnds.isEmpty ? nil : block
  }

  /// Turns every block of some files into bytes, on several threads, and writes them in the order of the blocks.
  static func process(
    _ files: [Path], threads: Int, to output: OutputWriter, _ body: @Sendable @escaping (TextBlock) -> [UInt8]
  ) throws {
    try process(files, threads: threads, body, write: { try output.write($0) })
    try output.flush()
  }

  /// Turns every block of some files into something, on several threads, and takes these in the order of the blocks.
  static func process<Result: Sendable>(
    _ files: [Path], threads: Int, _ body: @Sendable @escaping (TextBlock) -> Result,
    write: @Sendable @escaping (Result) throws -> Void
  ) throws {
    for file in InputFile.all(files) {
      let source = Mutex(BlockReader(try InputFile.lines(file)))
      try OrderedPipeline.run(
        threads: threads, read: { try source.withLock { try $0.next() } }, process: body, write: write)
    }
  }
}
