import Foundation

/// Cells in columns as wide as they need, the first one flush left, the others flush right.
package struct TextTable: Sendable {
  /// The names of the columns.
  var header: [String]
  /// As many cells a row.
  var rows: [[String]] = []

  init(header: [String]) { self.header = header }

  /// A line for the header and one for each row, with line ends.
  var text: String {
    let lines = [header] + rows
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { Self.line($0, widths) + "\n" }.joined()
  }

  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      let blanks = String(repeating: " ", count: widths[column] - cell.count)
      line += column == 0 ? cell + blanks : "  " + blanks + cell
    }
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  // MARK: Cells

  /// Four digits.
  package static func decimal(_ value: Double) -> String { String(format: "%.4f", value) }

  /// A probability; small ones as a bound.
  package static func probability(_ value: Double) -> String { value < 0.0001 ? "<0.0001" : decimal(value) }

  /// A mean and, where it is known, a standard deviation.
  package static func spread(_ mean: Double, _ deviation: Double?) -> String {
    deviation.map { "\(decimal(mean)) ± \(decimal($0))" } ?? decimal(mean)
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
