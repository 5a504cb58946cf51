import Synchronization
import TextKit
import TextKitCommandLine
import TextKitTensor

/// The texts of some files in blocks: a line is a text, or a whole file.
struct TextInputBlocks: Sendable {
  let files: [Path]
  /// Whether a file is one text.
  let whole: Bool

  static let wholeOption = Option(flag: "whole", help: "A file is one text, not each of its lines.")

  /// Turns every block into something, on several threads, and takes these in the order of the blocks.
  func process<Result: Sendable>(
    threads: Int, _ body: @Sendable @escaping (TextBlock) -> Result,
    write: @Sendable @escaping (Result) throws -> Void
  ) throws {
    if whole {
      let waiting = Mutex((files.isEmpty ? [nil] : files.map(Optional.some))[...])
      try OrderedPipeline.run(
        threads: threads, read: { try waiting.withLock { $0.popFirst() }.map(Self.text) }, process: body, write: write
      )
      return
    }
    for file in files.isEmpty ? [nil] : files.map(Optional.some) {
      let source = Mutex(BlockReader(try InputFile.lines(file)))
      try OrderedPipeline.run(
        threads: threads, read: { try source.withLock { try $0.next() } }, process: body, write: write)
    }
  }

  /// All blocks, in memory.
  func all() throws -> [TextBlock] {
    let blocks = Mutex([TextBlock]())
    try process(threads: 1, { $0 }, write: { block in blocks.withLock { $0.append(block) } })
    return blocks.withLock { $0 }
  }

  private static func text(_ file: Path?) throws -> TextBlock {
    var reader = try RawBlockReader(file)
    var bytes: [UInt8] = []
    while let block = try reader.next() { bytes += block }
    return TextBlock(lines: [bytes])
  }
}
