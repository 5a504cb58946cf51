import TextKitCorpus

/// A model file that can't be read, isn't what was asked for, or can't be written.
public struct ModelFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong, as data.
  public enum Reason: Error, Equatable, Sendable {
    /// There is no file of that name.
    case notFound
    /// A directory, a device or a pipe stands there.
    case notRegularFile
    /// The system could not open or map the file.
    case unreadable(String)
    /// The file has fewer bytes than its own header length demands.
    case tooShort(expected: UInt64, found: Int)
    /// The header is longer than any sound file's.
    case headerTooLong(limit: Int, found: UInt64)
    /// The header is not the JSON of a safetensors file; `offset` counts bytes from the start of the file.
    case malformedHeader(offset: Int, expected: String, found: String)
    /// A name occurs twice in one object of the header.
    case duplicateKey(String, offset: Int)
    /// An element type that this format version doesn't know.
    case unknownElementType(tensor: String, found: String)
    /// A shape whose byte count doesn't fit an `Int`.
    case shapeOverflow(tensor: String, shape: [Int])
    /// A byte range whose length doesn't match shape and element type.
    case byteCount(tensor: String, expected: Int, found: Int)
    /// A tensor that doesn't begin where the one before it ends: a hole or an overlap.
    case byteOffset(tensor: String, expected: Int, found: Int)
    /// The tensors end before or after the end of the file.
    case payloadByteCount(expected: Int, found: Int)
    /// The content is not what was written.
    case checksum(expected: String, found: String)
    /// An entry of the metadata is missing.
    case missingMetadata(String)
    /// An entry of the metadata has an unusable value.
    case metadata(key: String, expected: String, found: String)
    /// The file holds another kind of model.
    case kind(expected: String, found: String)
    /// The file was written by an older or newer version of the format.
    case formatVersion(expected: ClosedRange<Int>, found: Int)
    /// There is no tensor of that name.
    case missingTensor(String)
    /// A tensor has another element type than the model needs.
    case elementType(tensor: String, expected: [ModelFile.ElementType], found: ModelFile.ElementType)
    /// A tensor has another shape than the model needs; `nil` stands for any extent.
    case shape(tensor: String, expected: [Int?], found: [Int])
    /// A tensor that should hold text isn't valid UTF-8.
    case notUTF8(tensor: String)
    /// A tensor that should hold finite numbers has others.
    case notFinite(tensor: String)
    /// A tensor that should hold a word a line doesn't.
    case words(tensor: String, CorpusError)
    /// The header of a file that was to be written is longer than can be read again; nothing was written.
    case headerNotWritable(limit: Int, found: Int)
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

  /// One line: the file, what was expected and what was found.
  public var description: String {
    if case .notWritten(let error) = reason { return error.description }
    return "model file \(path): \(reason.explanation)"
  }
}

extension ModelFileError.Reason {
  /// What was expected and what was found.
  var explanation: String {
    switch self {
    case .notFound: "no such file"
    case .notRegularFile: "expected a regular file, found a directory or a device"
    case .unreadable(let message): "can't be read: \(message)"
    case .tooShort(let expected, let found): "expected at least \(expected) bytes, found \(found)"
    case .headerTooLong(let limit, let found): "expected a header of at most \(limit) bytes, found \(found)"
    case .headerNotWritable(let limit, let found):
      "expected metadata and tensors whose header has at most \(limit) bytes, found \(found)"
    case .malformedHeader(let offset, let expected, let found):
      "header, byte \(offset): expected \(expected), found \(found)"
    case .duplicateKey(let key, let offset): "header, byte \(offset): \(key.jsonQuoted) occurs twice"
    case .unknownElementType(let tensor, let found):
      "tensor \(tensor.jsonQuoted): expected one of "
        + ModelFile.ElementType.allCases.map(\.rawValue).joined(separator: ", ")
        + ", found \(found.jsonQuoted)"
    case .shapeOverflow(let tensor, let shape): "tensor \(tensor.jsonQuoted): shape \(shape) is too large"
    case .byteCount(let tensor, let expected, let found):
      "tensor \(tensor.jsonQuoted): expected \(expected) bytes for its shape, found \(found)"
    case .byteOffset(let tensor, let expected, let found):
      "tensor \(tensor.jsonQuoted): expected to begin at byte \(expected) of the payload, found \(found)"
    case .payloadByteCount(let expected, let found): "expected \(expected) bytes of tensors, found \(found)"
    case .checksum(let expected, let found): "is damaged: expected checksum \(expected), found \(found)"
    case .missingMetadata(let key): "expected the metadata entry \(key.jsonQuoted), found none"
    case .metadata(let key, let expected, let found):
      "metadata entry \(key.jsonQuoted): expected \(expected), found \(found.jsonQuoted)"
    case .kind(let expected, let found):
      "expected a model of kind \(expected.jsonQuoted), found \(found.jsonQuoted)"
    case .formatVersion(let expected, let found):
      "expected format version "
        + (expected.count == 1
          ? "\(expected.lowerBound)" : "\(expected.lowerBound) to \(expected.upperBound)")
        + ", found \(found)"
    case .missingTensor(let name): "expected a tensor \(name.jsonQuoted), found none"
    case .elementType(let tensor, let expected, let found):
      "tensor \(tensor.jsonQuoted): expected \(expected.map(\.rawValue).joined(separator: " or ")), "
        + "found \(found.rawValue)"
    case .shape(let tensor, let expected, let found):
      "tensor \(tensor.jsonQuoted): expected shape "
        + "[\(expected.map { $0.map(String.init) ?? "any" }.joined(separator: ", "))], found \(found)"
    case .notUTF8(let tensor): "tensor \(tensor.jsonQuoted): expected UTF-8 text, found other bytes"
    case .notFinite(let tensor): "tensor \(tensor.jsonQuoted): expected finite numbers, found others"
    case .words(let tensor, let error):
      "tensor \(tensor.jsonQuoted), line \(error.line ?? 0): expected \(error.expected), found \(error.found)"
    case .notWritten(let error): error.description
    }
  }
}
