/// A text with its labels.
public struct LabeledDocument: Sendable, Hashable {
  /// The text, unchanged.
  public var text: String
  /// Its labels: one as a rule, several or none in multi-label data.
  public var labels: [String]
  /// Where it stands, for messages: the file, and the line counted from 1 where there is one.
  public var file: String
  public var line: Int?

  /// Creates a document.
  public init(text: String, labels: [String], file: String = "", line: Int? = nil) {
    self.text = text
    self.labels = labels
    self.file = file
    self.line = line
  }

  /// `path:12`, for messages.
  public var place: String { CorpusError.place(file: file, line: line) }
}
