import Foundation
import TextKit
import TextKitCommandLine

/// The answers of compared models, a file for each.
struct PredictionFiles {
  /// Where they go.
  let folder: URL
  /// The documents that were predicted.
  let documents: [LabeledDocument]

  /// Writes `1-svm.tsv` and so on: right labels, predicted labels, confidence, text.
  func write(_ result: ComparisonTable) throws {
    for (number, row) in result.rows.enumerated() {
      guard let outcomes = row.result?.outcomes else { continue }
      var text = "gold\tpredicted\tconfidence\ttext\n"
      for (index, document) in documents.enumerated() {
        let cells = [
          Self.labels(outcomes.gold[index], outcomes), Self.labels(outcomes.predicted[index], outcomes),
          String(format: "%.4f", outcomes.confidence[index]), document.text,
        ]
        text += cells.map(Self.cell).joined(separator: "\t") + "\n"
      }
      try AtomicFile.write(
        Data(text.utf8), to: folder.appending(path: "\(number + 1)-\(Self.fileName(row.name)).tsv"))
    }
  }

  /// Makes the folder if it isn't there.
  ///
  /// - Throws: `CommandFailure` with its path where it can't be made.
  static func make(_ folder: URL) throws {
    do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
      throw CommandFailure(
        .ioError, "\(folder.path): expected a folder to write to, found none and can't make it")
    }
  }

  private static func labels(_ numbers: [Int], _ outcomes: ClassificationOutcomes) -> String {
    numbers.map { outcomes.labels[$0] }.joined(separator: ",")
  }

  /// A cell can hold neither a TAB nor a line break: they become blanks.
  private static func cell(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(["\t", "\n", "\r"].contains(scalar) ? " " : scalar) }
    return String(scalars)
  }

  /// A name that all file systems take.
  private static func fileName(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-.=".contains($0)) ? $0 : "_" }.prefix(80))
  }
}
