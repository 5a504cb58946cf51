import Foundation
import TextKitCorpus
import TextKitModels

/// How documents lie in the files of a batch run.
public enum BatchFormat: String, CaseIterable, Sendable {
  /// A document a line.
  case lines
  /// A document a file.
  case files
  /// An object a line; the document is in one of its fields.
  case jsonl
  /// Rows of fields with TABs between; the document is in one of the columns.
  case tsv
  /// Rows of fields with commas between, quoted where they need it (RFC 4180).
  case csv

  /// What the name of a file says; lines where it says nothing.
  init(fileName: String) {
    switch URL(filePath: fileName).pathExtension.lowercased() {
    case "jsonl", "ndjson": self = .jsonl
    case "tsv": self = .tsv
    case "csv": self = .csv
    default: self = .lines
    }
  }
}

/// The files that a batch run reads, in their order.
public struct BatchInput: Sendable {
  /// One of the files.
  struct File: Sendable {
    /// nil for standard input.
    var path: String?
    /// The path as records and messages name it.
    var name: String
    var size: Int
    /// Seconds since 1970, for telling whether a file has changed.
    var modified: Double
  }

  /// The files, those of a folder or pattern sorted by their bytes.
  let files: [File]

  /// Standard input.
  public static let standardInput = BatchInput(files: [
    File(path: nil, name: "standard input", size: 0, modified: 0)
  ])

  private init(files: [File]) { self.files = files }

  /// Finds files: each path is a file, a folder, whose files are all read, those in folders below too, or a pattern
  /// with `*`, `?`, `[a-z]` or `**`. Names that begin with a dot are passed over, save where a pattern spells the dot.
  ///
  /// A name to which there is no file, such as a link that leads nowhere, is a file that can't be read.
  ///
  /// - Parameters:
  ///   - paths: files, folders and patterns.
  ///   - folder: what lies in it is no input: where the run writes to.
  /// - Throws: `CorpusError` where a path names nothing.
  public init(paths: [String], excluding folder: URL? = nil) throws(CorpusError) {
    var files: [File] = []
    let excluded = folder.map { Self.absolute($0.path) + "/" }
    for path in paths { files += try Self.files(path, excluding: excluded) }
    self.files = files
  }

  private static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  /// Bytes of all files; nil where standard input is among them.
  public var byteCount: Int? {
    files.contains { $0.path == nil } ? nil : files.reduce(0) { $0 + $1.size }
  }

  /// A digest of names, sizes and times of change.
  package var digest: String {
    BatchTask.digest(files.map { "\($0.name)\n\($0.size)\n\($0.modified)\n" }.joined())
  }

  private static func files(_ path: String, excluding excluded: String?) throws(CorpusError) -> [File] {
    if path == "-" { return standardInput.files }
    guard FileManager.default.fileExists(atPath: path) else {
      guard let pattern = PathPattern(path) else { throw missing(path, "a file, a folder or a pattern") }
      let found = try walk(pattern.root, excluding: excluded).filter { pattern.matches($0) }
      guard !found.isEmpty else { throw missing(path, "files of this pattern") }
      return try found.map { name throws(CorpusError) in try file(name) }
    }
    guard FileManager.default.fileExists(atPath: path + "/.") else { return [try file(path)] }
    let folder = path.hasSuffix("/") ? path : path + "/"
    let found = try walk(folder, excluding: excluded).filter {
      !$0.dropFirst(folder.count).split(separator: "/").contains { $0.hasPrefix(".") }
    }
    guard !found.isEmpty else { throw missing(path, "files in the folder") }
    return try found.map { name throws(CorpusError) in try file(name) }
  }

  /// The paths of all files in a folder and below, sorted by their bytes; a link to a folder is not followed.
  private static func walk(_ folder: String, excluding excluded: String?) throws(CorpusError) -> [String] {
    guard let names = FileManager.default.enumerator(atPath: folder.isEmpty ? "." : folder) else {
      throw missing(folder, "a folder")
    }
    // The output is told by how its absolute path goes on from the folder's.
    let inside = excluded.flatMap { excluded in
      let root = absolute(folder.isEmpty ? "." : folder)
      return excluded.hasPrefix(root + "/") ? String(excluded.dropFirst(root.count + 1)) : nil
    }
    var found: [String] = []
    for case let name as String in names {
      let path = folder + name
      if let inside, name.hasPrefix(inside) { continue }
      if !FileManager.default.fileExists(atPath: path + "/.") { found.append(path) }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func file(_ path: String) throws(CorpusError) -> File {
    guard FileManager.default.fileExists(atPath: path) else {
      return File(path: path, name: path, size: 0, modified: 0)
    }
    do {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: URL(filePath: path).resolvingSymlinksInPath().path)
      return File(
        path: path, name: path, size: attributes[.size] as? Int ?? 0,
        modified: (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)
    } catch {
      throw CorpusError(unreadable: path, found: error.localizedDescription)
    }
  }

  private static func missing(_ path: String, _ expected: String) -> CorpusError {
    CorpusError(unreadable: path, expected: expected, found: "none")
  }
}
