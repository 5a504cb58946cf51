import Foundation
import TextKit
import TextKitCommandLine

/// A report of entities for people: first what conlleval prints, as it prints it.
struct EntityReportText {
  private let report: EntityReport
  private let mistakes: [EntityMistake]?
  private let limit: Int

  init(_ report: EntityReport, mistakes: [EntityMistake]?, limit: Int) {
    self.report = report
    self.mistakes = mistakes
    self.limit = limit
  }

  /// The whole report, with line ends.
  var text: String {
    [conlleval, others, confidences, confusion, list].filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var score: EntityScore { report.score }

  private var conlleval: [String] {
    func figures(_ score: MatchScore) -> String {
      String(
        format: "precision: %6.2f%%; recall: %6.2f%%; FB1: %6.2f", 100 * score.precision, 100 * score.recall,
        100 * score.f1)
    }
    let micro = score.micro
    let accuracy = score.tokenAccuracy.map { String(format: "accuracy: %6.2f%%; ", 100 * $0) } ?? ""
    let size = score.tokenCount > 0 ? "\(score.tokenCount) tokens" : "\(score.sampleCount) texts"
    return [
      "processed \(size) with \(micro.gold) phrases; found: \(micro.predicted) phrases; correct: \(Int(micro.correct)).",
      accuracy + figures(micro),
    ]
      + score.types.map { type in
        let name = String(repeating: " ", count: max(0, 17 - TextLayout.width(of: type.type))) + type.type
        return "\(name): \(figures(type.score))  \(type.score.predicted)"
      }
  }

  private var others: [String] {
    func row(_ name: String, _ values: [Double], _ note: String = "") -> String {
      let figures = values.map { String(format: "%.4f", $0) } + (note.isEmpty ? [] : [note])
      return TextLayout.padded(name, to: 16) + figures.joined(separator: "     ")
    }
    func row(_ name: String, _ score: MatchScore) -> String { row(name, [score.precision, score.recall, score.f1]) }
    let interval = report.f1Interval.map { String(format: "[%.4f, %.4f]", $0.low, $0.high) } ?? ""
    return [
      TextLayout.padded("", to: 16) + "precision  recall     F1",
      row("micro", [score.micro.precision, score.micro.recall, score.micro.f1], interval),
      row("macro", [score.macroPrecision, score.macroRecall, score.macroF1]),
      row("spans", score.spans), row("overlap", score.overlap), row("partial", score.partial),
      row("surface", score.surface),
    ] + (report.seconds > 0 ? [String(format: "texts/s         %.0f", report.samplesPerSecond)] : [])
  }

  private var confidences: [String] {
    guard let calibration = report.calibration, let error = report.calibrationError else { return [] }
    var lines = [String(format: "calibration     %.4f expected error", error), "confidence  found   mean    right"]
    let width = 1 / Double(calibration.bins.count)
    for (number, bin) in calibration.bins.enumerated() where bin.count > 0 {
      lines.append(
        String(format: "%.2f-%.2f   ", width * Double(number), width * Double(number + 1))
          + TextLayout.padded("\(bin.count)", to: 8)
          + String(format: "%.4f  %.4f", bin.meanProbability, bin.accuracy))
    }
    lines += ["", "confidence  precision  recall     F1         found"]
    for cut in report.cuts {
      lines.append(
        String(
          format: "from %.2f   %.4f     %.4f     %.4f     %d", cut.minimumConfidence, cut.score.precision,
          cut.score.recall, cut.score.f1, cut.score.predicted))
    }
    return lines
  }

  /// Mistakes by what was taken for what, the most frequent first.
  private var confusion: [String] {
    let confusion = score.confusion
    let types = confusion.types
    // Of equally frequent ones, those of a type together: missed, spurious, then by what was found.
    var rows: [(count: Int, gold: Int, place: Int, name: String)] = []
    for (gold, name) in types.enumerated() {
      rows.append((confusion.missed[gold], gold, -2, "\(name) missed"))
      rows.append((confusion.spurious[gold], gold, -1, "\(name) where none is"))
    }
    for cell in confusion.sameSpanCells.cells where cell.row != cell.column {
      rows.append((cell.count, cell.row, 2 * cell.column, "\(types[cell.row]) taken for \(types[cell.column])"))
    }
    for cell in confusion.otherSpanCells.cells {
      let other = cell.row == cell.column ? "with" : "taken for \(types[cell.column]),"
      rows.append((cell.count, cell.row, 2 * cell.column + 1, "\(types[cell.row]) \(other) another boundary"))
    }
    let sorted = rows.filter { $0.count > 0 }.sorted {
      (-$0.count, $0.gold, $0.place) < (-$1.count, $1.gold, $1.place)
    }
    guard !sorted.isEmpty else { return [] }
    return ["count   mistake"] + sorted.map { TextLayout.padded("\($0.count)", to: 8) + $0.name }
  }

  private var list: [String] {
    guard let mistakes else { return [] }
    let rest = mistakes.count - limit
    return mistakes.prefix(limit).flatMap(lines) + (rest > 0 ? ["… and \(rest) more (--limit)"] : [])
  }

  private func lines(_ mistake: EntityMistake) -> [String] {
    func side(_ side: EntityMistake.Side?) -> String {
      guard let side else { return "nothing" }
      return "\(side.text) \(side.type)" + (side.confidence.map { String(format: " (%.4f)", $0) } ?? "")
    }
    let context = "\(mistake.before)[\(mistake.text)]\(mistake.after)"
    return [
      "\(mistake.file):\(mistake.line): \(mistake.kind.rawValue): expected \(side(mistake.gold)), found \(side(mistake.found))",
      "  \(String(context.map { $0.isNewline ? " " : $0 }))",
    ]
  }
}
