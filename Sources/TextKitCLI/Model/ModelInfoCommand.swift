import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit model info`: what a model file says of itself.
struct ModelInfoCommand: Command {
  static let json = SharedOptions.json
  static let model = Positional(
    "model", optional: Path.self,
    help: "A model file, or the name of a shipped model; the shipped segmenter where none is given.")
  static let description = CommandDescription(
    name: "info", summary: "Show what a model file says of itself",
    discussion: ["The file is checked whole: size, header, ranges, checksum."],
    positionals: [model.suggesting(ModelLocator.names())], options: [json],
    examples: [
      Example("textkit model info", "the shipped segmenter"),
      Example("textkit model info ner-zh", "another shipped model"),
      Example("textkit model info --json classifier.safetensors", "any safetensors file, as JSON"),
    ])

  let json: Bool
  let model: Path?

  init(arguments: ParsedArguments) throws {
    json = arguments[Self.json]
    model = arguments[Self.model]
  }

  func run(in context: CommandContext) throws {
    let file = try ModelFile(
      contentsOf: model.map { try ModelLocator.url($0) } ?? Pretrained.url(of: .chineseSegmenter))
    let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
    let report = Report(
      file: file.path, bytes: size, metadata: file.metadata,
      tensors: Dictionary(
        uniqueKeysWithValues: file.tensorNames.compactMap { name in
          file.info(name).map { (name, Report.Entry(type: $0.elementType.rawValue, shape: $0.shape)) }
        }))
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      try context.output.write(String(decoding: try encoder.encode(report), as: UTF8.self) + "\n")
    } else {
      try context.output.write(report.text)
    }
    try context.output.flush()
  }

  private struct Report: Encodable {
    struct Entry: Encodable {
      let type: String
      let shape: [Int]
    }
    let file: String
    let bytes: Int
    let metadata: [String: String]
    let tensors: [String: Entry]

    var text: String {
      var lines = ["file     \(file)", "bytes    \(bytes)", "", "metadata"]
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { lines.append("  \(key)  \(value)") }
      lines += ["", "tensors"]
      for (name, entry) in tensors.sorted(by: { $0.key < $1.key }) {
        lines.append("  \(name)  \(entry.type) \(entry.shape)")
      }
      return lines.joined(separator: "\n") + "\n"
    }
  }
}
