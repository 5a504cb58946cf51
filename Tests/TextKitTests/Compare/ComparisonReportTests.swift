import Foundation
import Testing
import TextKit

@Suite("Report of a comparison")
struct ComparisonReportTests {
  /// A table as a child process would have sent it; `labels` decides between heat map and pairs.
  private func table(labels: Int, name: String = "svm:c=<1>", failure: String? = nil) throws -> ComparisonTable {
    let names = (0..<labels).map { "<b>label \($0)" }
    let corpus = LabeledCorpus((0..<60).map { LabeledDocument(text: "t\($0)", labels: [names[$0 % labels]]) })
    let (report, outcomes) = ClassificationEvaluator(corpus).evaluate(
      ConstantClassifier(labels: names), threads: 1)
    let encoder = JSONEncoder()
    let (reportText, outcomesText) = (
      String(decoding: try encoder.encode(report), as: UTF8.self),
      String(decoding: try encoder.encode(outcomes), as: UTF8.self)
    )
    let failed = failure.map { ", {\"name\": \"bad\", \"searches\": [], \"failure\": \"\($0)\"}" } ?? ""
    let epoch = """
      {"epoch": 1, "loss": 0.5, "learningRate": 0.1, "gradientNorm": 1, "tokensPerSecond": 1, "seconds": 1,
       "dev": {"accuracy": 0.5}, "isBest": true}
      """
    let json = """
      {"rows": [{"name": "\(name)", "searches": [
         {"trials": [{"overrides": ["c=1<2"], "dev": {"accuracy": 0.5, "macroF1": 0.4}, "seconds": 1}], "untried": 2,
          "best": 0}],
         "result": {"configuration": "{\\n  \\"c\\": \\"<x>\\"\\n}", "report": \(reportText), "outcomes": \(outcomesText),
           "runs": [{"test": {"accuracy": 0.5, "macroF1": 0.5}, "foldAccuracies": [], "trainingSeconds": 1.25}],
           "modelBytes": 2048, "peakMemoryBytes": 104857600,
           "epochs": [\(epoch), \(epoch.replacing("\"epoch\": 1", with: "\"epoch\": 2"))],
           "curve": [{"documents": 10, "train": {"accuracy": 1, "macroF1": 1}, "dev": {"accuracy": 0.5, "macroF1": 0.4}},
             {"documents": 100, "train": {"accuracy": 0.9, "macroF1": 1}, "dev": {"accuracy": 0.7, "macroF1": 0.4}}]}}
         \(failed)],
       "best": 0, "threads": 2, "options": \(String(decoding: try encoder.encode(ComparisonOptions()), as: UTF8.self)),
       "data": {"train": 100, "dev": 20, "test": 60, "labels": \(labels), "isMultiLabel": false}}
      """
    return try JSONDecoder().decode(ComparisonTable.self, from: Data(json.utf8))
  }

  private func documents(_ text: (Int) -> String) -> [LabeledDocument] {
    (0..<60).map { LabeledDocument(text: text($0), labels: []) }
  }

  /// Always sure of the first label.
  private struct ConstantClassifier: TextClassifying {
    let labels: [String]
    var isMultiLabel: Bool { false }
    func probabilities(of texts: TextBlock) -> [Float] {
      texts.lineEnds.flatMap { _ in [1] + [Float](repeating: 0, count: labels.count - 1) }
    }
    func attributions(of text: [UInt8], label: Int) -> [Attribution] { [] }
  }

  @Test("nothing of texts, labels, names, settings or failures is markup, and nothing comes from outside")
  func escapes() throws {
    let page = ComparisonReport(
      try table(labels: 3, name: "<i>m</i>", failure: "<script>alert(1)</script>"),
      documents: documents { "<script>\($0)</script> & \"quoted\"\u{1}" }
    ).html
    #expect(!page.contains("<script") && !page.contains("<i>") && !page.contains("<b>") && !page.contains("<x>"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("&amp; &quot;quoted&quot;\u{FFFD}"))
    #expect(page.contains("c=1&lt;2") && page.contains("&lt;b&gt;label 1"))
    for outside in ["http:", "https:", "src=", "href=", "url(", "@import"] { #expect(!page.contains(outside)) }
  }

  @Test("everything has its place: table, curves, epochs, matrix, mistakes, search, origin")
  func sections() throws {
    var report = ComparisonReport(try table(labels: 3, failure: "no memory"), documents: documents { "text \($0)" })
    report.provenance = [("train", "a & b.tsv")]
    let page = report.html
    for heading in [
      "Figures", "Learning curves", "Epochs", "Confusions", "Mistakes", "Search for settings", "How it was made",
    ] { #expect(page.contains("<h2>\(heading)</h2>"), "\(heading)") }
    #expect(page.contains("★ best") && page.contains("failed: no memory"))
    #expect(page.contains("2.0 KB") && page.contains("100 MB") && page.contains("0.3333"))
    #expect(page.contains("<dd>a &amp; b.tsv</dd>"))
    #expect(page.contains(">20</td>") && page.contains("class=\"heat\""))
    #expect(page.contains("100 train, 20 dev, 60 test"))
    #expect(page.components(separatedBy: "<svg").count == 1 + 1 + 3)
    #expect(page.components(separatedBy: "<details").count == page.components(separatedBy: "</details>").count)
    #expect(page.contains("2 more were left out"))
    // Of 20 texts with label 1, the first three are shown.
    #expect(page.contains("text 1 <") && page.contains("text 7 <") && !page.contains("text 10 <"))
  }

  @Test("more than 20 labels are told by pairs, long texts are cut")
  func limits() throws {
    let page = ComparisonReport(
      try table(labels: 21), documents: documents { String(repeating: "长", count: 200) + "\($0)" }
    ).html
    #expect(!page.contains("class=\"heat\"") && page.contains("taken for"))
    #expect(page.contains(String(repeating: "长", count: 160) + "…"))
    #expect(!page.contains(String(repeating: "长", count: 161)))
  }

  @Test("the page is whole XML but for its head, so that every element is closed")
  func wellFormed() throws {
    let page = ComparisonReport(try table(labels: 4, failure: "x"), documents: documents { "<\($0)>" }).html
    let body = try #require(page.range(of: "<body>").map { page[$0.lowerBound...] })
    let rest = body.replacing("</html>", with: "").replacing("<wbr>", with: "")
    var open: [Substring] = []
    for tag in rest.matches(of: #/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/#) {
      let (_, slash, name, end) = tag.output
      if slash == "/" { #expect(open.popLast() == name) } else if end.isEmpty { open.append(name) }
    }
    #expect(open.isEmpty)
  }

  @Test("marks of axes are round and cover the values")
  func ticks() {
    #expect(LineChart.ticks(0.62...0.91).map { ($0 * 100).rounded() } == [60, 70, 80, 90, 100])
    #expect(LineChart.ticks(0...100).map { $0.rounded() } == [0, 20, 40, 60, 80, 100])
    let flat = LineChart.ticks(2...2)
    #expect(flat.count == 3 && flat[1] == 2)
    for (low, high) in [(0.1, 0.11), (-3, 17), (999, 123_456)] {
      let ticks = LineChart.ticks(low...high)
      #expect(
        (ticks.first ?? .infinity) <= low && (ticks.last ?? -.infinity) >= high && (3...9).contains(ticks.count))
    }
  }
}
