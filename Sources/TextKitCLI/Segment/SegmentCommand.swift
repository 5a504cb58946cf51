import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit segment`: cuts text into words.
struct SegmentCommand: Command {
  static let model = Option(
    "model", short: "m", value: "file", optional: Path.self,
    help: "Segment with this model instead of the shipped one."
  ).suggesting(ModelLocator.names(for: [.segmentation]))
  static let format = Option(
    "format", short: "f", value: "name", default: SegmentationFormat.text,
    help: "text: words joined by a blank; conll: character TAB tag; jsonl: {\"text\", \"words\"}.")
  static let threads = SharedOptions.threads
  static let files = SharedOptions.textFiles
  static let description = CommandDescription(
    name: "segment", summary: "Cut Chinese text into words",
    discussion: [
      "One record is written for every line that is read, in order. No byte of the text is changed.",
      DictionaryArguments.discussion,
    ],
    positionals: [files], options: [model, format, SharedOptions.jsonLines] + DictionaryArguments.all + [threads],
    examples: [
      Example("echo 我爱北京天安门 | textkit segment", "segment standard input"),
      Example("textkit segment --format jsonl news.txt > news.jsonl", "write JSON Lines"),
      Example("textkit segment --dictionary words.txt --dictionary-mode force news.txt", "with words of your own"),
    ])

  let arguments: ParsedArguments
  let format: SegmentationFormat

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    format = try arguments.format(Self.format, jsonLines: .jsonl)
  }

  func run(in context: CommandContext) throws {
    let segmenter = try DictionaryArguments.segmenter(arguments[Self.model], arguments, in: context)
    let format = format
    try BlockReader.process(
      arguments[Self.files], threads: arguments[Self.threads], to: context.output
    ) { block in
      var bytes: [UInt8] = []
      format.append(segmenter.segment(block), to: &bytes)
      return bytes
    }
  }
}

extension SegmentationFormat: OptionChoice {}
