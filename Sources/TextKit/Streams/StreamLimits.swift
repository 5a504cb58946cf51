import Foundation

/// How far a stream of results may run ahead of whoever reads it.
///
/// Texts are worked on in blocks, because models are faster on many texts at once. A block is what is at hand, up to a
/// size: no text waits for others to come. A limit below 1 is a mistake of the program and
/// traps, where limits are made and where they are changed.
public struct StreamLimits: Sendable, Equatable {
  /// Texts taken from upstream and not yet given out as results, at most; at least 1.
  public var texts: Int { didSet { check() } }
  /// Bytes of text after which a block is full; a longer text is a block of its own. At least 1.
  public var blockBytes: Int { didSet { check() } }
  /// Blocks worked on at the same time, at most; at least 1.
  public var tasks: Int { didSet { check() } }

  /// Creates limits.
  ///
  /// - Parameters:
  ///   - texts: texts taken from upstream and not yet given out as results, at most.
  ///   - blockBytes: bytes of text after which a block is full.
  ///   - tasks: blocks worked on at the same time; as many as there are cores where none is given.
  public init(texts: Int = 1024, blockBytes: Int = 1 << 16, tasks: Int? = nil) {
    self.texts = texts
    self.blockBytes = blockBytes
    self.tasks = tasks ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
    check()
  }

  private func check() {
    precondition(
      texts >= 1 && blockBytes >= 1 && tasks >= 1,
      "limits are at least 1, got \(texts) texts, \(blockBytes) bytes of a block, \(tasks) tasks")
  }

  /// Texts of one block, at most: few enough that every task has a block while the next ones are gathered.
  var blockTexts: Int { max(1, texts / 2 / tasks) }
}
