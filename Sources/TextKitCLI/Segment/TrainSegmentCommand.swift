import Foundation
import TextKit
import TextKitCommandLine

/// `textkit train segment`: trains a word segmenter.
struct TrainSegmentCommand: Command {
  static let train = Option(
    "train", value: "file", required: Path.self,
    help: "Training corpus: a sentence a line, words separated by blanks.")
  static let dev = Option(
    "dev", value: "file", optional: Path.self, help: "Held-out corpus that decides which epoch is kept.")
  static let output = SharedOptions.model
  static let config = SharedOptions.configuration
  static let set = SharedOptions.settings(such: "training.epochs=5")
  static let vectors = Option(
    "vectors", value: "kind=file", repeated: VectorsArgument.self,
    help: "Start the table of characters or bigrams from these vectors, in any format that textkit vectors reads.")
  static let lexicon = Option(
    "lexicon", value: "file", repeated: Path.self,
    help: "A word and its frequency a line: what it says of bigrams is put beside their vectors, and with "
      + "model.lexiconDimension its words are looked up.")
  static let precision = Option(
    "precision", value: "name", default: LabelerPrecision.float32, help: "How weights are stored.")
  static let threads = SharedOptions.threads
  static let resume = SharedOptions.resume
  static let log = SharedOptions.log
  static let note = SharedOptions.note
  static let description = CommandDescription(
    name: "segment", summary: "Train a word segmenter on a segmented corpus",
    discussion: ["The same seed and data give the same model, byte for byte, whatever the number of threads."],
    options: [train, dev, output, config, set, vectors, lexicon, precision, threads, resume, log, note],
    examples: [
      Example(
        "textkit train segment --train corpora/zh-segmentation/train.seg --output sample.safetensors",
        "train on the sample corpus"),
      Example(
        "textkit train segment --train a.seg --dev b.seg --set training.epochs=5 -o m.safetensors",
        "keep the best of five epochs"),
      Example(
        "textkit train segment --train a.seg --vectors characters=c.vec --vectors bigrams=b.vec -o m.safetensors",
        "start from vectors of characters and bigrams, trained on text without labels"),
    ])

  let arguments: ParsedArguments
  let notes: [String: String]

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    notes = try ModelNotes.parse(arguments[Self.note])
    try VectorsArgument.check(arguments[Self.vectors])
    // What the vectors decide beside is told when they are read.
    _ = try configuration(defaults: LabelerTrainingConfiguration())
  }

  func run(in context: CommandContext) throws {
    var vectors = try VectorsArgument.read(
      arguments[Self.vectors], threads: arguments[Self.threads], in: context)
    var defaults = LabelerTrainingConfiguration()
    defaults.model = defaults.model.suited(to: vectors)
    let lexicons = arguments[Self.lexicon]
    if !lexicons.isEmpty {
      vectors.lexicon = Lexicon(normalizer: try configuration(defaults: defaults).model.normalizer)
      for path in lexicons { try vectors.lexicon.add(contentsOf: path.text) }
      try vectors.addBigramEvidence()
      defaults.model = defaults.model.suited(to: vectors)
    }
    var job = LabelerTraining(
      .segmented(train: arguments[Self.train].text, dev: arguments[Self.dev]?.text),
      output: arguments[Self.output].url, configuration: try configuration(defaults: defaults))
    job.vectors = vectors
    job.precision = arguments[Self.precision]
    job.threads = arguments[Self.threads]
    job.resume = arguments[Self.resume]
    job.metadata = notes
    let printer = TrainingPrinter(context)
    let log = try arguments[Self.log].map { try TrainingLog(url: $0.url, resume: job.resume) }
    try job.run(log: log, observer: printer.note)
    try printer.finish()
  }

  /// The configuration of the file and the overrides over some defaults.
  private func configuration(
    defaults: LabelerTrainingConfiguration
  ) throws(ConfigurationError) -> LabelerTrainingConfiguration {
    let overrides = arguments[Self.set]
    guard let file = arguments[Self.config] else {
      return try ConfigurationLoader.load(
        LabelerTrainingConfiguration.self, overrides: overrides, defaults: defaults)
    }
    return try ConfigurationLoader.load(
      LabelerTrainingConfiguration.self, from: file.url, overrides: overrides, defaults: defaults)
  }
}

extension LabelerPrecision: OptionChoice {}
