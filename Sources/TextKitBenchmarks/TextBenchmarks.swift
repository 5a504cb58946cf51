import Foundation
import TextKit

extension BenchmarkGroup {
  /// Labeled texts: reading them, and cutting them into tokens.
  static let texts = BenchmarkGroup(
    name: "texts", summary: "MB/s of reading labeled texts and of cutting texts into tokens, on one thread"
  ) {
    let english = try BenchmarkText.english(bytes: 20_000_000)
    defer { english.remove() }
    let words = try Data(contentsOf: english.url).prefix(20_000_000).split(separator: 0x20)
    // Lines of 20 words: the length of a sentence.
    let ascii = stride(from: 0, to: words.count, by: 20).map { start in
      [UInt8](words[start..<min(start + 20, words.count)].joined(separator: [0x20]))
    }
    let chinese = try BenchmarkText.raw(bytes: 20_000_000)
    var measurements: [Measurement] = []
    for (name, lines) in [("ASCII", ascii), ("Chinese", chinese.lines)] {
      measurements += try reading(lines, name)
      let blocks = stride(from: 0, to: lines.count, by: 500).map {
        TextBlock(lines: Array(lines[$0..<min($0 + 500, lines.count)]))
      }
      let size = Double(blocks.reduce(0) { $0 + $1.bytes.count })
      for (unit, splits) in [(TokenUnit.words, false), (.words, true), (.characters, false)] {
        var configuration = TokenizerConfiguration(unit)
        configuration.splitsPunctuation = splits
        let tokenizer = TextTokenizer(configuration)
        let seconds = Stopwatch.best(total: .seconds(1)) {
          for block in blocks { _ = tokenizer.tokenize(block) }
        }
        let label = "\(unit.rawValue)\(splits ? ", cut at punctuation" : ""), \(name)"
        measurements.append(
          Measurement(label, size / seconds / 1e6, "MB/s", against: 100, "goal"))
      }
    }
    return measurements
  }

  /// Reading the lines as labeled texts, the best of three times.
  private static func reading(_ lines: [[UInt8]], _ name: String) throws -> [Measurement] {
    let path = FileManager.default.temporaryDirectory.appending(path: "textkit-bench-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try [LabeledFormat.tab, .csv, .jsonl, .fastText].map { format in
      let writer = try LabeledWriter(path: path, format: format)
      for line in lines {
        try writer.write(LabeledDocument(text: String(decoding: line, as: UTF8.self), labels: ["a"]))
      }
      try writer.finish()
      let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      var best = Double.infinity
      for _ in 0..<3 {
        let start = ContinuousClock.now
        let reader = try LabeledReader(path: path, format: format)
        while try reader.next() != nil {}
        best = min(best, (ContinuousClock.now - start) / .seconds(1))
      }
      return Measurement("reading \(format.rawValue), \(name)", Double(bytes) / best / 1e6, "MB/s")
    }
  }
}
