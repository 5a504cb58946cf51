import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit compare classify`, and `textkit compare` alone: trains classifiers on the same texts and puts them side by side.
struct CompareCommand: Command {
  static let train = Option("train", value: "file", optional: Path.self, help: "Texts with labels to learn from.")
  static let dev = Option(
    "dev", value: "file", optional: Path.self,
    help: "Held-out texts that settings are chosen by; without it, a tenth of the training texts is held out.")
  static let test = Option(
    "test", value: "file", optional: Path.self, help: "Texts to score on; looked at once, in the end.")
  static let data = Option(
    "data", value: "file", optional: Path.self,
    help: "One corpus for cross-validation, instead of --train and --test.")
  static let folds = Option(
    "folds", value: "count", default: 10, in: 2...1000, help: "With --data: how many stratified folds.")
  static let models = Option(
    "classifier", short: "c", value: "name", repeated: String.self,
    help: "What to compare: \(NamedRecipe.names.joined(separator: ", ")); settings may follow, as in svm:c=0.5."
  ).suggesting(NamedRecipe.names)
  static let tokens = Option(
    "tokens", short: "t", value: "unit", optional: TokenUnit.self,
    help: "What is read as one token. Without it, characters for texts that are mostly Chinese, else words.")
  static let vectors = Option(
    "vectors", value: "file", optional: Path.self, help: "Neural classifiers start from these vectors.")
  static let search = Option(
    "search", value: "entry=a|b|c", repeated: ComparisonSearch.Dimension.self,
    help: "Try these values on dev and take the best; svm:c=0.1|1 is for that model only. Several make a grid.")
  static let trials = Option(
    "trials", value: "count", optional: Int.self, help: "Try at most so many points of the grid, at random.")
  static let budget = Option(
    "budget", value: "seconds", optional: Double.self, help: "Begin no trial of a model's search after so long.")
  static let selection = Option(
    "select", value: "figure", default: ComparisonOptions.Selection.accuracy, help: "What decides among settings.")
  static let seeds = Option(
    "seeds", value: "a,b,c", default: NumberList<UInt64>(values: []),
    help: "Train models that depend on a seed once with each of these.")
  static let curve = Option(
    "curve", value: "0.1,0.3,1", default: NumberList<Double>(values: []),
    help: "Learning curve: shares of the training texts up to 1, or numbers of texts.")
  static let seed = Option(
    "seed", value: "number", default: UInt64(1), help: "What folds, subsets and random points depend on.")
  static let threads = SharedOptions.threads
  static let json = SharedOptions.json
  static let report = Option(
    "report", value: "file.html", optional: Path.self, help: "Write a page with tables, charts and examples.")
  static let predictions = Option(
    "predictions", value: "folder", optional: Path.self,
    help: "Write each model's answers: right label, predicted label, confidence, text; with a TAB between.")
  static let description = CommandDescription(
    name: "classify", summary: "Train classifiers on the same texts and put them side by side",
    discussion: [
      "Each model is trained in a process of its own, so that time and memory are its own. One that fails has a line "
        + "that says why, the others go on, and the exit code is not 0.",
      "p is McNemar's against the best; the interval holds 95% of 1,000 bootstrap resamples.",
    ],
    options: [
      train, dev, test, data, folds, models, tokens, vectors, search, trials, budget, selection, seeds, curve, seed,
      threads, json, report, predictions,
    ] + LabeledCorpusOptions.all,
    examples: [
      Example(
        "textkit compare classify --train a.tsv --dev b.tsv --test c.tsv -c svm -c nbsvm -c textcnn", "three models"),
      Example("textkit compare classify --data all.tsv --folds 10 -c svm -c nbsvm", "by cross-validation"),
      Example(
        "textkit compare classify --train a.tsv --test c.tsv -c svm --search 'c=0.1|1|10' --curve 0.1,0.3,1 --report r.html",
        "search, learning curve and report"),
    ])

  let arguments: ParsedArguments
  let plan: ComparePlan

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    plan = try ComparePlan(arguments)
  }

  func run(in context: CommandContext) throws {
    let data = try plan.data()
    let unit = arguments[Self.tokens] ?? TokenUnit(suiting: plan.training(data))
    var comparison = Comparison(models: try plan.models(reading: unit), data: data)
    comparison.options = plan.options
    comparison.environment.threads = arguments[Self.threads]
    try comparison.options.search.validate(for: comparison.models)
    if let path = arguments[Self.report] { try AtomicFile.check(path.url) }
    if let folder = arguments[Self.predictions] { try PredictionFiles.make(folder.url) }
    Interruption.watch()
    let runner = try ChildProcessRunner(comparison, reading: unit, vectors: arguments[Self.vectors])
    defer { runner.removeFiles() }
    let progress = ProgressLine(context)
    let result = comparison.run(runner) { progress.note($0) }
    try progress.finish()
    if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
    try write(result, documents: data.testDocuments, in: context)
  }

  private func write(_ result: ComparisonTable, documents: [LabeledDocument], in context: CommandContext) throws {
    try context.output.write(
      arguments[Self.json] ? try AnswerFormat.line(result.withoutOutcomes) : result.text)
    try context.output.flush()
    if let folder = arguments[Self.predictions] {
      try PredictionFiles(folder: folder.url, documents: documents).write(result)
    }
    if let path = arguments[Self.report] {
      var report = ComparisonReport(result, documents: documents)
      report.provenance = plan.provenance
      try report.write(to: path.url)
    }
    let failed = result.rows.filter { $0.failure != nil }
    guard failed.isEmpty else {
      throw CommandFailure(
        .dataError,
        "\(failed.count) of \(result.rows.count) models failed: \(failed.map(\.name).joined(separator: ", "))")
    }
  }
}

extension ProgressLine {
  /// Tells of a comparison.
  fileprivate func note(_ event: ComparisonEvent) {
    switch event {
    case .started(let model, let number, let count): show("\(number)/\(count) \(model) …")
    case .finished(let row):
      guard let result = row.result else { return line("\(row.name)  failed: \(row.failure ?? "")") }
      line(
        String(
          format: "%@  accuracy %.4f  %.1f s", row.name, result.report.accuracy, result.trainingSeconds))
    }
  }
}

extension ComparisonOptions.Selection: OptionChoice {}

extension ComparisonSearch.Dimension: OptionValue {
  package init?(argument: String) { self.init(argument) }
  package static var expectation: String { "entry=a|b|c or model:entry=a|b|c" }
  package var argumentText: String { (model.map { "\($0):" } ?? "") + "\(key)=\(values.joined(separator: "|"))" }
}

/// Numbers with commas between.
struct NumberList<Number: OptionValue>: OptionValue {
  let values: [Number]

  init(values: [Number]) { self.values = values }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    values = parts.compactMap(Number.init(argument:))
    if values.count != parts.count { return nil }
  }

  static var expectation: String { "\(Number.expectation), or several with commas between" }
  var argumentText: String { values.isEmpty ? "none" : values.map(\.argumentText).joined(separator: ",") }
}
