/// An object a line; a label is a string, a number, a truth value, or an array of such.
final class JSONLinesSource: LabeledSource {
  private let lines: LabeledLines
  private let textNames: [String]
  private let labelName: String

  init(_ lines: LabeledLines) {
    self.lines = lines
    textNames = lines.options.textColumns.isEmpty ? ["text"] : lines.options.textColumns.map(\.text)
    labelName = lines.options.labelColumn?.text ?? "label"
  }

  var name: String { lines.lines.name }

  func next() throws(CorpusError) -> LabeledDocument? {
    guard try lines.nextFilled() else { return nil }
    let fields: (texts: [String?], labels: [String]?)
    do throws(JSONSyntaxError) {
      fields = try self.fields(of: lines.line)
    } catch {
      throw lines.lines.error(error)
    }
    let missingText = zip(textNames, fields.texts).first { $0.1 == nil }?.0
    guard let missing = missingText ?? (fields.labels == nil ? labelName : nil) else {
      return try document(fields.texts.compactMap(\.self), fields.labels ?? [])
    }
    throw lines.lines.error(expected: "a field \(CorpusError.quoted(missing))", found: "none")
  }

  private func fields(of line: [UInt8]) throws(JSONSyntaxError) -> (texts: [String?], labels: [String]?) {
    var texts = [String?](repeating: nil, count: textNames.count)
    var labels: [String]?
    var scanner = JSONScanner(line)
    try scanner.expect("{")
    if !scanner.take("}") {
      repeat {
        let name = try scanner.string()
        try scanner.expect(":")
        let text = textNames.firstIndex(of: name)
        if let text, texts[text] == nil {
          texts[text] = try scanner.string()
        } else if text == nil, name == labelName, labels == nil {
          labels = try scanner.labels()
        } else if text != nil || name == labelName {
          throw JSONSyntaxError(
            offset: scanner.offset, expected: "each field once", found: "\(CorpusError.quoted(name)) again")
        } else {
          try scanner.skipValue()
        }
      } while scanner.take(",")
      try scanner.expect("}")
    }
    try scanner.expectEnd()
    return (texts, labels)
  }

  private func document(_ texts: [String], _ labels: [String]) throws(CorpusError) -> LabeledDocument {
    let document = LabeledDocument(
      text: texts.joined(separator: " "), labels: labels.flatMap(lines.options.labels(in:)), file: name,
      line: lines.lines.lineNumber)
    if let fault = document.labelFault { throw fault }
    return document
  }
}

extension JSONScanner {
  fileprivate mutating func labels() throws(JSONSyntaxError) -> [String] {
    guard take("[") else { return [try label()] }
    if take("]") { return [] }
    var labels: [String] = []
    repeat { labels.append(try label()) } while take(",")
    try expect("]")
    return labels
  }

  private mutating func label() throws(JSONSyntaxError) -> String {
    switch peek() {
    case 0x22: return try string()
    case 0x2D, .some(0x30...0x39): return try number()
    default: break
    }
    if take(word: "true") { return "true" }
    if take(word: "false") { return "false" }
    throw unexpected("a label: a string, a number, true or false, or an array of them")
  }
}
