import Foundation
import TextKit
import TextKitCommandLine

/// `textkit vectors evaluate`: word vectors put to the usual tests.
struct VectorsEvaluateCommand: Command {
  static let analogies = Option(
    "analogies", short: "a", value: "file", repeated: Path.self,
    help: "Analogies: \": section\" lines, then four words a line (questions-words, CA8). May be repeated.")
  static let similarity = Option(
    "similarity", short: "s", value: "file", repeated: Path.self,
    help: "Similarity: two words and a score a line (WordSim-353, SimLex-999, wordsim-240). May be repeated.")
  static let restrict = Option(
    "restrict", value: "count", default: 300_000, in: 1...Int.max, help: "Look at the first words only.")
  static let method = Option(
    "method", short: "m", value: "name", default: AnalogyMethod.add, help: "add: 3CosAdd; multiply: 3CosMul.")
  static let exactCase = Option(flag: "exact-case", help: "Tell words apart that differ in case only.")
  static let countUnknown = Option(
    flag: "count-unknown", help: "Count analogies with unknown words as wrong, pairs with such as of similarity 0.")
  static let json = SharedOptions.json
  static let description = CommandDescription(
    name: "evaluate", summary: "Test word vectors on analogies and similarities",
    discussion: [
      "Counted as gensim counts: case is folded, the words asked with are no answers, questions with words that are "
        + "not among the first --restrict are left out. Similarity is compared by Spearman's and Pearson's correlation."
    ],
    positionals: [VectorCommands.file],
    options: [
      analogies, similarity, restrict, method, exactCase, countUnknown, json, VectorCommands.limit,
      VectorCommands.threads,
    ],
    examples: [
      Example("textkit vectors evaluate v.txt --analogies questions-words.txt --restrict 30000", "by section"),
      Example("textkit vectors evaluate v.txt --similarity wordsim353.tsv --json", "as JSON"),
    ])

  let arguments: ParsedArguments

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    guard !(arguments[Self.analogies] + arguments[Self.similarity]).isEmpty else {
      throw CommandFailure(.usage, "expected --analogies or --similarity, found none")
    }
  }

  func run(in context: CommandContext) throws {
    // Tests are small, vectors are not: a mistake in a test should not come after minutes.
    let analogies = try arguments[Self.analogies].map { ($0, try AnalogyQuestions($0.lines)) }
    let similarities = try arguments[Self.similarity].map { ($0, try SimilarityPairs($0.lines)) }
    let vectors = try VectorCommands.read(
      arguments[VectorCommands.file], limit: arguments[VectorCommands.limit],
      threads: arguments[VectorCommands.threads], in: context)
    var options = VectorEvaluationOptions()
    options.restrictVocabulary = arguments[Self.restrict]
    options.foldsCase = !arguments[Self.exactCase]
    options.countsUnknown = arguments[Self.countUnknown]
    options.method = arguments[Self.method]
    options.threads = arguments[VectorCommands.threads]
    let report = VectorEvaluationReport(
      analogies: analogies.map { path, questions in
        .init(path.text, questions.score(vectors, options), skipped: questions.skippedLines)
      },
      similarities: similarities.map { path, pairs in
        .init(path.text, pairs.score(vectors, options), skipped: pairs.skippedLines)
      })
    try context.output.write(arguments[Self.json] ? AnswerFormat.line(report) : report.text)
  }
}

extension Path {
  /// The lines of the file.
  fileprivate var lines: LineReader { get throws { try InputFile.lines(self) } }
}
