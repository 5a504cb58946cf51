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

  /// Reads the files.
  static func read(_ arguments: [VectorsArgument]) throws -> LabelerVectors {
    var vectors = LabelerVectors()
    for argument in arguments {
      guard vectors[argument.kind] == nil else {
        throw CommandFailure(.usage, "--vectors \(argument.kind.rawValue)=… is given twice")
      }
      try vectors.set(argument.kind, to: try WordVectors(contentsOf: argument.path.url))
    }
    return vectors
  }
}
