/// Writes labeled documents so that `LabeledReader` gives them back.
///
/// `tab`, `blank` and `fastText` have a line for a document and no way to write a line break in a text: such a text
/// is refused, or its line breaks become blanks, as users of fastText do it.
public final class LabeledWriter {
  /// What is written.
  public let format: LabeledFormat
  private let options: LabeledOptions
  private let replacesLineBreaks: Bool
  private let lines: LineWriter
  private var wroteHeader = false

  /// Creates a file, replacing one of the same name when finished.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - format: All but `folder`.
  ///   - options: The separator of several labels, the prefix, the side of the label, the columns' names, and whether
  ///     there is a header, as readers take them.
  ///   - replacesLineBreaks: Whether line breaks become blanks in formats that can't hold them.
  public convenience init(
    path: String, format: LabeledFormat, options: LabeledOptions = LabeledOptions(),
    replacesLineBreaks: Bool = false
  ) throws(CorpusError) {
    self.init(try LineWriter(path: path), format: format, options: options, replacesLineBreaks: replacesLineBreaks)
  }

  /// Writes after what was written to some lines.
  public init(
    _ lines: LineWriter, format: LabeledFormat, options: LabeledOptions = LabeledOptions(),
    replacesLineBreaks: Bool = false
  ) {
    precondition(format != .folder, "a folder of folders is no format to write")
    self.lines = lines
    self.format = format
    self.options = options
    self.replacesLineBreaks = replacesLineBreaks
  }

  /// Writes a document; where it stood is not written.
  ///
  /// - Throws: A `CorpusError` for what the format can't hold: a line break in a text, a delimiter in a label, an
  ///   empty label, none or several where there has to be one. Nothing of such a document is written.
  public func write(_ document: LabeledDocument) throws(CorpusError) {
    switch format {
    case .tab: try writeDelimited(document, "\t")
    case .blank: try writeDelimited(document, " ")
    case .csv: try writeRow(document, 0x2C)
    case .tsv: try writeRow(document, 0x09)
    case .jsonl: try writeObject(document)
    case .fastText: try writeFastText(document)
    case .folder: break
    }
  }

  /// Writes what is left and completes the file.
  public func finish() throws(CorpusError) { try lines.finish() }

  private func writeDelimited(_ document: LabeledDocument, _ delimiter: Unicode.Scalar) throws(CorpusError) {
    let label = try joinedLabels(document, without: [delimiter, "\n", "\r"])
    let text = try line(document.text)
    let parts = options.labelsLast ? [text, label] : [label, text]
    try lines.writeLine((parts[0] + String(delimiter) + parts[1]).utf8)
  }

  private func writeFastText(_ document: LabeledDocument) throws(CorpusError) {
    guard !document.labels.isEmpty else { throw lines.error(expected: "a label", found: "none") }
    for label in document.labels { try check(label, without: [" ", "\t", "\n", "\r"]) }
    let text = try line(document.text)
    guard !text.utf8.starts(with: options.labelPrefix.utf8) else {
      throw lines.error(
        expected: "a text that doesn't start with \(options.labelPrefix)", found: CorpusError.quoted(text))
    }
    let labels = document.labels.map { options.labelPrefix + $0 + " " }.joined()
    try lines.writeLine((labels + text).utf8)
  }

  private func writeObject(_ document: LabeledDocument) throws(CorpusError) {
    for label in document.labels { try check(label, without: []) }
    let (textName, labelName) = columnNames
    let labels = document.labels.map(\.jsonQuoted)
    let label = labels.count == 1 ? labels[0] : "[\(labels.joined(separator: ", "))]"
    try lines.writeLine(
      "{\(labelName.jsonQuoted): \(label), \(textName.jsonQuoted): \(document.text.jsonQuoted)}".utf8)
  }

  private func writeRow(_ document: LabeledDocument, _ delimiter: UInt8) throws(CorpusError) {
    let row =
      try field(joinedLabels(document, without: []), delimiter) + [delimiter] + field(document.text, delimiter)
    if !wroteHeader, options.hasHeader ?? true {
      let names = columnNames
      try lines.writeLine(field(names.label, delimiter) + [delimiter] + field(names.text, delimiter))
    }
    wroteHeader = true
    try lines.writeLine(row)
  }

  /// A field of a row; by bytes, since a mark behind a quotation mark would make one `Character` of both.
  private func field(_ text: String, _ delimiter: UInt8) throws(CorpusError) -> [UInt8] {
    guard options.quotes ?? (format == .csv) else {
      guard !text.utf8.contains(where: { $0 == delimiter || $0 == 0x0A || $0 == 0x0D }) else {
        throw lines.error(
          expected: "a field without delimiters and line breaks, or quotes around it", found: CorpusError.quoted(text)
        )
      }
      return Array(text.utf8)
    }
    let special: [UInt8] = [0x22, 0x0A, 0x0D, 0x09, 0x2C]
    guard text.utf8.contains(where: special.contains) else { return Array(text.utf8) }
    return [0x22] + text.utf8.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
  }

  private var columnNames: (text: String, label: String) {
    (options.textColumns.first?.text ?? "text", options.labelColumn?.text ?? "label")
  }

  /// The labels as one text; several need a separator that none holds.
  private func joinedLabels(
    _ document: LabeledDocument, without forbidden: [Unicode.Scalar]
  ) throws(CorpusError) -> String {
    guard document.labels.count == 1 || (options.labelSeparator != nil && !document.labels.isEmpty) else {
      throw lines.error(
        expected: "one label, or a separator for several", found: "\(document.labels.count) labels")
    }
    for label in document.labels {
      try check(label, without: forbidden)
      guard options.labels(in: label) == [label] else {
        throw lines.error(
          expected: "a label that readers don't separate or cut", found: CorpusError.quoted(label))
      }
    }
    return document.labels.joined(separator: options.labelSeparator ?? "")
  }

  private func check(_ label: String, without forbidden: [Unicode.Scalar]) throws(CorpusError) {
    if label.isEmpty || label.unicodeScalars.contains(where: forbidden.contains) {
      throw lines.error(expected: "a label that the format can hold", found: CorpusError.quoted(label))
    }
  }

  /// A text that fits a line.
  private func line(_ text: String) throws(CorpusError) -> String {
    guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return text }
    guard replacesLineBreaks else {
      throw lines.error(expected: "a text without line breaks", found: CorpusError.quoted(text))
    }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(scalar == "\n" || scalar == "\r" ? " " : scalar) }
    return String(scalars)
  }
}
