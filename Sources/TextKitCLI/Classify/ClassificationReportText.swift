import Foundation
import TextKit

/// A classification report as a table for people.
struct ClassificationReportText {
  private let report: ClassificationReport

  init(_ report: ClassificationReport) { self.report = report }

  /// The whole table, with line ends.
  var text: String {
    var lines = [
      "documents      \(report.documentCount)",
      "accuracy       \(decimal(report.score.accuracy))\(interval(report.accuracyInterval))",
      "macro F1       \(decimal(report.score.macroF1))\(interval(report.macroF1Interval))",
      "micro F1       \(decimal(report.score.microF1))",
      "weighted F1    \(decimal(report.score.weightedF1))",
      "calibration    \(decimal(report.calibrationError)) expected error",
      "documents/s    \(String(format: "%.0f", report.documentsPerSecond))",
    ]
    if report.isMultiLabel { lines.append("Hamming loss   \(decimal(report.score.hammingLoss))") }
    for (label, count) in report.unknownGoldCounts.sorted(by: { $0.key < $1.key }) {
      lines.append("unknown label  \(label): \(count) documents, counted as mistakes")
    }
    lines += ["", "precision  recall  F1      documents  label"]
    for label in report.score.labels {
      lines.append(
        "\(decimal(label.precision))     \(decimal(label.recall))  \(decimal(label.f1))  "
          + "\(String(label.gold).padding(toLength: 9, withPad: " ", startingAt: 0))  \(label.label)")
    }
    let confusions = report.confusion?.mostConfused(10) ?? []
    if let confusion = report.confusion, !confusions.isEmpty {
      lines += ["", "count  label -> taken for"]
      for pair in confusions {
        lines.append(
          "\(String(pair.count).padding(toLength: 5, withPad: " ", startingAt: 0))  "
            + "\(confusion.labels[pair.gold]) -> \(confusion.labels[pair.predicted])")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func decimal(_ value: Double) -> String { String(format: "%.4f", value) }

  private func interval(_ interval: Bootstrap.Interval?) -> String {
    interval.map { "  [\(decimal($0.low)), \(decimal($0.high))]" } ?? ""
  }
}
