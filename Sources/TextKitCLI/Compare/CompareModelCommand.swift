import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// What one process of a comparison is to do.
struct CompareRequest: Codable {
  /// Files of the process that asks, in `folder`.
  enum Part: String, CaseIterable {
    case train, dev, test
  }

  var model: String
  var unit: TokenUnit
  /// Where the texts are, as JSON Lines, and where the answer goes.
  var folder: URL
  /// With folds, all texts are in the file `train`.
  var folds: Int?
  var foldSeed: UInt64 = 0
  var hasDev = false
  var options: ComparisonOptions
  var threads: Int
  var vectors: String?
  /// The settings of each split; nil asks to search for them.
  var overrides: [[String]]?

  static func file(_ part: Part, in folder: URL) -> URL { folder.appending(path: "\(part.rawValue).jsonl") }
  static func answer(in folder: URL) -> URL { folder.appending(path: "answer.json") }
}

/// `textkit compare-model`: the work of one model of `textkit compare`, in a process of its own.
struct CompareModelCommand: Command {
  static let file = Positional("file", required: Path.self, help: "The request.")
  static let description = CommandDescription(
    name: "compare-model", summary: "Do the work of one model for textkit compare", positionals: [file],
    isHidden: true)

  let path: Path

  init(arguments: ParsedArguments) throws { path = arguments[Self.file] }

  func run(in context: CommandContext) throws {
    let request = try JSONDecoder().decode(CompareRequest.self, from: Data(contentsOf: path.url))
    let model = try NamedRecipe(parsing: request.model, reading: request.unit)
    var environment = ClassifierTrainingEnvironment()
    environment.threads = request.threads
    environment.segmenter = model.recipe.needsSegmenter ? try Pretrained.segmenter().segmenter : nil
    environment.vectors = try request.vectors.flatMap(Path.init(argument:)).map {
      try VectorCommands.read($0, limit: nil, threads: request.threads, in: context)
    }
    var job = ModelJob(
      model: model, data: try Self.data(request), options: request.options, environment: environment)
    job.measuresMemory = true
    let encoder = JSONEncoder()
    let answer =
      try request.overrides.map { try encoder.encode(try job.train(overrides: $0)) }
      ?? encoder.encode(try job.search())
    try AtomicFile.write(answer, to: CompareRequest.answer(in: request.folder))
  }

  private static func data(_ request: CompareRequest) throws -> ComparisonData {
    func corpus(_ part: CompareRequest.Part) throws -> LabeledCorpus {
      try LabeledCorpus(contentsOf: CompareRequest.file(part, in: request.folder).path, format: .jsonl)
    }
    if let folds = request.folds { return .folds(try corpus(.train), count: folds, seed: request.foldSeed) }
    return .parts(
      train: try corpus(.train), dev: request.hasDev ? try corpus(.dev) : nil, test: try corpus(.test))
  }
}
