import Foundation

extension ComparisonTable {
  /// The table as plain text: a line for each model, the best marked by an asterisk; failures below.
  public var text: String {
    let seeds = rows.contains { ($0.result?.runs.count ?? 0) > 1 }
    var table = TextTable(
      header: ["", "accuracy", "95% interval", "macro F1", "micro F1", "p"] + (seeds ? ["mean ± sd"] : [])
        + ["train s", "docs/s", "size", "memory"])
    for (number, row) in rows.enumerated() {
      guard let result = row.result else { continue }
      let report = result.report
      var cells = [(number == best ? "* " : "  ") + row.name, TextTable.decimal(report.accuracy)]
      cells.append(
        report.accuracyInterval.map { "\(TextTable.decimal($0.low))–\(TextTable.decimal($0.high))" } ?? "")
      cells += [TextTable.decimal(report.macroF1), TextTable.decimal(report.score.microF1)]
      cells.append(row.significance.map { TextTable.probability($0.mcNemar.p) } ?? "")
      if seeds { cells.append(TextTable.spread(result.meanAccuracy, result.accuracyDeviation)) }
      cells.append(String(format: "%.1f", result.trainingSeconds))
      cells.append(String(format: "%.0f", report.documentsPerSecond))
      cells.append(result.modelBytes.map(TextTable.bytes) ?? "")
      cells.append(result.peakMemoryBytes.map(TextTable.bytes) ?? "")
      table.rows.append(cells)
    }
    return table.text + rows.compactMap { row in row.failure.map { "  \(row.name)  failed: \($0)\n" } }.joined()
  }
}
