import Foundation
import TextKitCorpus
import TextKitModels

/// Writes a stream of token ids with a buffer; every write is checked.
package struct SpoolWriter {
  /// The number of ids written.
  private(set) var count = 0
  /// The checksum of all ids, known at the end.
  private(set) var hash: XXHash64?
  private let file: SpoolFile
  private let output: AtomicFile.Output
  private var buffer: [UInt32] = []
  private static let bufferSize = 1 << 16

  /// Creates a file in a folder.
  init(in folder: URL, hashing: Bool = false) throws(AtomicFileError) {
    self.init(try SpoolFile(in: folder), hashing: hashing)
  }

  package init(_ file: SpoolFile, hashing: Bool = false) {
    self.file = file
    output = AtomicFile.Output(descriptor: file.descriptor, path: file.path)
    hash = hashing ? XXHash64() : nil
    buffer.reserveCapacity(Self.bufferSize)
  }

  /// Adds an id.
  @inline(__always)
  package mutating func append(_ id: UInt32) throws(AtomicFileError) {
    buffer.append(id)
    count &+= 1
    if buffer.count == Self.bufferSize { try flush() }
  }

  /// Writes what is left and maps the file.
  package mutating func finish() throws(AtomicFileError) -> MappedSpool {
    try flush()
    return try MappedSpool(file, count: count)
  }

  @inline(never)
  private mutating func flush() throws(AtomicFileError) {
    try buffer.withRawBytes { bytes throws(AtomicFileError) in
      try output.write(bytes)
      hash?.update(bytes)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
