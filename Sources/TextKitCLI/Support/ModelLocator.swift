import TextKit
import TextKitCommandLine
import TextKitPretrained

/// Finds the model that a command is to use.
enum ModelLocator {
  /// The segmenter of a file, or the shipped one.
  static func segmenter(_ path: Path?) throws -> Segmenter {
    try path.map { try Segmenter(contentsOf: $0.url) } ?? Pretrained.segmenter()
  }
}
