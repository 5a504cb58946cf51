import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit vectors`: all that is done with word vectors.
enum VectorCommands {
  static let group = CommandNode.group(
    name: "vectors", summary: "Train, ask, test and convert word vectors",
    commands: [
      .command(VectorsTrainCommand.self),
      .command(VectorsNearestCommand.self), .command(VectorsAnalogyCommand.self),
      .command(VectorsSimilarityCommand.self), .command(VectorsEvaluateCommand.self),
      .command(VectorsConvertCommand.self), .command(VectorsMapCommand.self),
    ])

  static let file = Positional(
    "file", required: Path.self,
    help: "Word vectors: word2vec text or binary, GloVe, fastText .vec, or a model file; told from the content."
  ).suggesting(ModelLocator.names(for: [.vectors]))
  static let limit = Option(
    "limit", short: "n", value: "count", optional: Int.self,
    help: "Read this many words, the first ones, and no more.")
  static let threads = SharedOptions.threads

  /// Reads vectors, and says on standard error what of the file could not be used.
  static func read(_ path: Path, limit: Int?, threads: Int, in context: CommandContext) throws -> WordVectors {
    if let limit, limit < 1 {
      throw CommandFailure(.usage, "option --limit: expected an integer of at least 1, found \(limit)")
    }
    let vectors = try WordVectors(
      contentsOf: ModelLocator.url(path, for: [.vectors]), limit: limit ?? .max, threads: threads)
    for note in vectors.report?.notes ?? [] {
      try context.diagnostics.write("textkit: note: \(path.text): \(note)\n")
    }
    return vectors
  }

  /// The lines of a file or of standard input, without those that are blank.
  static func lines(_ path: Path?) throws -> [String] {
    let reader = try InputFile.lines(path)
    var lines: [String] = []
    while let line = try reader.next() {
      let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
      if !text.isEmpty { lines.append(text) }
    }
    return lines
  }

  /// What `body` finds; for a word without a vector an error that names the nearest spelling.
  static func asking<Answer>(_ vectors: WordVectors, _ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch VectorQueryError.unknownWord(let word) {
      // The frequent words come first, and a person waits.
      let candidates = (0..<min(50_000, vectors.count)).map(vectors.word)
      let hint = nearestName(to: word, among: candidates).map { "did you mean \($0)?" }
      throw CommandFailure(.dataError, VectorQueryError.unknownWord(word).description, hint: hint)
    }
  }
}

/// How answers are printed.
enum AnswerFormat: String, OptionChoice {
  case text
  case jsonl

  static let option = Option(
    "format", short: "f", value: "name", default: AnswerFormat.text,
    help: "text: columns with a TAB between them; jsonl: a JSON object for each question.")

  /// All of them, for a command's list of options.
  static let all: [any OptionDeclaration] = [option, SharedOptions.jsonLines]

  /// The format that is asked for.
  static func chosen(_ arguments: ParsedArguments) throws(CommandFailure) -> AnswerFormat {
    try arguments.format(option, jsonLines: .jsonl)
  }

  /// A value as a line of JSON.
  static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}

/// Words that answer a question.
struct NeighborAnswer: Encodable {
  struct Entry: Encodable {
    let word: String
    let score: Float
  }
  let query: [String]
  let neighbors: [Entry]

  init(_ query: [String], _ neighbors: [Neighbor]) {
    self.query = query
    self.neighbors = neighbors.map { Entry(word: $0.word, score: $0.score) }
  }

  func text(_ format: AnswerFormat) throws -> String {
    guard format == .text else { return try AnswerFormat.line(self) }
    let head = query.joined(separator: " ")
    return neighbors.map { "\(head)\t\($0.word)\t\(String(format: "%.4f", $0.score))\n" }.joined()
  }
}
