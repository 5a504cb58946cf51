import Foundation

extension ComparisonReport {
  /// The figures of all models.
  var table: String {
    let seeds = done.contains { $0.result.runs.count > 1 }
    var heads = [
      result.data.isMultiLabel ? "subset accuracy" : "accuracy", "95% interval", "macro F1", "micro F1",
      "p",
    ]
    if seeds { heads.append("mean ± sd") }
    heads += ["train s", "texts/s", "size", "memory", "log loss", "ECE"]
    let cells = heads.map { "<th scope=\"col\">\($0)</th>" }.joined()
    let rows = result.rows.indices.map { row($0, seeds: seeds, columns: heads.count) }
    return """
      <h2>Figures</h2>
      <div class="scroll"><table class="main">
      <thead><tr><th class="name" scope="col">model</th>\(cells)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      <p class="soft">\(tableNote(seeds: seeds))</p>
      """
  }

  private func tableNote(seeds: Bool) -> String {
    let bootstrap = result.options.bootstrap
    let threads = "\(result.threads) thread\(result.threads == 1 ? "" : "s")"
    var sentences = [
      "Bars span the 95% interval of \(bootstrap.resamples) bootstrap resamples, all on one scale; the dot is the "
        + "accuracy, an arrow a model too far below to draw.",
      "p is McNemar’s against the best model on the same texts: small where the difference is hardly chance.",
    ]
    if seeds { sentences.append("Figures are those of the first seed; models are ranked by the mean.") }
    sentences.append("Speed is that of \(threads).")
    sentences.append(
      "Memory is the most that the model’s own process had, with all texts. ECE is the expected calibration error.")
    return sentences.joined(separator: " ")
  }

  private func row(_ number: Int, seeds: Bool, columns: Int) -> String {
    let row = result.rows[number]
    let name = Self.breakable(row.name)
    guard let model = row.result else {
      return "<tr><th scope=\"row\">\(name)</th><td class=\"failed\" colspan=\"\(columns)\">failed: "
        + "\(XMLText.escaped(row.failure ?? ""))</td></tr>"
    }
    let isBest = number == result.best
    let report = model.report
    var cells = [Self.decimal(report.accuracy), interval(report), Self.decimal(report.macroF1)]
    cells.append(Self.decimal(report.score.microF1))
    cells.append(
      row.significance.map { TextTable.probability($0.mcNemar.p).replacing("<", with: "&lt;") } ?? "")
    if seeds { cells.append(TextTable.spread(model.meanAccuracy, model.accuracyDeviation)) }
    cells.append(String(format: "%.1f", model.trainingSeconds))
    cells.append(String(format: "%.0f", report.documentsPerSecond))
    cells.append(model.modelBytes.map(TextTable.bytes) ?? "")
    cells.append(model.peakMemoryBytes.map(TextTable.bytes) ?? "")
    cells.append(report.logLoss.map(Self.decimal) ?? "")
    cells.append(Self.decimal(report.calibrationError))
    return "<tr\(isBest ? " class=\"best\"" : "")><th scope=\"row\">\(name)"
      + "\(isBest ? " <span class=\"badge\">★ best</span>" : "")</th>"
      + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
  }

  /// The interval as a bar on the scale that all models share.
  private func interval(_ report: ClassificationReport) -> String {
    guard let interval = report.accuracyInterval else { return "" }
    let intervals = done.compactMap(\.result.report.accuracyInterval)
    let widest = intervals.map { $0.high - $0.low }.max() ?? 0
    let high = intervals.map(\.high).max() ?? 1
    // A model far below the others would make their bars too short to see: its own is cut off then.
    let low = max(intervals.map(\.low).min() ?? 0, high - 8 * widest)
    func x(_ value: Double) -> Double { high > low ? max(0, 6 + 148 * (value - low) / (high - low)) : 80 }
    let (left, right) = (x(interval.low), x(interval.high))
    let text = "\(Self.decimal(interval.low)) to \(Self.decimal(interval.high))"
    let (start, width) = (XMLText.decimal(left), XMLText.decimal(max(2, right - left)))
    let middle = XMLText.decimal(x(report.accuracy))
    let mark =
      report.accuracy < low
      ? "<path class=\"dot\" d=\"M0 10L9 5V15Z\"/>" : "<circle class=\"dot\" cx=\"\(middle)\" cy=\"10\" r=\"4\"/>"
    let parts = [
      "<svg class=\"interval\" viewBox=\"0 0 160 20\" role=\"img\" aria-label=\"\(text)\"><title>\(text)</title>",
      "<line class=\"base\" x1=\"0\" y1=\"10\" x2=\"160\" y2=\"10\"/>",
      "<rect class=\"bar\" x=\"\(start)\" y=\"5\" width=\"\(width)\" height=\"10\" rx=\"3\"/>\(mark)</svg>",
    ]
    return parts.joined()
  }
}
