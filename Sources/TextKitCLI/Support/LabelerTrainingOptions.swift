import Foundation
import TextKit
import TextKitCommandLine

/// The options of all commands that train a neural labeler.
enum LabelerTrainingOptions {
  static let output = SharedOptions.model
  static let config = SharedOptions.configuration
  static let set = SharedOptions.settings(such: "training.epochs=5")
  static let vectors = Option(
    "vectors", value: "kind=file", repeated: VectorsArgument.self,
    help: "Start the table of characters, bigrams or words from these vectors, in any format that textkit vectors "
      + "reads.")
  static let precision = Option(
    "precision", value: "name", default: LabelerPrecision.float32, help: "How weights are stored.")
  static let threads = SharedOptions.threads
  static let resume = SharedOptions.resume
  static let log = SharedOptions.log
  static let note = SharedOptions.note

  /// All of them but `output`, for a command's list of options.
  static let all: [any OptionDeclaration] = [config, set, vectors, precision, threads, resume, log, note]

  /// The configuration of the file and the overrides over some defaults.
  static func configuration(
    _ arguments: ParsedArguments, defaults: LabelerTrainingConfiguration
  ) throws(ConfigurationError) -> LabelerTrainingConfiguration {
    let overrides = arguments[set]
    guard let file = arguments[config] else {
      return try ConfigurationLoader.load(
        LabelerTrainingConfiguration.self, overrides: overrides, defaults: defaults)
    }
    return try ConfigurationLoader.load(
      LabelerTrainingConfiguration.self, from: file.url, overrides: overrides, defaults: defaults)
  }

  /// Trains and writes the model.
  static func run(
    _ source: LabelerTraining.Source, vectors: LabelerVectors, configuration: LabelerTrainingConfiguration,
    notes: [String: String], _ arguments: ParsedArguments, in context: CommandContext
  ) throws {
    var job = LabelerTraining(source, output: arguments[output].url, configuration: configuration)
    job.vectors = vectors
    job.precision = arguments[precision]
    job.threads = arguments[threads]
    job.resume = arguments[resume]
    job.metadata = notes
    let printer = TrainingPrinter(context)
    let log = try arguments[log].map { try TrainingLog(url: $0.url, resume: job.resume) }
    try job.run(log: log, observer: printer.note)
    try printer.finish()
  }
}

extension LabelerPrecision: OptionChoice {}
