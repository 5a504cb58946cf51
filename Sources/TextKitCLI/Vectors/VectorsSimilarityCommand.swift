import Foundation
import TextKit
import TextKitCommandLine

/// `textkit vectors similarity`: the cosine of the vectors of two words.
struct VectorsSimilarityCommand: Command {
  static let words = Positional(
    "word", repeated: String.self,
    help: "Pairs of words, one after the other; none for those on standard input, two words a line.")
  static let description = CommandDescription(
    name: "similarity", summary: "Measure how similar words are",
    discussion: ["A line of text holds the two words and the cosine of their vectors."],
    positionals: [VectorCommands.file, words], options: AnswerFormat.all + [VectorCommands.threads],
    examples: [
      Example("textkit vectors similarity glove.txt tea coffee", "one pair"),
      Example("echo 茶 酒 | textkit vectors similarity characters-zh --json", "pairs of standard input, as JSON"),
    ])

  private struct Answer: Encodable {
    let words: [String]
    let similarity: Double
  }

  let file: Path
  let words: [String]
  let format: AnswerFormat
  let threads: Int

  init(arguments: ParsedArguments) throws {
    file = arguments[VectorCommands.file]
    words = arguments[Self.words]
    format = try AnswerFormat.chosen(arguments)
    threads = arguments[VectorCommands.threads]
    guard words.count % 2 == 0 else {
      throw CommandFailure(.usage, "expected pairs of words, found \(words.count) words")
    }
  }

  func run(in context: CommandContext) throws {
    let pairs =
      words.isEmpty
      ? try standardInput() : stride(from: 0, to: words.count, by: 2).map { [words[$0], words[$0 + 1]] }
    let vectors = try VectorCommands.read(file, limit: nil, threads: threads, in: context)
    for pair in pairs {
      let similarity = try VectorCommands.asking(vectors) { try vectors.similarity(pair[0], pair[1]) }
      try context.output.write(
        format == .jsonl
          ? AnswerFormat.line(Answer(words: pair, similarity: similarity))
          : "\(pair[0])\t\(pair[1])\t\(String(format: "%.4f", similarity))\n")
    }
  }

  private func standardInput() throws -> [[String]] {
    try VectorCommands.lines(nil).map { line in
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard words.count == 2 else {
        throw CommandFailure(.dataError, "standard input: expected two words on a line, found \"\(line)\"")
      }
      return words
    }
  }
}
