import Foundation
import TextKit
import TextKitCommandLine

/// The options of all commands that train a labeler.
enum LabelerTrainingOptions {
  static let output = SharedOptions.model
  static let labeler = Option(
    "labeler", value: "name", default: LabelerKind.neural,
    help: "A network, or, over features of tokens, a conditional random field or an averaged perceptron.")
  static let config = SharedOptions.configuration
  static let set = SharedOptions.settings(such: "training.epochs=5")
  static let vectors = Option(
    "vectors", value: "kind=file", repeated: VectorsArgument.self,
    help: "Start the table of characters, bigrams or words from these vectors, in any format that textkit vectors "
      + "reads."
  ).suggesting(LabelerVectors.Kind.allCases.map { "\($0.rawValue)=" })
  static let precision = Option(
    "precision", value: "name", default: LabelerPrecision.float32, help: "How weights are stored.")
  static let threads = SharedOptions.threads
  static let resume = SharedOptions.resume
  static let log = SharedOptions.log
  static let note = SharedOptions.note

  /// All of them but `output`, for a command's list of options.
  static let all: [any OptionDeclaration] = [labeler, config, set, vectors, precision, threads, resume, log, note]

  /// Refuses what doesn't go together.
  static func check(_ arguments: ParsedArguments, for task: LabelingTask, reading unit: LabelingUnit) throws {
    _ = try ModelNotes.parse(arguments[note])
    try VectorsArgument.check(arguments[vectors])
    let kind = arguments[labeler]
    let foreign = [
      (vectors.specification, !arguments[vectors].isEmpty), (resume.specification, arguments[resume]),
      (log.specification, arguments[log] != nil),
    ]
    if kind != .neural, let (option, _) = foreign.first(where: \.1) {
      throw CommandFailure(
        .usage, "\(option.display) is for --labeler \(LabelerKind.neural.rawValue), not \(kind.rawValue)")
    }
    // What vectors decide beside is told when they are read.
    _ = try labeler(arguments, for: task, reading: unit, from: LabelerVectors())
  }

  /// Trains and writes the model.
  static func run(
    _ source: LabelingSource, reading unit: LabelingUnit, lexicon: [Path], _ arguments: ParsedArguments,
    in context: CommandContext
  ) throws {
    let task = source.task
    var vectors = try VectorsArgument.read(arguments[vectors], threads: arguments[threads], in: context)
    vectors.lexicon = try self.lexicon(lexicon)
    let labeler = try labeler(arguments, for: task, reading: unit, from: vectors)
    guard lexicon.isEmpty || labeler.usesLexicon else {
      throw CommandFailure(.usage, "--lexicon is given, but no setting of \(labeler.name) looks words up")
    }
    var job = LabelerTraining(source, output: arguments[output].url, recipe: labeler.recipe)
    job.vectors = labeler.vectors
    job.precision = arguments[precision]
    job.threads = arguments[threads]
    job.resume = arguments[resume]
    job.metadata = try ModelNotes.parse(arguments[note])
    let printer = TrainingPrinter(context)
    let log = try arguments[log].map { try TrainingLog(url: $0.url, resume: job.resume) }
    try job.run(log: log, observer: printer.note)
    try printer.finish()
  }

  /// Words and their frequencies, as they stand in the files.
  static func lexicon(_ paths: [Path]) throws -> Lexicon {
    var lexicon = Lexicon(normalizer: Normalizer())
    for path in paths { try lexicon.add(contentsOf: path.text) }
    return lexicon
  }

  private static func labeler(
    _ arguments: ParsedArguments, for task: LabelingTask, reading unit: LabelingUnit, from vectors: LabelerVectors
  ) throws -> NamedLabeler {
    let kind = arguments[labeler]
    return try NamedLabeler(
      kind.rawValue, kind, for: task, reading: unit, from: vectors, file: arguments[config]?.url,
      settings: arguments[set])
  }
}

extension LabelerPrecision: OptionChoice {}
extension LabelerKind: OptionChoice {}
