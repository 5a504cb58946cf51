import Foundation

/// Named tensors and metadata in one file, in the safetensors format, which any tool can open.
///
///     8 bytes   N, the length of the header (UInt64, little-endian)
///     N bytes   {"__metadata__": {"key": "value", …},
///                "name": {"dtype": "F32", "shape": [3, 4], "data_offsets": [0, 48]}, …}, padded with blanks
///     the rest  the payload: little-endian rows; the tensors cover it without hole or overlap
///
/// Opening maps the file, so that only the tensors that are used cost memory, and checks all of the above
/// against the size of the file before anything else is believed. Files written by `ModelFileWriter` carry a
/// checksum of metadata and tensors, which is verified too. A mapped file has to be replaced, never rewritten in
/// place, while it is in use; `ModelFileWriter` does so.
public struct ModelFile: Sendable {
  /// The types of tensor elements, by their safetensors names.
  public enum ElementType: String, Sendable, CaseIterable {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case int64 = "I64"
    case int32 = "I32"
    case int16 = "I16"
    case int8 = "I8"
    case uint8 = "U8"
    case bool = "BOOL"

    /// Bytes of one element.
    public var byteCount: Int {
      switch self {
      case .float64, .int64: 8
      case .float32, .int32: 4
      case .float16, .bfloat16, .int16: 2
      case .int8, .uint8, .bool: 1
      }
    }
  }

  /// What the header says about one tensor.
  public struct TensorInfo: Equatable, Sendable {
    public let elementType: ElementType
    /// Extents, outermost first; empty for a scalar.
    public let shape: [Int]
    /// Where the tensor lies in the payload.
    public let byteRange: Range<Int>

    /// The product of the extents.
    public var elementCount: Int { byteRange.count / elementType.byteCount }
  }

  /// Metadata keys that `ModelFileWriter` sets.
  enum Key {
    static let kind = "textkit.kind"
    static let formatVersion = "textkit.format_version"
    static let checksum = "textkit.checksum"
  }

  /// The file as it was named by the caller.
  public let path: String
  /// The `__metadata__` map, without the checksum.
  public let metadata: [String: String]
  /// The checksum that the file carries, if any; it has been verified.
  let checksum: String?
  let tensors: [String: TensorInfo]
  /// The tensors' bytes, mapped.
  let payload: Data

  /// Opens any safetensors file; a checksum is verified when the file carries one.
  public init(contentsOf url: URL) throws(ModelFileError) {
    try self.init(data: Self.mappedData(of: url), path: url.path)
  }

  /// Opens a model of a certain kind; kind, format version and checksum have to be there and right.
  public init(contentsOf url: URL, kind: String, versions: ClosedRange<Int>) throws(ModelFileError) {
    try self.init(contentsOf: url)
    try require(kind: kind, versions: versions)
  }

  /// Reads a safetensors file that is in memory already; `path` names it in errors.
  public init(data: Data, path: String) throws(ModelFileError) {
    let header: ModelFileHeader
    do throws(ModelFileError.Reason) {
      header = try ModelFileHeader(of: data)
    } catch {
      throw ModelFileError(path: path, reason: error)
    }
    var metadata = header.metadata
    self.path = path
    checksum = metadata.removeValue(forKey: Key.checksum)
    self.metadata = metadata
    tensors = header.tensors
    payload = data[(data.startIndex + header.payloadOffset)...]
    try verifyChecksum()
  }

  /// Checks that this is a textkit model of the given kind, in a version that the caller can read.
  public func require(kind: String, versions: ClosedRange<Int>) throws(ModelFileError) {
    let found = try metadata(Key.kind)
    guard found == kind else { throw error(.kind(expected: kind, found: found)) }
    let text = try metadata(Key.formatVersion)
    guard let version = formatVersion else {
      throw error(.metadata(key: Key.formatVersion, expected: "an integer", found: text))
    }
    guard versions.contains(version) else {
      throw error(.formatVersion(expected: versions, found: version))
    }
    guard checksum != nil else { throw error(.missingMetadata(Key.checksum)) }
  }

  /// What the model is, such as `textkit.labeler`; `nil` in files of other tools.
  public var kind: String? { metadata[Key.kind] }

  /// The version of the model's layout; `nil` in files of other tools.
  public var formatVersion: Int? { metadata[Key.formatVersion].flatMap { Int($0) } }

  /// An entry of the metadata that has to be there.
  public func metadata(_ key: String) throws(ModelFileError) -> String {
    guard let value = metadata[key] else { throw error(.missingMetadata(key)) }
    return value
  }

  func error(_ reason: ModelFileError.Reason) -> ModelFileError {
    ModelFileError(path: path, reason: reason)
  }

  static func mappedData(of url: URL) throws(ModelFileError) -> Data {
    let resolved = url.resolvingSymlinksInPath()
    do {
      // A device or a pipe would be read without end.
      let type = try FileManager.default.attributesOfItem(atPath: resolved.path)[.type] as? FileAttributeType
      guard type == .typeRegular else { throw ModelFileError(path: url.path, reason: .notRegularFile) }
      return try Data(contentsOf: resolved, options: .alwaysMapped)
    } catch let error as ModelFileError {
      throw error
    } catch let error as CocoaError where [.fileNoSuchFile, .fileReadNoSuchFile].contains(error.code) {
      throw ModelFileError(path: url.path, reason: .notFound)
    } catch let error as CocoaError where error.code == .fileReadNoPermission {
      throw ModelFileError(path: url.path, reason: .unreadable("permission denied"))
    } catch {
      throw ModelFileError(path: url.path, reason: .unreadable(error.localizedDescription))
    }
  }
}
