import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit train classify`: trains a classifier.
struct TrainClassifyCommand: Command {
  static let train = Option(
    "train", value: "file", required: Path.self, help: "Texts with labels to learn from: a file or a folder.")
  static let dev = Option(
    "dev", value: "file", optional: Path.self,
    help: "Held-out texts: they decide which epoch of a neural classifier is kept, and are scored in the end.")
  static let output = SharedOptions.model
  static let classifier = Option(
    "classifier", short: "c", value: "name", default: "svm",
    help: "How to classify: \(NamedRecipe.names.joined(separator: ", ")); settings may follow, as in svm:c=0.5."
  ).suggesting(NamedRecipe.names)
  static let tokens = Option(
    "tokens", short: "t", value: "unit", optional: TokenUnit.self,
    help: "What is read as one token: characters, words, or words that the shipped segmenter finds (segmented). "
      + "Without it, characters for texts that are mostly Chinese, else words.")
  static let config = SharedOptions.configuration
  static let set = SharedOptions.settings(such: "training.epochs=5")
  static let vectors = Option(
    "vectors", value: "file", optional: Path.self,
    help: "Neural classifiers start from these vectors of words or characters, in any format of textkit vectors.")
  static let threads = SharedOptions.threads
  static let resume = SharedOptions.resume
  static let log = SharedOptions.log
  static let note = SharedOptions.note
  static let description = CommandDescription(
    name: "classify", summary: "Train a classifier, neural or classical, on texts with labels",
    discussion: ["The same seed and data give the same model, byte for byte, whatever the number of threads."],
    options: [train, dev, output, classifier, tokens, config, set, vectors, threads, resume, log, note]
      + LabeledCorpusOptions.all,
    examples: [
      Example(
        "textkit train classify --train corpora/en-sentiment/train.tsv --classifier nbsvm -o model.safetensors",
        "a classical classifier on the sample corpus"),
      Example(
        "textkit train classify --train a.csv --dev b.csv -c textcnn --vectors glove.txt -o textcnn.safetensors",
        "a neural one that starts from word vectors"),
    ])

  let arguments: ParsedArguments
  let notes: [String: String]

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    notes = try ModelNotes.parse(arguments[Self.note])
    // What the texts decide beside is told when they are read.
    _ = try Self.recipe(arguments, reading: arguments[Self.tokens] ?? .words)
    _ = try LabeledCorpusOptions.options(arguments)
  }

  func run(in context: CommandContext) throws {
    let train = try LabeledCorpusOptions.corpus(arguments[Self.train], arguments)
    let threads = arguments[Self.threads]
    let vectors = try arguments[Self.vectors].map {
      try VectorCommands.read($0, limit: nil, threads: threads, in: context)
    }
    let recipe = try Self.recipe(
      arguments, reading: arguments[Self.tokens] ?? TokenUnit(suiting: train), from: vectors)
    var job = ClassifierTraining(
      recipe: recipe, train: train,
      dev: try arguments[Self.dev].map { try LabeledCorpusOptions.corpus($0, arguments) },
      output: arguments[Self.output].url)
    job.environment.threads = threads
    job.environment.resume = arguments[Self.resume]
    job.environment.segmenter = recipe.needsSegmenter ? try Pretrained.segmenter().segmenter : nil
    job.environment.vectors = vectors
    job.metadata = notes
    let printer = TrainingPrinter(context)
    let log = try arguments[Self.log].map { try TrainingLog(url: $0.url, resume: arguments[Self.resume]) }
    job.environment.observer = { printer.note($0) }
    let report = try job.run(log: log).dev
    try printer.finish()
    if let report {
      try context.diagnostics.write(
        String(format: "dev accuracy %.4f  macro F1 %.4f\n", report.score.accuracy, report.score.macroF1))
      try context.diagnostics.flush()
    }
  }

  /// The recipe that the arguments name, with the configuration of the file and the overrides.
  private static func recipe(
    _ arguments: ParsedArguments, reading unit: TokenUnit, from vectors: WordVectors? = nil
  ) throws(ConfigurationError) -> any ClassifierRecipe {
    let named = try NamedRecipe(parsing: arguments[classifier], reading: unit, from: vectors).recipe
    guard let file = arguments[config] else { return try named.overriding(arguments[set]) }
    return try named.overriding(by: file.url, arguments[set])
  }
}

extension TokenUnit: OptionChoice {}
