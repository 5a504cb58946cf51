import Foundation
import TextKit
import TextKitPretrained

/// Texts that come one by one.
func streaming(_ url: URL) async throws {
  let segmenter = try Pretrained.segmenter()
  let recognizer = try Pretrained.recognizer()
  // README: streaming
  let lines = TextLines(contentsOf: url)  // or an array, an AsyncStream: any sequence of texts
  for try await words in segmenter.words(in: lines.map(\.string)) {  // in order, many texts at once, no more than fit
    print(words.joined(separator: " "))
  }
  for try await entities in recognizer.entities(in: lines) {  // and classifier.predictions(for: lines)
    print(entities.map(\.text))
  }
  // end
  let texts = try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    .dropLast().map(String.init)
  let found = try await segmenter.words(in: lines.map(\.string)).reduce(into: []) { $0.append($1) }
  check(found == texts.map { segmenter.words(in: $0) }, "\(found)")
}
