import TextKit
import TextKitCommandLine

/// `textkit compare ner`: trains recognizers of entities on the same corpus and puts them side by side.
struct CompareNerCommand: Command {
  static let unit = TrainNerCommand.unit
  static let scheme = TrainNerCommand.scheme
  static let description = CommandDescription(
    name: "ner", summary: "Train recognizers of named entities on the same corpus and put them side by side",
    discussion: LabelerComparisonOptions.discussion,
    options: LabelerComparisonOptions.all + [unit, scheme] + EntityCorpusArguments.all,
    examples: [
      Example(
        "textkit compare ner --train corpora/zh-ner/train.conll --test corpora/zh-ner/test.conll",
        "a network, a conditional random field and a perceptron"),
      Example(
        "textkit compare ner --train a.conll --dev b.conll --test c.conll -l crf -l bilstm-crf --seeds 1,2,3",
        "the network three times"),
    ])

  let arguments: ParsedArguments

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    _ = try EntityCorpusArguments.options(arguments)
    try LabelerComparisonOptions.check(arguments, for: .entities, reading: arguments[Self.unit])
  }

  func run(in context: CommandContext) throws {
    func corpus(_ path: Path) throws -> EntityCorpus { try EntityCorpusArguments.corpus(path, arguments) }
    let source = LabelingSource.entities(
      train: try corpus(arguments[LabelerComparisonOptions.train]),
      dev: try arguments[LabelerComparisonOptions.dev].map(corpus), scheme: arguments[Self.scheme])
    let test = EntityEvaluator(try corpus(arguments[LabelerComparisonOptions.test]))
    try LabelerComparisonOptions.run(
      source, test: .entities(test), reading: arguments[Self.unit], arguments, in: context)
  }
}
