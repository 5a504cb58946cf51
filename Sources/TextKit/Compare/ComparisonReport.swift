import Foundation
import TextKitCorpus

/// A comparison as one page of HTML that needs nothing else.
public struct ComparisonReport: Sendable {
  /// What is shown.
  public let result: ComparisonTable
  /// The documents that were predicted, in the order of the answers.
  public let documents: [LabeledDocument]
  /// The heading.
  public var title = "Comparison of classifiers"
  /// How it was made: names and values, such as the corpora's.
  public var provenance: [(name: String, value: String)] = []

  /// Takes a comparison and the documents that were predicted.
  public init(_ result: ComparisonTable, documents: [LabeledDocument]) {
    self.result = result
    self.documents = documents
  }

  /// The page.
  public var html: String {
    let sections = [
      head, table, learningCurves, lossCurves, confusions, mistakes, searches, origin,
    ]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(XMLText.escaped(title))</title>
      <style>
      \(PageStyle.css)
      \(ReportStyle.css)
      </style>
      </head>
      <body>
      \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  /// Writes the page.
  ///
  /// - Throws: `AtomicFileError` where the file can't be written.
  public func write(to url: URL) throws { try AtomicFile.write(Data(html.utf8), to: url) }

  /// The models that didn't fail.
  var done: [(name: String, result: ModelResult)] {
    result.rows.compactMap { row in row.result.map { (row.name, $0) } }
  }

  private var head: String {
    let data = result.data
    let parts =
      data.folds.map { "\($0)-fold cross-validation over \(data.test) texts" }
      ?? "\(data.train) texts to learn from, \(data.dev.map { "\($0) to choose settings by, " } ?? "")"
      + "\(data.test) to test on"
    return "<h1>\(XMLText.escaped(title))</h1>\n<p class=\"soft\">\(parts); \(data.labels) labels"
      + "\(data.isMultiLabel ? ", several or none for a text" : "").</p>"
  }

  /// A model's name that may be broken between its settings.
  static func breakable(_ name: String) -> String {
    XMLText.escaped(name).replacing(":", with: ":<wbr>").replacing(",", with: ",<wbr>")
  }

  static func decimal(_ value: Double) -> String { String(format: "%.4f", value) }
}
