import Foundation

/// A folder for each class, a file for each document, both in the order of their names' bytes.
///
/// Names that start with a dot, and files beside the class folders, are passed over.
final class FolderSource: LabeledSource {
  let name: String
  private let options: LabeledOptions
  /// Classes that are left, the next one last.
  private var classes: [String]
  private var label = ""
  /// Files of the class that are left, the next one last.
  private var files: [String] = []

  init(path: String, options: LabeledOptions) throws(CorpusError) {
    name = path
    self.options = options
    let names = try Self.names(in: path)
    classes = names.filter { Self.isFolder("\(path)/\($0)") }.reversed()
    guard !classes.isEmpty else {
      throw CorpusError(file: path, expected: "a folder for each class", found: "\(names.count) files, no folder")
    }
  }

  func next() throws(CorpusError) -> LabeledDocument? {
    while files.isEmpty {
      guard let folder = classes.popLast() else { return nil }
      label = options.cutLabel(folder)
      files = try Self.names(in: "\(name)/\(folder)").reversed().map { "\(name)/\(folder)/\($0)" }
    }
    let path = files.removeLast()
    let document = LabeledDocument(text: try text(of: path), labels: [label], file: path)
    if let fault = document.labelFault { throw fault }
    return document
  }

  /// A whole file as text, without a byte order mark.
  private func text(of path: String) throws(CorpusError) -> String {
    var bytes: [UInt8]
    do {
      bytes = try WholeFile.bytes(of: path)
    } catch {
      // Asked only now: there are thousands of files.
      guard Self.isFolder(path) else { throw error }
      throw CorpusError(file: path, expected: "a document", found: "a folder inside that of a class")
    }
    if options.encoding == .latin1 {
      let raw = bytes
      Latin1.decode(raw, into: &bytes)
      try WholeFile.check(bytes.count, path)
    } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes.removeFirst(3)
    }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let offset = UTF8Decoder.firstInvalidOffset(in: bytes.span) ?? 0
    throw CorpusError(
      file: path, line: 1 + bytes[..<offset].count { $0 == 0x0A }, expected: "valid UTF-8",
      found: "byte 0x\(String(bytes[offset], radix: 16, uppercase: true))")
  }

  private static func names(in path: String) throws(CorpusError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw CorpusError(unreadable: path, expected: "a readable folder", found: error.localizedDescription)
    }
  }

  /// Whether a path names a folder or a link to one.
  static func isFolder(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: URL(filePath: path).resolvingSymlinksInPath().path))?[.type]
      as? FileAttributeType == .typeDirectory
  }
}

/// A file that is read at one go.
enum WholeFile {
  static func bytes(of path: String) throws(CorpusError) -> [UInt8] {
    let input = try InputDescriptor(path: path)
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    var count = 0
    while true {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let read = try input.fill(&bytes, count..<bytes.count)
      if read == 0 { break }
      count += read
      try check(count, path)
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Throws where a document has more bytes than can be worked on.
  static func check(_ count: Int, _ path: String) throws(CorpusError) {
    guard count <= LineReader.longestLine else {
      throw CorpusError(
        file: path, expected: "a document of at most \(LineReader.longestLine) bytes", found: "\(count) and more")
    }
  }
}
