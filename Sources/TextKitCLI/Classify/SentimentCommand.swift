import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit sentiment`: says whether every line is positive or negative.
struct SentimentCommand: Command {
  static let description = CommandDescription(
    name: "sentiment", summary: "Tell whether every line of text is positive or negative",
    discussion: [
      "Chinese and English may stand side by side: each line is read by the shipped model for its script. "
        + "One record is written for every line that is read, in order."
    ],
    positionals: [ClassificationArguments.files], options: ClassificationArguments.options,
    examples: [
      Example("echo 房间很干净，服务也好 | textkit sentiment", "one sentence"),
      Example("textkit sentiment --format jsonl --explain reviews.txt", "with the words that decided"),
    ])

  let classification: ClassificationArguments

  init(arguments: ParsedArguments) throws {
    classification = try ClassificationArguments(arguments: arguments)
  }

  func run(in context: CommandContext) throws {
    let analyzer = try Pretrained.sentiment()
    try classification.run(
      to: context.output, isMultiLabel: false, predict: analyzer.forEachPrediction(of:_:),
      explanation: analyzer.explanation(of:label:))
  }
}
