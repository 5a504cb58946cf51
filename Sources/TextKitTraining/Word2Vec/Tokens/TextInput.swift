import Foundation
import TextKitCorpus

/// Text to train on.
public enum TextInput: Hashable, Sendable {
  /// A file, or a folder whose files are read in the order of their names, those of folders in it too; names that
  /// start with a dot are passed over.
  case path(String)
  /// An open file descriptor, which stays open, and what to call it.
  case descriptor(Int32, name: String)

  /// The process's standard input.
  public static let standardInput = TextInput.descriptor(0, name: "standard input")

  /// The path, or the name of the stream.
  public var name: String {
    switch self {
    case .path(let path): path
    case .descriptor(_, let name): name
    }
  }

  /// The inputs with folders replaced by their files.
  ///
  /// - Throws: `CorpusError` for a folder that can't be read, holds no file, or holds itself by a link.
  package static func files(of inputs: [TextInput]) throws(CorpusError) -> [TextInput] {
    var files: [TextInput] = []
    for input in inputs {
      guard case .path(let path) = input, isFolder(path) else {
        files.append(input)
        continue
      }
      let before = files.count
      try append(filesIn: path, within: [], to: &files)
      guard files.count > before else {
        throw CorpusError(file: path, expected: "a folder with files of text", found: "no file")
      }
    }
    return files
  }

  /// The number of bytes of files; nil if one of them is no plain file.
  package static func byteCount(of files: [TextInput]) -> Int? {
    var sum = 0
    for file in files {
      guard case .path(let path) = file, let size = status(path), size.type == .typeRegular else { return nil }
      sum += size.byteCount
    }
    return sum
  }

  /// Adds the files of a folder; `parents` are the folders it is in, by their real paths.
  private static func append(
    filesIn folder: String, within parents: [String], to files: inout [TextInput]
  ) throws(CorpusError) {
    let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    guard !parents.contains(real) else {
      throw CorpusError(file: folder, expected: "folders that end", found: "a link to a folder it is in")
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw CorpusError(unreadable: folder, expected: "a readable folder", found: error.localizedDescription)
    }
    let visible = names.filter { !$0.hasPrefix(".") }
    for name in visible.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      if isFolder(path) {
        try append(filesIn: path, within: parents + [real], to: &files)
      } else if status(path)?.type ?? .typeRegular == .typeRegular {
        // A link to nothing is taken too, to be told of when it is opened; pipes and sockets are no text.
        files.append(.path(path))
      }
    }
  }

  private static func isFolder(_ path: String) -> Bool { status(path)?.type == .typeDirectory }

  /// The type and size of what a path names or links to; nil if there is nothing.
  private static func status(_ path: String) -> (type: FileAttributeType, byteCount: Int)? {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: real),
      let type = attributes[.type] as? FileAttributeType
    else { return nil }
    return (type, (attributes[.size] as? NSNumber)?.intValue ?? 0)
  }
}
