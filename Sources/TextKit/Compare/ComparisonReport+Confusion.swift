import Foundation

extension ComparisonReport {
  /// Larger matrices can't be read: only their most confused labels are told.
  private static let largestMatrix = 20
  private static let (pairLimit, exampleLimit, textLimit) = (5, 3, 160)

  /// Which labels are taken for which, model by model.
  var confusions: String {
    let parts = done.compactMap { name, model -> String? in
      guard let confusion = model.report.confusion else { return nil }
      let isBest = result.best.map { result.rows[$0].name } == name
      let body =
        confusion.labels.count <= Self.largestMatrix ? heatMap(confusion) : Self.pairs(confusion)
      return "<details\(isBest ? " open" : "")><summary>\(Self.breakable(name))</summary>\n\(body)\n</details>"
    }
    guard !parts.isEmpty else { return "" }
    return """
      <h2>Confusions</h2>
      <p class="soft">Rows are the right labels, columns the predicted ones. Blue is right, orange is wrong, the
      deeper the larger the share of the row.</p>
      \(parts.joined(separator: "\n"))
      """
  }

  private func heatMap(_ confusion: ConfusionMatrix) -> String {
    let labels = confusion.labels.map(XMLText.escaped)
    let heads = labels.map { "<th scope=\"col\"><span>\($0)</span></th>" }.joined()
    let rows = labels.indices.map { gold in
      let total = max(1, labels.indices.reduce(0) { $0 + confusion[gold: gold, predicted: $1] })
      let cells = labels.indices.map { predicted in
        let count = confusion[gold: gold, predicted: predicted]
        // Mistakes are rare as a rule: their color rises fast. Ink stays readable on at most 0.75.
        let share = Double(count) / Double(total)
        let depth = gold == predicted ? 0.65 * share : 0.75 * share.squareRoot()
        let style = count == 0 ? "zero" : gold == predicted ? "right" : "wrong"
        return "<td class=\"\(style)\" style=\"--share:\(String(format: "%.2f", depth))\" "
          + "title=\"\(labels[gold]) → \(labels[predicted])\">\(count)</td>"
      }
      return "<tr><th scope=\"row\" title=\"\(labels[gold])\">\(labels[gold])</th>\(cells.joined())</tr>"
    }
    return "<div class=\"scroll\"><table class=\"heat\"><thead><tr><th></th>\(heads)</tr></thead>\n<tbody>"
      + rows.joined(separator: "\n") + "</tbody></table></div>"
  }

  private static func pairs(_ confusion: ConfusionMatrix) -> String {
    let rows = confusion.mostConfused(20).map { pair in
      "<tr><td>\(pair.count)</td><td class=\"name\">\(XMLText.escaped(confusion.labels[pair.gold]))</td>"
        + "<td class=\"name\">\(XMLText.escaped(confusion.labels[pair.predicted]))</td></tr>"
    }
    return "<div class=\"scroll\"><table><thead><tr><th>texts</th><th class=\"name\">label</th>"
      + "<th class=\"name\">taken for</th></tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table></div>"
  }

  /// The most frequent mistakes with texts, model by model.
  var mistakes: String {
    let parts = done.compactMap { name, model -> String? in
      guard let outcomes = model.outcomes, outcomes.count == documents.count else { return nil }
      let body = examples(outcomes)
      guard !body.isEmpty else { return nil }
      let isBest = result.best.map { result.rows[$0].name } == name
      return "<details\(isBest ? " open" : "")><summary>\(Self.breakable(name))</summary>\n\(body)\n</details>"
    }
    guard !parts.isEmpty else { return "" }
    return """
      <h2>Mistakes</h2>
      <p class="soft">The most frequent mistakes, with the texts that the model was surest of.</p>
      \(parts.joined(separator: "\n"))
      """
  }

  private func examples(_ outcomes: ClassificationOutcomes) -> String {
    struct Pair: Hashable {
      let gold: [Int]
      let predicted: [Int]
    }
    var found: [Pair: [Int]] = [:]
    for document in 0..<outcomes.count where !outcomes.isCorrect(document) {
      found[Pair(gold: outcomes.gold[document], predicted: outcomes.predicted[document]), default: []].append(
        document)
    }
    // Equally frequent ones in the order of their first text.
    let frequent = found.sorted { ($1.value.count, $0.value[0]) < ($0.value.count, $1.value[0]) }.prefix(
      Self.pairLimit)
    func names(_ labels: [Int]) -> String {
      labels.isEmpty ? "no label" : labels.map { outcomes.labels[$0] }.joined(separator: ", ")
    }
    let parts = frequent.map { pair, numbers in
      let surest = numbers.sorted { (outcomes.confidence[$1], $0) < (outcomes.confidence[$0], $1) }
      let (gold, predicted) = (XMLText.escaped(names(pair.gold)), XMLText.escaped(names(pair.predicted)))
      let items = surest.prefix(Self.exampleLimit).map { number -> String in
        let text = XMLText.escaped(Self.shortened(documents[number].text))
        let confidence = String(format: "%.0f%%", 100 * outcomes.confidence[number])
        return "<li>\(text) <span class=\"soft\">gold \(gold), predicted \(predicted), "
          + "\(confidence) sure</span></li>"
      }
      return "<p class=\"pair\">\(gold) → \(predicted) "
        + "<span class=\"soft\">\(numbers.count) text\(numbers.count == 1 ? "" : "s")</span></p>\n"
        + "<ul class=\"examples\">\(items.joined(separator: "\n"))</ul>"
    }
    return parts.joined(separator: "\n")
  }

  /// The beginning of a text.
  private static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: textLimit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }
}
