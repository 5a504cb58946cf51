import Foundation

/// A file that was not written; what stood in its place before is unchanged.
public struct AtomicFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The step that failed.
  public enum Operation: String, Sendable {
    case folder = "can't be made as a folder"
    case create = "can't be created beside its target"
    case open = "can't be opened to write"
    case write = "can't be written"
    case synchronize = "can't be brought to the disk"
    case close = "can't be closed"
    case map = "can't be mapped into memory"
    case rename = "can't be renamed into place"
    case remove = "can't be removed"
    case target = "can't be replaced: it is not a regular file"
  }

  /// The file as it was named by the caller.
  public let path: String
  public let operation: Operation
  /// The system's error number (`errno`); 0 where the system was not asked.
  public let code: Int32

  public init(path: String, operation: Operation, code: Int32) {
    self.path = path
    self.operation = operation
    self.code = code
  }

  /// One line: the file, the step, the system's reason.
  public var description: String {
    let reason = code == 0 ? "" : ": \(SystemMessage.text(code))"
    return "file \(path) \(operation.rawValue)\(reason)"
  }
}
