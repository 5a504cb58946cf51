import Foundation
import TextKit
import TextKitCommandLine

/// The options of the commands that compare labelers.
enum LabelerComparisonOptions {
  static let train = Option("train", value: "file", required: Path.self, help: "Corpus to learn from.")
  static let dev = Option(
    "dev", value: "file", optional: Path.self, help: "Held-out corpus that decides which epoch of a network is kept.")
  static let test = Option("test", value: "file", required: Path.self, help: "Corpus to score on.")
  static let models = Option(
    "labeler", short: "l", value: "name", repeated: String.self,
    help:
      "What to compare: \(LabelerKind.allCases.map(\.rawValue).joined(separator: ", ")); settings may follow, as in "
      + "crf:c2=0.5,iterations=50. Without it, all of them."
  ).suggesting(LabelerKind.allCases.map(\.rawValue))
  static let vectors = LabelerTrainingOptions.vectors
  static let lexicon = Option(
    "lexicon", value: "file", repeated: Path.self,
    help: "A word and its frequency a line, for labelers whose settings look words up.")
  static let seeds = CompareCommand.seeds
  static let threads = SharedOptions.threads
  static let json = SharedOptions.json

  /// All of them, for a command's list of options.
  static let all: [any OptionDeclaration] = [train, dev, test, models, vectors, lexicon, seeds, threads, json]
  /// What both commands say of themselves.
  static let discussion = [
    "p is that of the paired bootstrap against the best: small where the difference is hardly chance. The interval "
      + "holds 95% of 1,000 bootstrap resamples of the texts. Sizes are those of Float32 files.",
    "A model that fails has a line that says why, the others go on, and the exit code is not 0.",
  ]

  /// Refuses what doesn't go together.
  static func check(_ arguments: ParsedArguments, for task: LabelingTask, reading unit: LabelingUnit) throws {
    try VectorsArgument.check(arguments[vectors])
    let seeds = arguments[seeds].values
    guard Set(seeds).count == seeds.count else {
      throw CommandFailure(.usage, "expected different --seeds, found one twice")
    }
    let names = names(arguments)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw CommandFailure(.usage, "expected different models, found \(twice) twice")
    }
    _ = try names.map { try NamedLabeler(parsing: $0, for: task, reading: unit) }
  }

  /// Compares, and prints the table.
  static func run(
    _ source: LabelingSource, test: LabelerTest, reading unit: LabelingUnit, _ arguments: ParsedArguments,
    in context: CommandContext
  ) throws {
    var vectors = try VectorsArgument.read(arguments[vectors], threads: arguments[threads], in: context)
    vectors.lexicon = try LabelerTrainingOptions.lexicon(arguments[lexicon])
    var comparison = LabelerComparison(
      models: try names(arguments).map {
        try NamedLabeler(parsing: $0, for: source.task, reading: unit, from: vectors)
      }, source: source, test: test)
    guard arguments[lexicon].isEmpty || comparison.models.contains(where: \.usesLexicon) else {
      throw CommandFailure(.usage, "--lexicon is given, but no setting of the labelers looks words up")
    }
    comparison.seeds = arguments[seeds].values
    comparison.threads = arguments[threads]
    let folder = FileManager.default.temporaryDirectory.appending(path: "textkit-compare-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { ChildProcessRunner.remove(folder) }
    let progress = ProgressLine(context)
    let result = comparison.run(in: folder) { progress.note($0) }
    try progress.finish()
    try context.output.write(arguments[json] ? try AnswerFormat.line(result.withoutCounts) : result.text)
    try context.output.flush()
    let failed = result.rows.filter { $0.failure != nil }.map(\.name)
    guard failed.isEmpty else {
      throw CommandFailure(
        .dataError, "\(failed.count) of \(result.rows.count) models failed: \(failed.joined(separator: ", "))")
    }
  }

  private static func names(_ arguments: ParsedArguments) -> [String] {
    let names = arguments[models]
    return names.isEmpty ? LabelerKind.allCases.map(\.rawValue) : names
  }
}

extension ProgressLine {
  /// Tells of a comparison.
  fileprivate func note(_ event: LabelerComparisonEvent) {
    switch event {
    case .started(let model, let number, let count): show("\(number)/\(count) \(model) …")
    case .training(let model, .step(let progress)):
      show(
        String(
          format: "%@  epoch %d/%d %3d%%", model, progress.epoch, progress.epochs,
          100 * progress.tokens / max(1, progress.totalTokens)))
    case .training: break
    case .finished(let row):
      guard let run = row.result?.runs.first else { return line("\(row.name)  failed: \(row.failure ?? "")") }
      line(String(format: "%@  F1 %.4f  %.1f s", row.name, run.score.f1, run.trainingSeconds))
    }
  }
}
