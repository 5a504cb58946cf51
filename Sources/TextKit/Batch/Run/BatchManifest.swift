import Foundation
import TextKitCorpus
import TextKitModels

/// The list of what a run has written into a folder, a line of JSON each: its conditions, its shards as they were
/// finished, and that it came to its end.
///
/// A line is added when what it tells of is on the disk. A run that was killed leaves a list of whole shards; where
/// the last line was cut, it doesn't count.
struct BatchManifest {
  /// One finished file of records.
  struct Shard: Codable, Equatable {
    var file: String
    var records: Int
    var errors: Int
    var bytes: Int
    /// Where the next shard begins.
    var end: BatchPosition

    /// More than there can be, of all shards together too.
    static let most = 1 << 40

    /// Whether no number is out of reach.
    var isSound: Bool {
      [records, errors, bytes, end.file, end.offset, end.line].allSatisfy { (0...Self.most).contains($0) }
    }
  }
  private struct Line: Codable {
    var conditions: [String: String]?
    var shard: Shard?
    var isComplete: Bool?
  }

  private(set) var shards: [Shard] = []
  private(set) var isComplete = false
  /// Documents of all shards, and those of them that could not be read.
  private(set) var records = 0
  private(set) var errors = 0
  private let output: OutputDescriptor
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  /// Where the list of a folder is.
  static func url(in folder: URL) -> URL { folder.appending(path: "manifest.jsonl") }

  /// Begins a list, or goes on with the one that is there.
  ///
  /// - Throws: `CorpusError` where there is one that is not to be gone on with, one of another run, or one that another
  ///   process adds to now, where there are shards without a list, and where it can't be read or written;
  ///   `AtomicFileError` where the folder can't be brought to the disk.
  init(in folder: URL, conditions: [String: String], resume: Bool) throws {
    let url = Self.url(in: folder)
    if !FileManager.default.fileExists(atPath: url.path),
      let stray = try Self.names(in: folder).first(where: { $0.wholeMatch(of: Self.written) != nil })
    {
      throw CorpusError(file: folder.path, expected: "a folder without files of another run", found: stray)
    }
    output = try OutputDescriptor(appendingTo: url.path)
    try output.lock(expected: "a folder that no other run writes to")
    try PendingFile.synchronize(folder: folder.path, named: url.path)
    let old = try Self.contents(of: url)
    // A run that was killed before its first line was whole has done nothing.
    let whole = old.lastIndex(of: 0x0A).map { old[...$0] } ?? Data()
    guard old.isEmpty || resume else {
      throw CorpusError(
        file: folder.path, expected: "a folder without a manifest.jsonl",
        found: "an earlier run; --resume goes on with it")
    }
    if whole.count < old.count { try output.truncate(to: whole.count) }
    var known: [String: String]?
    for (number, text) in whole.split(separator: 0x0A).enumerated() {
      let line: Line
      do { line = try JSONDecoder().decode(Line.self, from: Data(text)) } catch {
        throw CorpusError(
          file: url.path, line: number + 1, expected: "a line of a batch run", found: CorpusError.quoted(text))
      }
      if let conditions = line.conditions { known = conditions }
      if let shard = line.shard {
        // Each file once, as they were finished, and none of another folder.
        let names = ["jsonl", "txt"].map { BatchFolder.partName(shards.count, $0) }
        guard names.contains(shard.file), shard.isSound, records + shard.records <= Shard.most,
          errors + shard.errors <= Shard.most
        else {
          throw CorpusError(
            file: url.path, line: number + 1,
            expected: "the file \(names[0]) or \(names[1]), and numbers from 0 to \(Shard.most), of all together too",
            found: CorpusError.quoted(text))
        }
        append(shard)
      }
      isComplete = isComplete || line.isComplete == true
    }
    if let known,
      let key = Set(known.keys).union(conditions.keys).sorted().first(where: { known[$0] != conditions[$0] })
    {
      throw CorpusError(
        file: url.path, expected: "a run of \(key) \(known[key] ?? "none"), as it began",
        found: conditions[key] ?? "none")
    }
    if known == nil { try add(Line(conditions: conditions)) }
    for shard in shards {
      let path = folder.appending(path: shard.file).path
      let size = Self.size(of: path)
      guard size == shard.bytes else {
        throw CorpusError(
          file: path, expected: "\(shard.bytes) bytes, as the manifest says",
          found: size.map(String.init) ?? "no file")
      }
    }
  }

  /// The names in a folder, sorted.
  ///
  /// - Throws: `CorpusError` where it can't be read.
  static func names(in folder: URL) throws(CorpusError) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } catch {
      throw CorpusError(unreadable: folder.path, expected: "a readable folder", found: error.localizedDescription)
    }
  }

  /// What files of a run are called when they are whole.
  private static var written: Regex<Substring> { #/(?:part|errors)-[0-9]{5,}\.(?:jsonl|txt)/# }

  /// The bytes of the list; none where there is no list.
  private static func contents(of url: URL) throws(CorpusError) -> Data {
    guard FileManager.default.fileExists(atPath: url.path) else { return Data() }
    do { return try Data(contentsOf: url) } catch {
      throw CorpusError(unreadable: url.path, found: error.localizedDescription)
    }
  }

  /// The bytes of a file; nil where there is none.
  private static func size(of path: String) -> Int? {
    do {
      return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    } catch {
      return nil
    }
  }

  /// Notes a file that is on the disk.
  mutating func add(_ shard: Shard) throws {
    try add(Line(shard: shard))
    append(shard)
  }

  private mutating func append(_ shard: Shard) {
    shards.append(shard)
    records += shard.records
    errors += shard.errors
  }

  /// Notes that there is no more to do.
  mutating func complete() throws {
    try add(Line(isComplete: true))
    isComplete = true
  }

  private func add(_ line: Line) throws {
    try output.append([UInt8](Self.encoder.encode(line)) + [0x0A])
    try output.synchronize()
  }
}
