import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit vectors train`: vectors of words, characters or bigrams from plain text.
struct VectorsTrainCommand: Command {
  static let inputs = Positional(
    "text", repeated: Path.self, help: "Files or folders of text; standard input for - or none.")
  static let output = Option(
    "output", short: "o", value: "file", required: Path.self, help: "Where the vectors go.")
  static let tokens = Option(
    "tokens", short: "t", value: "name", optional: VectorTokens.self,
    help:
      "What gets a vector: words between white space (the default), characters, bigrams of them, or segmented words.")
  static let model = Option(
    "model", short: "m", value: "file", optional: Path.self,
    help: "Segmenter for --tokens segmented, if not the shipped."
  ).suggesting(ModelLocator.names(for: [.segmentation]))
  static let architecture = Option(
    "architecture", value: "name", optional: Word2VecConfiguration.Architecture.self,
    help: "What predicts what: skip-gram by default.")
  static let loss = Option(
    "loss", value: "name", optional: Word2VecConfiguration.Loss.self,
    help: "How a prediction is scored: negative-sampling by default.")
  static let config = SharedOptions.configuration
  static let set = SharedOptions.settings(such: "word2vec.sample=1e-4")
  static let format = Option(
    "format", short: "f", value: "name", default: VectorFileFormat.safetensors, help: "The format to write.")
  static let precision = Option(
    "precision", value: "name", default: VectorPrecision.float32, help: "How a model file stores numbers.")
  static let deterministic = Option(
    flag: "deterministic", help: "The same bytes for any number of threads; slower than letting threads race.")
  static let saveEvery = Option(
    "save-every", value: "seconds", default: 600.0, in: 0...1e9,
    help: "Time between saved states; a run that is killed loses no more than that.")
  static let resume = SharedOptions.resume
  static let log = SharedOptions.log
  static let note = SharedOptions.note

  /// The entries of the configuration that have options of their own.
  static let entries: [(option: Option<String?>, key: String)] = [
    (numeric("dimension", "d", "Dimension of the vectors."), "word2vec.dimension"),
    (numeric("window", "w", "The farthest that words look to each side."), "word2vec.window"),
    (numeric("negatives", nil, "Words drawn against each center."), "word2vec.negatives"),
    (numeric("sample", nil, "Share of the text above which occurrences are skipped."), "word2vec.sample"),
    (numeric("epochs", "e", "Passes over the text."), "word2vec.epochs"),
    (numeric("rate", nil, "The first learning rate."), "word2vec.learningRate"),
    (numeric("seed", nil, "What random choices depend on."), "word2vec.seed"),
    (numeric("min-count", nil, "Rarer tokens get no vector."), "text.minimumCount"),
    (numeric("phrases", nil, "Passes that join words to phrases."), "text.phrasePasses"),
    (numeric("subwords", nil, "Longest n-grams that words are made of; 0 for none."), "word2vec.maximumSubword"),
  ]

  private static func numeric(_ name: String, _ short: Character?, _ help: String) -> Option<String?> {
    Option(name, short: short, value: "number", optional: String.self, help: help)
  }

  static let description = CommandDescription(
    name: "train", summary: "Train vectors on plain text (word2vec)",
    discussion: [
      "Text may be larger than memory. Ctrl-C writes what was learned so far, and --resume goes on from there. Defaults "
        + "and further entries are those of the configuration, see --set."
    ],
    positionals: [inputs],
    options: [output, tokens, model, architecture, loss] + entries.map(\.option)
      + [config, set, format, precision, deterministic, VectorCommands.threads, saveEvery, resume, log, note],
    examples: [
      Example("textkit vectors train wiki.txt -o wiki.safetensors --epochs 3 --sample 1e-4", "vectors of words"),
      Example(
        "textkit vectors train news/ -t characters -d 64 -o chars.txt -f text", "of characters, for a segmenter"),
      Example(
        "textkit vectors train news/ -t segmented --subwords 4 -o zh.safetensors", "of Chinese words and pieces"),
    ])

  let job: VectorTraining
  let logURL: URL?
  let modelPath: Path?

  init(arguments: ParsedArguments) throws {
    var overrides: [String] = []
    if let tokens = arguments[Self.tokens] { overrides.append("text.tokens=\(tokens.rawValue)") }
    if let name = arguments[Self.architecture] { overrides.append("word2vec.architecture=\(name.rawValue)") }
    if let loss = arguments[Self.loss] { overrides.append("word2vec.loss=\(loss.rawValue)") }
    if arguments[Self.deterministic] { overrides.append("word2vec.deterministic=true") }
    for entry in Self.entries {
      if let value = arguments[entry.option] { overrides.append("\(entry.key)=\(value)") }
    }
    overrides += arguments[Self.set]
    let configuration =
      if let file = arguments[Self.config] {
        try ConfigurationLoader.load(VectorTrainingConfiguration.self, from: file.url, overrides: overrides)
      } else {
        try ConfigurationLoader.load(VectorTrainingConfiguration.self, overrides: overrides)
      }
    let paths = arguments[Self.inputs]
    var job = VectorTraining(
      inputs: paths.isEmpty
        ? [.standardInput] : paths.map { $0.isStandardStream ? .standardInput : .path($0.text) },
      output: arguments[Self.output].url, configuration: configuration)
    job.format = arguments[Self.format]
    job.precision = arguments[Self.precision]
    job.threads = arguments[VectorCommands.threads]
    job.checkpointInterval = arguments[Self.saveEvery]
    job.resume = arguments[Self.resume]
    job.metadata = try ModelNotes.parse(arguments[Self.note])
    guard job.format == .safetensors || (job.precision == .float32 && job.metadata.isEmpty) else {
      throw CommandFailure(
        .usage,
        "--\(job.metadata.isEmpty ? "precision" : "note") is for --format safetensors, not \(job.format.rawValue)")
    }
    guard !arguments[Self.output].isStandardStream else {
      throw CommandFailure(.usage, "option --output: expected a file, found -")
    }
    guard arguments[Self.model] == nil || configuration.text.tokens == .segmented else {
      throw CommandFailure(
        .usage, "--model is for --tokens segmented, not \(configuration.text.tokens.rawValue)")
    }
    self.job = job
    modelPath = arguments[Self.model]
    logURL = arguments[Self.log]?.url
  }

  func run(in context: CommandContext) throws {
    var job = job
    if job.configuration.text.tokens == .segmented {
      job.segmenter = try ModelLocator.segmenter(modelPath).segmenter
    }
    let printer = VectorTrainingPrinter(context, log: try logURL.map { try TrainingLog(url: $0, resume: job.resume) })
    let outcome = try job.run(
      observer: { event in
        // Until the text is read there is nothing to save.
        if case .corpus = event { Interruption.watch() }
        printer.note(event)
      }, isInterrupted: { Interruption.isRequested })
    try printer.finish()
    if !outcome.isComplete {
      throw CommandFailure(
        .interrupted, "interrupted: \(job.output.path) holds what was learned so far",
        hint: "--resume goes on from there")
    }
  }
}

extension VectorTokens: OptionChoice {}
extension Word2VecConfiguration.Architecture: OptionChoice {}
extension Word2VecConfiguration.Loss: OptionChoice {}
