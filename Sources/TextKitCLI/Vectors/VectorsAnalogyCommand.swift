import TextKit
import TextKitCommandLine

/// `textkit vectors analogy`: a is to b as c is to what?
struct VectorsAnalogyCommand: Command {
  static let method = Option(
    "method", short: "m", value: "name", default: AnalogyMethod.add, help: "add: 3CosAdd; multiply: 3CosMul.")
  static let count = Option(
    "count", short: "c", value: "count", default: 10, in: 1...1_000_000, help: "Answers to find.")
  static let a = Positional("a", required: String.self, help: "A word.")
  static let b = Positional("b", required: String.self, help: "The word that a is to.")
  static let c = Positional("c", required: String.self, help: "The word whose fellow is wanted.")
  static let description = CommandDescription(
    name: "analogy", summary: "Complete an analogy: a is to b as c is to what?",
    discussion: ["The words asked with are no answers."],
    positionals: [VectorCommands.file, a, b, c],
    options: [method, count, VectorCommands.limit] + AnswerFormat.all + [VectorCommands.threads],
    examples: [
      Example("textkit vectors analogy glove.txt man king woman", "queen, most likely"),
      Example("textkit vectors analogy characters-zh 父 母 男 --count 3 --json", "Chinese characters, as JSON"),
    ])

  let arguments: ParsedArguments

  let format: AnswerFormat

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    format = try AnswerFormat.chosen(arguments)
  }

  func run(in context: CommandContext) throws {
    let threads = arguments[VectorCommands.threads]
    let (a, b, c) = (arguments[Self.a], arguments[Self.b], arguments[Self.c])
    let vectors = try VectorCommands.read(
      arguments[VectorCommands.file], limit: arguments[VectorCommands.limit], threads: threads, in: context)
    let found = try VectorCommands.asking(vectors) {
      try vectors.analogy(
        positive: [b, c], negative: [a], method: arguments[Self.method], count: arguments[Self.count],
        threads: threads)
    }
    try context.output.write(NeighborAnswer([a, b, c], found).text(format))
  }
}

extension AnalogyMethod: OptionChoice {}
