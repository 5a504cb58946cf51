import TextKitCorpus

/// A file of word vectors that can't be read or written.
public struct VectorFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, as data.
  public enum Reason: Equatable, Sendable {
    /// The content is not what it should be; the line counts from 1.
    case malformed(line: Int?, expected: String, found: String)
    /// A word that the format has no way to write.
    case unwritableWord(String, format: VectorFileFormat)
    /// The file can't be opened, or what is in the model file is not what it should be.
    case modelFile(ModelFileError.Reason)
    /// The file was not written; the file that was there before is unchanged.
    case notWritten(AtomicFileError)
  }

  /// The file as it was named by the caller.
  public let path: String
  public let reason: Reason

  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// One line: the file, the line, what was expected and what was found.
  public var description: String {
    switch reason {
    case .malformed(let line, let expected, let found):
      "\(path)\(line.map { ":\($0)" } ?? ""): expected \(expected), found \(found)"
    case .unwritableWord(let word, let format):
      "\(path): the word \(CorpusError.quoted(word)) can't be written as \(format.rawValue)"
    case .modelFile(let reason): "vector file \(path): \(reason.explanation)"
    case .notWritten(let error): error.description
    }
  }
}
