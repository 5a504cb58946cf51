import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit train online`: trains a linear classifier from a stream of any length.
struct TrainOnlineCommand: Command {
  static let input = Positional(
    "texts", required: Path.self, help: "Texts with labels: a file or a folder; - is standard input.")
  static let output = SharedOptions.model
  static let tokens = Option(
    "tokens", short: "t", value: "unit", default: TokenUnit.words,
    help: "What is read as one token: words, characters (for Chinese), or words that the shipped segmenter finds.")
  static let labels = Option(
    "label", short: "l", value: "name", repeated: String.self,
    help: "A label; may be repeated. Without any, labels are those that appear, as they appear.")
  static let multiLabel = Option(flag: "multi-label", help: "Texts have any number of labels.")
  static let config = SharedOptions.configuration
  static let set = SharedOptions.settings(such: "ftrl.l1=0.1")
  static let interval = Option(
    "save-every", value: "count", default: 100_000, in: 1...Int.max, help: "Texts between saved states.")
  static let threads = SharedOptions.threads
  static let resume = Option(
    flag: "resume",
    help: "Go on with a training that was interrupted or killed; needs the same texts from the first on.")
  static let note = SharedOptions.note
  static let description = CommandDescription(
    name: "online",
    summary: "Train a linear classifier from a stream of texts with labels, read once (FTRL-Proximal)",
    discussion: [
      "Memory doesn't grow with the stream. Each text is classified before it is learned: loss and accuracy are those of "
        + "unseen texts. Ctrl-C writes what was learned so far, and --resume goes on from there; after a crash it "
        + "goes on from the last saved state. The model is the same, byte for byte, whatever happened on the way and whatever "
        + "the number of threads."
    ],
    positionals: [input],
    options: [output, tokens, labels, multiLabel, config, set, interval, threads, resume, note]
      + LabeledCorpusOptions.all,
    examples: [
      Example(
        "textkit train online reviews.tsv --corpus-format tab -o model.safetensors", "a file of label, TAB, text"),
      Example(
        "zcat log.jsonl.gz | textkit train online - --corpus-format jsonl --set features.hashBits=20 -o m.safetensors",
        "a stream of JSON Lines, a million features"),
    ])

  let arguments: ParsedArguments
  let job: OnlineTraining

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    _ = try LabeledCorpusOptions.options(arguments)
    var defaults = OnlineConfiguration()
    defaults.features = defaults.features.reading(arguments[Self.tokens])
    defaults.labels = arguments[Self.labels]
    if arguments[Self.multiLabel] {
      defaults.multiLabel = true
      defaults.ftrl.loss = .logistic
    }
    let overrides = arguments[Self.set]
    let configuration =
      if let file = arguments[Self.config] {
        try ConfigurationLoader.load(
          OnlineConfiguration.self, from: file.url, overrides: overrides, defaults: defaults)
      } else {
        try ConfigurationLoader.load(OnlineConfiguration.self, overrides: overrides, defaults: defaults)
      }
    guard !arguments[Self.output].isStandardStream else {
      throw CommandFailure(.usage, "option --output: expected a file, found -")
    }
    var job = OnlineTraining(output: arguments[Self.output].url, configuration: configuration)
    job.threads = arguments[Self.threads]
    job.resume = arguments[Self.resume]
    job.saveInterval = arguments[Self.interval]
    job.metadata = try ModelNotes.parse(arguments[Self.note])
    self.job = job
  }

  func run(in context: CommandContext) throws {
    var job = job
    if job.configuration.features.needsSegmenter {
      job.segmenter = try Pretrained.segmenter().segmenter
    }
    let lines = ProgressLine(context)
    let reader = try LabeledCorpusOptions.reader(
      arguments[Self.input], arguments, isInterrupted: { Interruption.isRequested })
    Interruption.watch()
    let outcome = try job.run(
      reader, observer: { Self.show($0, lines) }, isInterrupted: { Interruption.isRequested })
    lines.line(
      String(
        format: "%d texts  before they were learned: loss %.4f  accuracy %.4f", outcome.score.documents,
        outcome.score.loss, outcome.score.accuracy))
    try lines.finish()
    if !outcome.isComplete {
      throw CommandFailure(
        .interrupted, "interrupted: \(job.output.path) holds what was learned so far",
        hint: "--resume goes on from there")
    }
  }

  private static func show(_ event: OnlineEvent, _ lines: ProgressLine) {
    switch event {
    case .resumed(let documents): lines.line("resumed after \(documents) texts")
    case .startedAnew(let discards):
      lines.line(
        discards
          ? "started anew: the state of an interrupted training was discarded, as --resume was not given"
          : "started anew: there is no saved state to resume from")
    case .progress(let progress): lines.show(text(progress))
    case .saved(let progress): lines.line(text(progress))
    }
  }

  private static func text(_ progress: OnlineProgress) -> String {
    String(
      format: "%d texts  %d labels  loss %.4f  accuracy %.4f  since the last state %.4f %.4f  %.0f texts/s",
      progress.total.documents, progress.labels, progress.total.loss, progress.total.accuracy, progress.recent.loss,
      progress.recent.accuracy, progress.documentsPerSecond)
  }
}
