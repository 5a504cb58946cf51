import TextKitCorpus
import TextKitModels

/// How predictions are written: one record a text, always.
public enum ClassificationFormat: String, CaseIterable, Sendable {
  /// `label TAB confidence TAB text`, several labels joined by commas; LF and CR, and tabs in labels, become blanks.
  case tsv
  /// The label alone, as in `tsv`.
  case label
  /// `{"text": …, "label": …, "confidence": …, "probabilities": {…}}`.
  case jsonl

  /// Adds the record of one text.
  ///
  /// - Parameters:
  ///   - prediction: what is said of the text.
  ///   - text: the bytes of the text.
  ///   - isMultiLabel: whether labels don't exclude each other.
  ///   - count: how many of the most probable labels are written; nil for all in JSON, the decision elsewhere.
  ///   - explanation: pieces of the text and their weights, for JSON.
  ///   - output: gets the record.
  public func append(
    _ prediction: Prediction, text: ArraySlice<UInt8>, isMultiLabel: Bool, count: Int? = nil,
    explanation: [Attribution]? = nil, to output: inout [UInt8]
  ) {
    switch self {
    case .label, .tsv:
      let shown = count.map { Array(prediction.ranking.prefix($0)) }
      let labels = shown?.map(\.label) ?? prediction.labels
      let separators: [UInt8] = [UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
      output.append(contentsOf: labels.joined(separator: ",").utf8.map { separators.contains($0) ? 0x20 : $0 })
      if self == .tsv {
        let confidences = shown?.map(\.probability) ?? prediction.labels.compactMap(prediction.probability)
        output.append(UInt8(ascii: "\t"))
        output.append(contentsOf: confidences.map(JSONText.decimal).joined(separator: ",").utf8)
        output.append(UInt8(ascii: "\t"))
        output.append(contentsOf: text.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
      }
    case .jsonl: appendJSON(prediction, text, isMultiLabel, count, explanation, to: &output)
    }
    output.append(UInt8(ascii: "\n"))
  }

  private func appendJSON(
    _ prediction: Prediction, _ text: ArraySlice<UInt8>, _ isMultiLabel: Bool, _ count: Int?,
    _ explanation: [Attribution]?, to output: inout [UInt8]
  ) {
    output.append(contentsOf: #"{"text": "#.utf8)
    JSONText.append(text, to: &output)
    output.append(contentsOf: ", ".utf8)
    Self.appendMembers(prediction, isMultiLabel, count, to: &output)
    if let explanation {
      output.append(contentsOf: #", "explanation": ["#.utf8)
      for (index, piece) in explanation.enumerated() {
        if index > 0 { output.append(contentsOf: ", ".utf8) }
        let (start, end) = (text.startIndex + piece.span.start, text.startIndex + piece.span.end)
        output.append(contentsOf: #"{"text": "#.utf8)
        JSONText.append(text[start..<end], to: &output)
        output.append(
          contentsOf:
            ", \"utf8\": [\(piece.span.start), \(piece.span.end)], \"weight\": \(JSONText.decimal(piece.weight))}"
            .utf8)
      }
      output.append(UInt8(ascii: "]"))
    }
    output.append(UInt8(ascii: "}"))
  }

  /// Adds label, confidence and probabilities as members of a JSON object.
  ///
  /// - Parameter count: how many probabilities are written; nil for all.
  static func appendMembers(
    _ prediction: Prediction, _ isMultiLabel: Bool, _ count: Int?, to output: inout [UInt8]
  ) {
    func string(_ value: String) { JSONText.append(ArraySlice(Array(value.utf8)), to: &output) }
    if isMultiLabel {
      output.append(contentsOf: #""labels": ["#.utf8)
      for (index, label) in prediction.labels.enumerated() {
        if index > 0 { output.append(contentsOf: ", ".utf8) }
        string(label)
      }
      output.append(contentsOf: #"]"#.utf8)
    } else {
      output.append(contentsOf: #""label": "#.utf8)
      string(prediction.label)
      output.append(contentsOf: ", \"confidence\": \(JSONText.decimal(prediction.confidence))".utf8)
    }
    output.append(contentsOf: #", "probabilities": {"#.utf8)
    for (index, entry) in prediction.ranking.prefix(count ?? prediction.ranking.count).enumerated() {
      if index > 0 { output.append(contentsOf: ", ".utf8) }
      string(entry.label)
      output.append(contentsOf: ": \(JSONText.decimal(entry.probability))".utf8)
    }
    output.append(UInt8(ascii: "}"))
  }
}
