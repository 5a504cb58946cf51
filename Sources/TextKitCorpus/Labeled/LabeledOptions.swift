/// What the formats of labeled texts leave open. Each option says which formats look at it.
public struct LabeledOptions: Hashable, Sendable {
  /// What the bytes stand for. All formats.
  public var encoding = TextEncoding.utf8
  /// What stands between several labels of a document; nil: a document has one. All but `fastText` and `folder`,
  /// which have ways of their own.
  public var labelSeparator: String?
  /// Where a label is cut: with `:` the label of `DESC:manner` is `DESC`; nil: nowhere. All formats.
  public var labelEnd: String?
  /// What labels begin with. `fastText`.
  public var labelPrefix = "__label__"
  /// Whether the label stands behind the text. `tab`, `blank`.
  public var labelsLast = false
  /// The columns or fields of the text, joined by blanks. `csv`, `tsv`, `jsonl`.
  ///
  /// Empty stands for `text`; without a header for all columns but that of the label.
  public var textColumns: [LabeledColumn] = []
  /// The column or field of the label. `csv`, `tsv`, `jsonl`.
  ///
  /// nil stands for `label`; without a header for the first column.
  public var labelColumn: LabeledColumn?
  /// Whether the first line names the columns; nil: it does in `csv` and `tsv`, and doesn't in `tab` and `blank`.
  public var hasHeader: Bool?
  /// Whether a field that starts with `"` ends with one, and may hold line breaks and delimiters; nil: in `csv` it
  /// does, in `tsv`, where most files are written without quotes, it doesn't. `csv`, `tsv`.
  public var quotes: Bool?

  /// The defaults.
  public init() {}

  /// The labels in `text`: separated, then cut; one that is empty stays in, for the caller to refuse.
  func labels(in text: String) -> [String] {
    let parts = labelSeparator.map { Self.split(text, at: $0) } ?? [text]
    return labelEnd.map { end in parts.map { Self.split($0, at: end)[0] } } ?? parts
  }

  /// The label in `text`, cut.
  func cutLabel(_ text: String) -> String { labelEnd.map { Self.split(text, at: $0)[0] } ?? text }

  /// The parts of `text` between separators, at least one; an empty separator separates nothing.
  private static func split(_ text: String, at separator: String) -> [String] {
    if separator.isEmpty { return [text] }
    let (bytes, wanted) = (Array(text.utf8), Array(separator.utf8))
    var parts: [String] = []
    var (start, index) = (0, 0)
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index...].starts(with: wanted) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += wanted.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}
