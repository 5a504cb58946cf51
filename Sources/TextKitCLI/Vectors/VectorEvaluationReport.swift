import Foundation
import TextKit

/// The figures of all tests, for people and as JSON.
struct VectorEvaluationReport: Encodable {
  struct Section: Encodable {
    let name: String
    let correct: Int
    let asked: Int
    let unknown: Int
    /// Nil where nothing was asked.
    let accuracy: Double?

    init(_ score: AnalogyScore) {
      name = score.name
      correct = score.correct
      asked = score.asked
      unknown = score.unknown
      accuracy = score.asked > 0 ? score.accuracy : nil
    }
  }

  struct Analogies: Encodable {
    let file: String
    let sections: [Section]
    let total: Section
    let skippedLines: Int

    init(_ file: String, _ report: AnalogyReport, skipped: Int) {
      self.file = file
      sections = report.sections.map(Section.init)
      total = Section(report.total)
      skippedLines = skipped
    }
  }

  struct Similarity: Encodable {
    let file: String
    let pairs: Int
    let scored: Int
    let unknown: Int
    let spearman: Double?
    let pearson: Double?
    let skippedLines: Int

    init(_ file: String, _ score: SimilarityScore, skipped: Int) {
      self.file = file
      pairs = score.total
      scored = score.scored
      unknown = score.unknown
      spearman = score.spearman
      pearson = score.pearson
      skippedLines = skipped
    }
  }

  let analogies: [Analogies]
  let similarities: [Similarity]

  /// Tables, one for each set of analogies and one for all of similarity.
  var text: String {
    var tables = analogies.map { set in
      Self.table(
        [[set.file, "correct", "asked", "unknown", "accuracy"]]
          + (set.sections + [set.total]).map { section in
            [
              section.name, "\(section.correct)", "\(section.asked)", "\(section.unknown)",
              section.accuracy.map { String(format: "%.2f%%", 100 * $0) } ?? "-",
            ]
          })
    }
    if !similarities.isEmpty {
      tables.append(
        Self.table(
          [["similarity", "pairs", "unknown", "spearman", "pearson"]]
            + similarities.map { set in
              [
                set.file, "\(set.pairs)", "\(set.unknown)", Self.decimal(set.spearman), Self.decimal(set.pearson),
              ]
            }))
    }
    return tables.joined(separator: "\n")
  }

  private static func decimal(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "-" }

  /// The first column to the left, the others to the right.
  private static func table(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + blanks : "  " + blanks + cell
      }.joined() + "\n"
    }.joined()
  }
}
