import TextKit
import TextKitCommandLine

/// `--vectors kind=file`: vectors that a labeler's table starts from.
struct VectorsArgument: OptionValue {
  let kind: LabelerVectors.Kind
  let path: Path

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let kind = LabelerVectors.Kind(rawValue: parts[0]), let path = Path(argument: parts[1])
    else { return nil }
    self.kind = kind
    self.path = path
  }

  static var expectation: String {
    LabelerVectors.Kind.allCases.map { "\($0.rawValue)=<file>" }.joined(separator: " or ")
  }
  var argumentText: String { "\(kind.rawValue)=\(path.text)" }

  /// Refuses a kind that is given twice.
  static func check(_ arguments: [VectorsArgument]) throws {
    var kinds: Set<LabelerVectors.Kind> = []
    for argument in arguments where !kinds.insert(argument.kind).inserted {
      throw CommandFailure(.usage, "--vectors \(argument.kind.rawValue)=… is given twice")
    }
  }

  /// Reads the files, and says on standard error what of them could not be used.
  static func read(
    _ arguments: [VectorsArgument], threads: Int, in context: CommandContext
  ) throws -> LabelerVectors {
    var vectors = LabelerVectors()
    for argument in arguments {
      try vectors.set(
        argument.kind, to: try VectorCommands.read(argument.path, limit: nil, threads: threads, in: context))
    }
    return vectors
  }
}
