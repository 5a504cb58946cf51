/// Documents from rows of values.
final class CSVSource: LabeledSource {
  private let rows: CSVRows
  private let options: LabeledOptions
  private var layout: Layout?

  /// The fields that are wanted, from 0.
  private struct Layout {
    let text: [Int]
    let label: Int
    let fieldCount: Int
    let firstLine: Int
  }

  init(_ lines: LabeledLines, delimiter: UInt8) {
    rows = CSVRows(lines, delimiter: delimiter)
    options = lines.options
  }

  var name: String { rows.lines.lines.name }

  func next() throws(CorpusError) -> LabeledDocument? {
    guard try rows.next() else { return nil }
    if layout == nil, options.hasHeader ?? true {
      layout = try layout(header: header())
      guard try rows.next() else { return nil }
    }
    if layout == nil { layout = try layout(fieldCount: rows.fieldCount) }
    guard let layout else { return nil }
    guard rows.fieldCount == layout.fieldCount else {
      throw error(
        expected: "\(layout.fieldCount) fields as in line \(layout.firstLine)", found: "\(rows.fieldCount)")
    }
    var text = try rows.text(layout.text[0])
    for field in layout.text.dropFirst() { text += " " + (try rows.text(field)) }
    let labels = options.labels(in: try rows.text(layout.label))
    let document = LabeledDocument(text: text, labels: labels, file: name, line: rows.firstLine)
    if let fault = document.labelFault { throw fault }
    return document
  }

  private func header() throws(CorpusError) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for field in 0..<rows.fieldCount {
      let name = try rows.text(field)
      guard seen.insert(name).inserted else {
        throw error(expected: "columns with different names", found: "\(CorpusError.quoted(name)) twice")
      }
      names.append(name)
    }
    return names
  }

  private func layout(header names: [String]) throws(CorpusError) -> Layout {
    var text: [Int] = []
    for column in options.textColumns { text.append(try field(column, in: names)) }
    var label: Int?
    if let column = options.labelColumn { label = try field(column, in: names) }
    // Of two columns one is the other's complement; otherwise the usual names are looked for.
    if text.isEmpty, let named = names.firstIndex(of: "text") { text = [named] }
    if label == nil { label = names.firstIndex(of: "label") }
    if names.count == 2, text.isEmpty, let label { text = [1 - label] }
    if names.count == 2, label == nil, text.count == 1 { label = 1 - text[0] }
    if text.isEmpty { text.append(try field(.name("text"), in: names)) }
    if label == nil { label = try field(.name("label"), in: names) }
    return try layout(text: text, label: label ?? 0, fieldCount: names.count)
  }

  private func layout(fieldCount count: Int) throws(CorpusError) -> Layout {
    let label = try field(options.labelColumn ?? .number(1), in: nil)
    var text: [Int] = []
    for column in options.textColumns { text.append(try field(column, in: nil)) }
    if text.isEmpty { text = (0..<count).filter { $0 != label } }
    return try layout(text: text, label: label, fieldCount: count)
  }

  private func layout(text: [Int], label: Int, fieldCount: Int) throws(CorpusError) -> Layout {
    guard !text.isEmpty, !text.contains(label) else {
      throw error(expected: "a column for the label and others for the text", found: "one for both")
    }
    return Layout(text: text, label: label, fieldCount: fieldCount, firstLine: rows.firstLine)
  }

  /// The field of a column, from 0.
  private func field(_ column: LabeledColumn, in names: [String]?) throws(CorpusError) -> Int {
    switch column {
    case .number(let number) where (1...rows.fieldCount).contains(number): return number - 1
    case .name(let name):
      if let field = names?.firstIndex(of: name) { return field }
    default: break
    }
    let found = names.map { CorpusError.list($0) }
    throw error(
      expected: names == nil ? "a column number from 1 to \(rows.fieldCount)" : "a column \(column.text)",
      found: found ?? column.text)
  }

  private func error(expected: String, found: String) -> CorpusError {
    CorpusError(file: name, line: rows.firstLine, expected: expected, found: found)
  }
}
