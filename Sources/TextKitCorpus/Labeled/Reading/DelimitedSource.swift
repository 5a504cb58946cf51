/// Label, delimiter, text; or text, delimiter, label. Lines without a byte are passed over.
final class DelimitedSource: LabeledSource {
  private let lines: LabeledLines
  private let delimiter: UInt8
  private var skipsHeader: Bool

  init(_ lines: LabeledLines, delimiter: UInt8) {
    self.lines = lines
    self.delimiter = delimiter
    skipsHeader = lines.options.hasHeader ?? false
  }

  var name: String { lines.lines.name }

  func next() throws(CorpusError) -> LabeledDocument? {
    if skipsHeader {
      skipsHeader = false
      guard try lines.nextFilled() else { return nil }
    }
    guard try lines.nextFilled() else { return nil }
    let line = lines.line
    let labelsLast = lines.options.labelsLast
    guard let place = labelsLast ? line.lastIndex(of: delimiter) : line.firstIndex(of: delimiter) else {
      let delimiter = delimiter == 0x09 ? "TAB" : "blank"
      throw lines.lines.error(
        expected: labelsLast ? "text, \(delimiter), label" : "label, \(delimiter), text",
        found: "no \(delimiter): \(CorpusError.quoted(line))")
    }
    let (before, after) = (0..<place, place + 1..<line.count)
    return labelsLast
      ? try lines.document(text: before, labels: after) : try lines.document(text: after, labels: before)
  }
}
