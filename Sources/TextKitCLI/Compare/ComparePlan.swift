import TextKit
import TextKitCommandLine

/// What the arguments of `textkit compare` ask for.
struct ComparePlan: Sendable {
  /// Where the texts are.
  enum Source: Sendable {
    case parts(train: Path, dev: Path?, test: Path)
    case folds(Path, Int)
  }

  let source: Source
  let options: ComparisonOptions
  private let arguments: ParsedArguments

  /// Refuses what doesn't go together.
  init(_ arguments: ParsedArguments) throws {
    self.arguments = arguments
    _ = try LabeledCorpusOptions.options(arguments)
    source = try Self.source(arguments)
    var options = ComparisonOptions()
    options.search.dimensions = arguments[CompareCommand.search]
    options.search.trials = arguments[CompareCommand.trials]
    options.search.seconds = arguments[CompareCommand.budget]
    options.selection = arguments[CompareCommand.selection]
    options.seeds = arguments[CompareCommand.seeds].values
    options.curve = arguments[CompareCommand.curve].values
    options.seed = arguments[CompareCommand.seed]
    if let trials = options.search.trials, trials < 1 {
      throw CommandFailure(.usage, "expected --trials of at least 1, found \(trials)")
    }
    if let seconds = options.search.seconds, !(seconds >= 0) {
      throw CommandFailure(.usage, "expected --budget of at least 0 seconds, found \(seconds)")
    }
    guard Set(options.seeds).count == options.seeds.count else {
      throw CommandFailure(.usage, "expected different --seeds, found one twice")
    }
    if let size = options.curve.first(where: { !($0 > 0) || ($0 > 1 && $0 != $0.rounded()) }) {
      throw CommandFailure(.usage, "expected shares from 0 to 1 or numbers of texts for --curve, found \(size)")
    }
    self.options = options
    let names = arguments[CompareCommand.models]
    guard !names.isEmpty else { throw CommandFailure(.usage, "expected at least one --classifier, found none") }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw CommandFailure(.usage, "expected different models, found \(twice) twice")
    }
    // What tokens are is told when the texts are read; names and settings are wrong before.
    try options.search.validate(for: try models(reading: arguments[CompareCommand.tokens] ?? .words))
  }

  private static func source(_ arguments: ParsedArguments) throws -> Source {
    let (train, test) = (arguments[CompareCommand.train], arguments[CompareCommand.test])
    let dev = arguments[CompareCommand.dev]
    if let data = arguments[CompareCommand.data] {
      guard train == nil, dev == nil, test == nil else {
        throw CommandFailure(.usage, "--data excludes --train, --dev and --test")
      }
      return .folds(data, arguments[CompareCommand.folds])
    }
    guard !arguments.isGiven(CompareCommand.folds) else { throw CommandFailure(.usage, "--folds needs --data") }
    guard let train, let test else {
      throw CommandFailure(.usage, "expected --train and --test, or --data, found neither")
    }
    return .parts(train: train, dev: dev, test: test)
  }

  /// Reads the texts.
  func data() throws -> ComparisonData {
    switch source {
    case .parts(let train, let dev, let test):
      return .parts(
        train: try LabeledCorpusOptions.corpus(train, arguments),
        dev: try dev.map { try LabeledCorpusOptions.corpus($0, arguments) },
        test: try LabeledCorpusOptions.corpus(test, arguments))
    case .folds(let path, let count):
      let corpus = try LabeledCorpusOptions.corpus(path, arguments)
      guard corpus.count >= count else {
        throw CommandFailure(.dataError, "\(count) folds need as many texts, found \(corpus.count)")
      }
      return .folds(corpus, count: count, seed: options.seed)
    }
  }

  /// The texts that tell what a token is.
  func training(_ data: ComparisonData) -> LabeledCorpus {
    switch data {
    case .parts(let train, _, _): train
    case .folds(let corpus, _, _): corpus
    }
  }

  /// The recipes.
  func models(reading unit: TokenUnit) throws -> [NamedRecipe] {
    try arguments[CompareCommand.models].map { try NamedRecipe(parsing: $0, reading: unit) }
  }

  /// What the report says of the texts.
  var provenance: [(name: String, value: String)] {
    var entries: [(name: String, value: String)] = []
    switch source {
    case .parts(let train, let dev, let test):
      entries.append(("train", train.text))
      if let dev { entries.append(("dev", dev.text)) }
      entries.append(("test", test.text))
    case .folds(let path, _): entries.append(("data", path.text))
    }
    if let vectors = arguments[CompareCommand.vectors] { entries.append(("vectors", vectors.text)) }
    return entries
  }
}
