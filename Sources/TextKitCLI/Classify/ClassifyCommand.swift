import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit classify`: gives every line a label.
struct ClassifyCommand: Command {
  static let model = Option(
    "model", short: "m", value: "file", optional: Path.self,
    help: "Classify with this model; the shipped one for topics of Chinese news where none is given."
  ).suggesting(ModelLocator.names(for: [.topics, .sentiment]))
  static let description = CommandDescription(
    name: "classify", summary: "Give every line of text a label",
    discussion: [
      "One record is written for every line that is read, in order. Any model of textkit train classify will do."
    ],
    positionals: [ClassificationArguments.files], options: [model] + ClassificationArguments.options,
    examples: [
      Example("echo 国足客场击败对手挺进决赛 | textkit classify", "the topic of a headline"),
      Example(
        "textkit classify --model classifier.safetensors --format jsonl --top 3 in.txt > out.jsonl", "your own model"),
    ])

  let model: Path?
  let classification: ClassificationArguments

  init(arguments: ParsedArguments) throws {
    model = arguments[Self.model]
    classification = try ClassificationArguments(arguments: arguments)
  }

  func run(in context: CommandContext) throws {
    let classifier = try ModelLocator.classifier(model)
    try classification.run(
      to: context.output, isMultiLabel: classifier.isMultiLabel, predict: classifier.forEachPrediction(of:_:),
      explanation: classifier.explanation(of:label:))
  }
}
