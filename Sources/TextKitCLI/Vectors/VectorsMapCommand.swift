import Foundation
import TextKit
import TextKitCommandLine

/// `textkit vectors map`: a picture of words in two dimensions.
struct VectorsMapCommand: Command {
  static let words = Option(
    "words", short: "w", value: "file", required: Path.self,
    help: "The words to show, one a line; - for standard input.")
  static let output = Option(
    "output", short: "o", value: "file", required: Path.self, help: "Where the picture goes (SVG).")
  static let description = CommandDescription(
    name: "map", summary: "Draw words where their vectors lie",
    discussion: [
      "The two directions in which the vectors of the words differ most (principal components) are drawn."
    ],
    positionals: [VectorCommands.file], options: [words, output, VectorCommands.threads],
    examples: [
      Example("textkit vectors map glove.txt --words countries.txt --output map.svg", "a picture"),
      Example(
        "printf '%s\\n' 春 夏 秋 冬 | textkit vectors map characters-zh --words - -o seasons.svg",
        "words of standard input"),
    ])

  let arguments: ParsedArguments

  func run(in context: CommandContext) throws {
    let list = arguments[Self.words]
    let words = try VectorCommands.lines(list)
    let vectors = try VectorCommands.read(
      arguments[VectorCommands.file], limit: nil, threads: arguments[VectorCommands.threads], in: context)
    let map = VectorMap(of: words, in: vectors)
    guard !map.points.isEmpty else {
      throw CommandFailure(.dataError, "\(list.text): expected words with vectors, found none among \(words.count)")
    }
    if !map.unknownWords.isEmpty {
      let some = map.unknownWords.prefix(5).joined(separator: ", ")
      try context.diagnostics.write(
        "textkit: note: \(map.unknownWords.count) of \(words.count) words have no vector: \(some)\n")
    }
    try map.write(to: arguments[Self.output].url)
  }
}
