/// How a file or folder holds texts with labels.
public enum LabeledFormat: String, CaseIterable, Codable, Sendable {
  /// A document a line: label, TAB, text. Further tabs are the text's own.
  case tab
  /// A document a line: label, blank, text.
  case blank
  /// Comma-separated values (RFC 4180), usually with a header.
  case csv
  /// The same with tabs between the columns.
  case tsv
  /// A JSON object a line.
  case jsonl
  /// fastText: `__label__x` once or more, then the text.
  case fastText = "fasttext"
  /// A folder of folders: each is a class, and each file in it a document.
  case folder

  /// All names, for messages.
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// What the bytes of a file stand for.
public enum TextEncoding: String, CaseIterable, Codable, Sendable {
  /// UTF-8; other bytes are an error.
  case utf8 = "utf-8"
  /// ISO 8859-1: byte n is U+00n, so that every file can be read.
  case latin1 = "latin-1"
}

/// A column of a table: its name in the header, or its number from 1.
public enum LabeledColumn: Hashable, Sendable {
  case name(String)
  case number(Int)

  /// A number if the text is one from 1 on, otherwise a name.
  public init(_ text: String) {
    self = Int(text).flatMap { $0 >= 1 ? .number($0) : nil } ?? .name(text)
  }

  /// The name, or the number in digits.
  public var text: String {
    switch self {
    case .name(let name): name
    case .number(let number): String(number)
    }
  }
}
