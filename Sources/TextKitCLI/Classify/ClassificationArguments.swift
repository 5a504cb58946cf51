import Foundation
import TextKit
import TextKitCommandLine

/// What `classify` and `sentiment` have in common: how texts are read and predictions written.
struct ClassificationArguments {
  static let format = Option(
    "format", short: "f", value: "name", default: ClassificationFormat.tsv,
    help: "tsv: label TAB confidence TAB text; label: the label alone; jsonl: {\"text\", \"label\", \"confidence\", "
      + "\"probabilities\"}.")
  static let top = Option(
    "top", short: "k", value: "count", optional: Int.self,
    help: "Write this many of the most probable labels with their probabilities.")
  static let explain = Option(
    flag: "explain", help: "Add the pieces of the text that moved the decision, with their weights; for jsonl.")
  static let threads = SharedOptions.threads
  static let files = SharedOptions.textFiles
  static let options: [any OptionDeclaration] = [format, SharedOptions.jsonLines, top, explain, threads]

  let format: ClassificationFormat
  let top: Int?
  let explain: Bool
  let threads: Int
  let files: [Path]

  init(arguments: ParsedArguments) throws {
    format = try arguments.format(Self.format, jsonLines: .jsonl)
    top = arguments[Self.top]
    explain = arguments[Self.explain]
    threads = arguments[Self.threads]
    files = arguments[Self.files]
    if let top, top < 1 { throw CommandFailure(.usage, "expected --top of at least 1, found \(top)") }
    guard !explain || format == .jsonl else {
      throw CommandFailure(.usage, "--explain is for --format jsonl, not \(format.rawValue)")
    }
  }

  /// Writes a record for every line.
  func run(
    to output: OutputWriter, isMultiLabel: Bool,
    predict: @Sendable @escaping (TextBlock, (Prediction) -> Void) -> Void,
    explanation: @Sendable @escaping (String, String) -> [Attribution]?
  ) throws {
    let (format, top, explain) = (format, top, explain)
    try BlockReader.process(files, threads: threads, to: output) { block in
      var bytes: [UInt8] = []
      var line = 0
      predict(block) { prediction in
        let text = block.bytes[block.range(ofLine: line)]
        // Explanations are of what JSON holds: the text with what is not UTF-8 repaired.
        let repaired = explain ? Array(String(decoding: text, as: UTF8.self).utf8) : []
        format.append(
          prediction, text: explain ? repaired[...] : text, isMultiLabel: isMultiLabel, count: top,
          explanation: explain ? explanation(String(decoding: text, as: UTF8.self), prediction.label) : nil,
          to: &bytes)
        line += 1
      }
      return bytes
    }
  }
}

extension ClassificationFormat: OptionChoice {}
