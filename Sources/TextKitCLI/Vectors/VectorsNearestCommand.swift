import TextKit
import TextKitCommandLine

/// `textkit vectors nearest`: the words whose vectors are nearest to those of some words.
struct VectorsNearestCommand: Command {
  static let count = Option(
    "count", short: "c", value: "count", default: 10, in: 1...1_000_000, help: "Words to find for each.")
  static let words = Positional(
    "word", repeated: String.self, help: "Words to ask with; none for those on standard input, one a line.")
  static let description = CommandDescription(
    name: "nearest", summary: "Find the words that are nearest to others",
    discussion: [
      "The measure is the cosine of the vectors; the search is exact. A line of text holds the word asked with, a word "
        + "found and their cosine."
    ],
    positionals: [VectorCommands.file, words],
    options: [count, VectorCommands.limit] + AnswerFormat.all + [VectorCommands.threads],
    examples: [
      Example("textkit vectors nearest glove.txt frog tea", "ten words for each"),
      Example("textkit vectors nearest v.safetensors --format jsonl < words.txt", "a JSON object for each line"),
    ])

  let arguments: ParsedArguments

  let format: AnswerFormat

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    format = try AnswerFormat.chosen(arguments)
  }

  func run(in context: CommandContext) throws {
    let threads = arguments[VectorCommands.threads]
    let words = arguments[Self.words].isEmpty ? try VectorCommands.lines(nil) : arguments[Self.words]
    let vectors = try VectorCommands.read(
      arguments[VectorCommands.file], limit: arguments[VectorCommands.limit], threads: threads, in: context)
    let found = try VectorCommands.asking(vectors) {
      try vectors.nearest(to: words, count: arguments[Self.count], threads: threads)
    }
    for (word, neighbors) in zip(words, found) {
      try context.output.write(NeighborAnswer([word], neighbors).text(format))
    }
  }
}
