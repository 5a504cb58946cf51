import Foundation

extension ComparisonTable {
  /// The table as plain text: a line for each model, the best marked by an asterisk; failures below.
  public var text: String {
    let seeds = rows.contains { ($0.result?.runs.count ?? 0) > 1 }
    var header = ["", "accuracy", "95% interval", "macro F1", "micro F1", "p"]
    if seeds { header.append("mean ± sd") }
    header += ["train s", "docs/s", "size", "memory"]
    var lines = [header]
    for (number, row) in rows.enumerated() {
      guard let result = row.result else { continue }
      let report = result.report
      var cells = [(number == best ? "* " : "  ") + row.name, Self.decimal(report.accuracy)]
      cells.append(report.accuracyInterval.map { "\(Self.decimal($0.low))–\(Self.decimal($0.high))" } ?? "")
      cells += [Self.decimal(report.macroF1), Self.decimal(report.score.microF1)]
      cells.append(row.significance.map { Self.probability($0.mcNemar.p) } ?? "")
      if seeds { cells.append(Self.spread(result)) }
      cells.append(String(format: "%.1f", result.trainingSeconds))
      cells.append(String(format: "%.0f", report.documentsPerSecond))
      cells.append(result.modelBytes.map(Self.bytes) ?? "")
      cells.append(result.peakMemoryBytes.map(Self.bytes) ?? "")
      lines.append(cells)
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    var text = lines.map { Self.line($0, widths) }
    for row in rows {
      if let failure = row.failure { text.append("  \(row.name)  failed: \(failure)") }
    }
    return text.joined(separator: "\n") + "\n"
  }

  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      let blanks = String(repeating: " ", count: widths[column] - cell.count)
      line += column == 0 ? cell + blanks : "  " + blanks + cell
    }
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  static func decimal(_ value: Double) -> String { String(format: "%.4f", value) }

  /// A probability; small ones as a bound.
  package static func probability(_ value: Double) -> String {
    value < 0.0001 ? "<0.0001" : String(format: "%.4f", value)
  }

  package static func spread(_ result: ModelResult) -> String {
    let mean = decimal(result.meanAccuracy)
    return result.accuracyDeviation.map { "\(mean) ± \(decimal($0))" } ?? mean
  }

  /// A size in the unit that suits it: KB are 1,024 bytes.
  package static func bytes(_ count: Int) -> String {
    let units = ["B", "KB", "MB", "GB", "TB"]
    var (value, unit) = (Double(count), 0)
    while value >= 1_000, unit + 1 < units.count {
      value /= 1_024
      unit += 1
    }
    return String(format: unit == 0 || value >= 100 ? "%.0f %@" : "%.1f %@", value, units[unit])
  }
}
