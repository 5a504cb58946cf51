import Foundation
import TextKit
import TextKitCommandLine

/// `textkit train ner`: trains a recognizer of entities.
struct TrainNerCommand: Command {
  static let train = Option(
    "train", value: "file", required: Path.self,
    help: "Training corpus: columns (BIO, BIOES, BMES, IOB1), JSON Lines with spans, or CLUENER's JSON.")
  static let dev = Option(
    "dev", value: "file", optional: Path.self, help: "Held-out corpus that decides which epoch is kept.")
  static let unit = Option(
    "unit", value: "name", default: LabelingUnit.characters,
    help: "What is tagged, and the features that begin with: characters with bigrams, or words with their spelling.")
  static let scheme = Option(
    "tags", value: "scheme", default: TagScheme.bioes, help: "How the model's tags mark entities.")
  static let lexicon = Option(
    "lexicon", value: "file", repeated: Path.self,
    help:
      "A word and its frequency a line, for model.lexiconDimension and model.softLexicon, or for features of tokens "
      + "such as lexicon[0].")
  static let description = CommandDescription(
    name: "ner", summary: "Train a recognizer of named entities",
    discussion: ["The same seed and data give the same model, byte for byte, whatever the number of threads."],
    options: [train, dev, LabelerTrainingOptions.output, unit, scheme, lexicon] + LabelerTrainingOptions.all
      + EntityCorpusArguments.all,
    examples: [
      Example(
        "textkit train ner --train corpora/zh-ner/train.conll --dev corpora/zh-ner/dev.conll -o ner.safetensors",
        "train on the sample corpus"),
      Example(
        "textkit train ner --unit words --train corpora/en-ner/train.conll --set training.epochs=5 -o ner.safetensors",
        "English: tag words"),
      Example(
        "textkit train ner --labeler crf --train corpora/zh-ner/train.conll -o crf.safetensors",
        "features instead of a network"),
    ])

  let arguments: ParsedArguments

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    try LabelerTrainingOptions.check(arguments, for: .entities, reading: arguments[Self.unit])
    _ = try EntityCorpusArguments.options(arguments)
  }

  func run(in context: CommandContext) throws {
    let options = try EntityCorpusArguments.options(arguments)
    try LabelerTrainingOptions.run(
      .entities(
        train: try EntityCorpus(contentsOf: arguments[Self.train].text, options: options),
        dev: try arguments[Self.dev].map { try EntityCorpus(contentsOf: $0.text, options: options) },
        scheme: arguments[Self.scheme]), reading: arguments[Self.unit], lexicon: arguments[Self.lexicon], arguments,
      in: context)
  }
}

extension LabelingUnit: OptionChoice {}
