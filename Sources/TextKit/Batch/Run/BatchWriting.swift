import Foundation
import TextKitCorpus
import TextKitModels

/// Where the records of a batch run go.
public enum BatchOutput: Sendable {
  /// One after the other to a function, and the lines of the list of errors to another.
  case stream(_ records: @Sendable ([UInt8]) throws -> Void, errors: @Sendable ([UInt8]) throws -> Void)
  /// To files `part-00000.jsonl` and so on of a folder, with `errors-00000.jsonl` where there are any, and
  /// `manifest.jsonl`, by which a run that was stopped goes on.
  case folder(URL)
}

/// Writes records in their order.
protocol BatchWriting {
  mutating func write(_ bytes: [UInt8]) throws
  mutating func writeErrors(_ bytes: [UInt8]) throws
  /// Told after each chunk.
  mutating func finishChunk(_ result: BatchResult) throws
  /// Told when all is written.
  mutating func finish(_ end: BatchPosition) throws
}

/// Writes to functions.
struct BatchStream: BatchWriting {
  let records: @Sendable ([UInt8]) throws -> Void
  let errors: @Sendable ([UInt8]) throws -> Void

  func write(_ bytes: [UInt8]) throws { try records(bytes) }
  func writeErrors(_ bytes: [UInt8]) throws { try errors(bytes) }
  func finishChunk(_ result: BatchResult) throws {}
  func finish(_ end: BatchPosition) throws {}
}

/// Writes shards into a folder; a file appears under its name when it is whole and on the disk, and then in the
/// manifest.
struct BatchFolder: BatchWriting {
  private let folder: URL
  private let suffix: String
  private var manifest: BatchManifest
  private var part: OutputDescriptor?
  private var errors: OutputDescriptor?
  private var shard: BatchManifest.Shard

  init(_ folder: URL, suffix: String, manifest: BatchManifest) throws {
    self.folder = folder
    self.suffix = suffix
    self.manifest = manifest
    shard = Self.shard(manifest.shards.count, suffix)
    // What a killed run had begun.
    for kind in ["part-", "errors-"] { PendingTrash.remove(in: folder, ofTargetsThatBegin: kind) }
  }

  mutating func write(_ bytes: [UInt8]) throws {
    let output = try part ?? OutputDescriptor(path: folder.appending(path: shard.file).path)
    part = output
    try output.append(bytes)
    shard.bytes += bytes.count
  }

  mutating func writeErrors(_ bytes: [UInt8]) throws {
    let output =
      try errors
      ?? OutputDescriptor(path: folder.appending(path: Self.name("errors", manifest.shards.count, "jsonl")).path)
    errors = output
    try output.append(bytes)
  }

  mutating func finishChunk(_ result: BatchResult) throws {
    shard.records += result.recordCount
    shard.errors += result.faultCount
    shard.end = result.chunk.end
    if result.chunk.endsShard { try finishShard() }
  }

  mutating func finish(_ end: BatchPosition) throws {
    if part != nil { try finishShard() }
    try manifest.complete()
  }

  private mutating func finishShard() throws {
    // The errors first: a shard that the manifest has is whole.
    try errors?.finish()
    try part?.finish()
    try manifest.add(shard)
    (part, errors) = (nil, nil)
    shard = Self.shard(manifest.shards.count, suffix)
  }

  private static func shard(_ number: Int, _ suffix: String) -> BatchManifest.Shard {
    BatchManifest.Shard(file: partName(number, suffix), records: 0, errors: 0, bytes: 0, end: BatchPosition())
  }

  /// What a file of records is called.
  static func partName(_ number: Int, _ suffix: String) -> String { name("part", number, suffix) }

  private static func name(_ kind: String, _ number: Int, _ suffix: String) -> String {
    let digits = String(number)
    return "\(kind)-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).\(suffix)"
  }
}
