import TextKit
import TextKitCommandLine

/// Opens the files that commands read.
enum InputFile {
  /// What a command reads: its files, or standard input, which is nil, where none is given.
  static func all(_ files: [Path]) -> [Path?] { files.isEmpty ? [nil] : files.map(Optional.some) }

  /// The lines of a file; of standard input for `-` and for nil.
  ///
  /// - Parameter isInterrupted: where it says so, the file ends.
  static func lines(_ path: Path?, isInterrupted: (@Sendable () -> Bool)? = nil) throws -> LineReader {
    guard let path, !path.isStandardStream else {
      return LineReader(descriptor: 0, name: "standard input", isInterrupted: isInterrupted)
    }
    return try LineReader(path: path.text, isInterrupted: isInterrupted)
  }
}
