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
  static let format = EntityCorpusArguments.format
  static let unit = Option(
    "unit", value: "name", default: LabelingUnit.characters,
    help: "What is tagged, and the features that begin with: characters with bigrams, or words with their spelling.")
  static let scheme = Option(
    "tags", value: "scheme", default: TagScheme.bioes, help: "How the model's tags mark entities.")
  static let lexicon = Option(
    "lexicon", value: "file", repeated: Path.self,
    help: "A word and its frequency a line, for model.lexiconDimension and model.softLexicon.")
  static let description = CommandDescription(
    name: "ner", summary: "Train a recognizer of named entities",
    discussion: ["The same seed and data give the same model, byte for byte, whatever the number of threads."],
    options: [train, dev, LabelerTrainingOptions.output, format, unit, scheme, lexicon] + LabelerTrainingOptions.all,
    examples: [
      Example(
        "textkit train ner --train corpora/zh-ner/train.conll --dev corpora/zh-ner/dev.conll -o ner.safetensors",
        "train on the sample corpus"),
      Example(
        "textkit train ner --unit words --train corpora/en-ner/train.conll --set training.epochs=5 -o ner.safetensors",
        "English: tag words"),
    ])

  let arguments: ParsedArguments
  let notes: [String: String]

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    notes = try ModelNotes.parse(arguments[LabelerTrainingOptions.note])
    try VectorsArgument.check(arguments[LabelerTrainingOptions.vectors])
    _ = try configuration(defaults)
  }

  func run(in context: CommandContext) throws {
    var vectors = try VectorsArgument.read(
      arguments[LabelerTrainingOptions.vectors], threads: arguments[LabelerTrainingOptions.threads], in: context)
    var defaults = defaults
    defaults.model = defaults.model.suited(to: vectors)
    vectors.lexicon = Lexicon(normalizer: try configuration(defaults).model.normalizer)
    for path in arguments[Self.lexicon] { try vectors.lexicon.add(contentsOf: path.text) }
    let options = EntityCorpusArguments.options(arguments)
    try LabelerTrainingOptions.run(
      .entities(
        train: try EntityCorpus(contentsOf: arguments[Self.train].text, options: options),
        dev: try arguments[Self.dev].map { try EntityCorpus(contentsOf: $0.text, options: options) },
        scheme: arguments[Self.scheme]), vectors: vectors, configuration: try configuration(defaults), notes: notes,
      arguments, in: context)
  }

  private var defaults: LabelerTrainingConfiguration {
    var defaults = LabelerTrainingConfiguration()
    if arguments[Self.unit] == .words { defaults.model = .words }
    // A sentence is read whole: what an entity is, is told by what stands around it.
    defaults.model.splitter = SentenceSplitter(granularity: .sentence)
    return defaults
  }

  private func configuration(
    _ defaults: LabelerTrainingConfiguration
  ) throws(ConfigurationError) -> LabelerTrainingConfiguration {
    try LabelerTrainingOptions.configuration(arguments, defaults: defaults)
  }
}

/// The options of all commands that read corpora of entities.
enum EntityCorpusArguments {
  static let format = Option(
    "corpus-format", value: "name", optional: EntityFormat.self,
    help: "How texts and entities are laid out; told from the content where it is left out.")

  static func options(_ arguments: ParsedArguments) -> EntityCorpusOptions {
    EntityCorpusOptions(format: arguments[format])
  }
}

extension LabelingUnit: OptionChoice {}
extension TagScheme: OptionChoice {}
extension EntityFormat: OptionChoice {}
