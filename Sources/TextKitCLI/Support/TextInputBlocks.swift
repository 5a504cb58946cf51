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
      let waiting = Mutex(InputFile.all(files)[...])
      try OrderedPipeline.run(
        threads: threads, read: { try waiting.withLock { $0.popFirst() }.map(Self.text) }, process: body, write: write
      )
      return
    }
    try BlockReader.process(files, threads: threads, body, write: write)
  }

  /// All blocks, in memory.
  func all() throws -> [TextBlock] {
    let blocks = Mutex([TextBlock]())
    try process(threads: 1, { $0 }, write: { block in blocks.withLock { $0.append(block) } })
    return blocks.withLock { $0 }
  }

  private static func text(_ file: Path?) throws -> TextBlock {
    var reader = try RawBlockReader(file, at: .lines)
    var bytes: [UInt8] = []
    while let block = try reader.next() {
      bytes += block
      guard bytes.count <= LineReader.longestLine else {
        throw CommandFailure(
          .dataError,
          "\(file?.text ?? "standard input"): expected a text of at most \(LineReader.longestLine) bytes, found more")
      }
    }
    return TextBlock(lines: [bytes])
  }
}
