/// Data that is not what it should be: where, what was expected, what was found.
public struct CorpusError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path of the file, or the name of the data.
  public var file: String
  /// The line, counted from 1, if the trouble is on one.
  public var line: Int?
  /// What the reader expected.
  public var expected: String
  /// What it found.
  public var found: String
  /// What the system says of a file that was not written; nil for data that was read, or that a format can't hold.
  public private(set) var notWritten: AtomicFileError?
  /// Whether there is no such file or folder, or none that can be read, whatever it holds.
  public private(set) var isUnreadable = false

  /// Creates an error.
  public init(file: String, line: Int? = nil, expected: String, found: String) {
    self.file = file
    self.line = line
    self.expected = expected
    self.found = found
  }

  /// Creates an error for a file that was not written.
  package init(_ error: AtomicFileError) {
    self.init(file: error.path, expected: "a file that can be written", found: error.description)
    notWritten = error
  }

  /// Creates an error for a file or folder that isn't there, or that the system doesn't let read.
  package init(unreadable file: String, expected: String = "a readable file", found: String) {
    self.init(file: file, expected: expected, found: found)
    isUnreadable = true
  }

  /// `path:12: expected 2 columns, found 1: "…"`.
  public var description: String {
    notWritten?.description ?? "\(Self.place(file: file, line: line)): expected \(expected), found \(found)"
  }

  /// `path:12`, or the path alone.
  static func place(file: String, line: Int?) -> String { line.map { "\(file):\($0)" } ?? file }

  /// Data in quotation marks for a message: control characters escaped, cut after 40 characters.
  package static func quoted(_ bytes: some Collection<UInt8>) -> String {
    let limit = 40
    // 40 scalars have at most 160 bytes; a scalar cut in two there lies behind the limit.
    let scalars = String(decoding: bytes.prefix(4 * limit + 4), as: UTF8.self).unicodeScalars
    var text = "\""
    for scalar in scalars.prefix(limit) { text += scalar == "'" ? "'" : scalar.escaped(asASCII: false) }
    return text + (scalars.count > limit ? "…\"" : "\"")
  }

  /// Strings in quotation marks for a message, the first 20 of them.
  package static func list(_ strings: [String]) -> String {
    let shown = strings.prefix(20)
    let rest = strings.count - shown.count
    return shown.map { quoted($0) }.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// A string in quotation marks for a message: control characters escaped, cut after 40 characters.
  package static func quoted(_ string: String) -> String { quoted(string.utf8) }
}
