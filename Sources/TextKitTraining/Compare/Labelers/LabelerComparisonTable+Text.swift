import Foundation

extension LabelerComparisonTable {
  /// The table as plain text: a line for each model, the best marked by an asterisk; failures below.
  public var text: String {
    let hasSeeds = rows.contains { ($0.result?.runs.count ?? 0) > 1 }
    var table = TextTable(
      header: ["", "F1", "95% interval", "precision", "recall", "p"] + (hasSeeds ? ["mean ± sd"] : [])
        + ["train s", "characters/s", "size"])
    for (number, row) in rows.enumerated() {
      guard let result = row.result, let run = result.runs.first else { continue }
      var cells = [(number == best ? "* " : "  ") + row.name, TextTable.decimal(run.score.f1)]
      cells.append(result.interval.map { "\(TextTable.decimal($0.low))–\(TextTable.decimal($0.high))" } ?? "")
      cells += [TextTable.decimal(run.score.precision), TextTable.decimal(run.score.recall)]
      cells.append(row.difference.map { TextTable.probability($0.p) } ?? "")
      if hasSeeds { cells.append(TextTable.spread(result.meanF1, result.deviation)) }
      cells.append(String(format: "%.1f", run.trainingSeconds))
      cells.append(String(format: "%.0f", result.charactersPerSecond))
      cells.append(TextTable.bytes(result.modelBytes))
      table.rows.append(cells)
    }
    return table.text + rows.compactMap { row in row.failure.map { "  \(row.name)  failed: \($0)\n" } }.joined()
  }
}
