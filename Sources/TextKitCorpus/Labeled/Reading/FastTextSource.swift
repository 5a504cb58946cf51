/// fastText: words with a prefix at the start of the line are labels; what follows the blank behind them is the text.
///
/// (fastText itself takes such words anywhere in a line; behind the first other word they are text here.)
final class FastTextSource: LabeledSource {
  private let lines: LabeledLines
  private let prefix: [UInt8]

  init(_ lines: LabeledLines) {
    self.lines = lines
    prefix = Array(lines.options.labelPrefix.utf8)
  }

  var name: String { lines.lines.name }

  func next() throws(CorpusError) -> LabeledDocument? {
    guard try lines.nextFilled() else { return nil }
    let line = lines.line
    var labels: [String] = []
    var start = 0
    while start < line.count, line[start...].starts(with: prefix) {
      let end = line[start...].firstIndex { $0 == 0x20 || $0 == 0x09 } ?? line.count
      labels.append(lines.options.cutLabel(try lines.text(start + prefix.count..<end)))
      start = end < line.count ? end + 1 : end
    }
    guard !labels.isEmpty else {
      throw lines.lines.error(
        expected: "a label that starts with \(lines.options.labelPrefix)", found: CorpusError.quoted(line))
    }
    let document = LabeledDocument(
      text: try lines.text(start..<line.count), labels: labels, file: name, line: lines.lines.lineNumber)
    if let fault = document.labelFault { throw fault }
    return document
  }
}
