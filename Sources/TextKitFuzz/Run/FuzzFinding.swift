/// Something that should not have happened.
struct FuzzFinding: Codable, Equatable {
  enum Kind: String, Codable {
    /// The process ended.
    case trap
    /// An error that is none of the package's.
    case foreignError = "foreign error"
    /// What always holds did not.
    case brokenProperty = "broken property"
    /// More processor time than an input may take.
    case timeOut = "time-out"
    /// More memory than an input may take.
    case memory
  }

  var kind: Kind
  var message: String
  /// The input, in the worker's folder.
  var file: String
}

/// What a worker tells its supervisor, a line of JSON each.
struct WorkerEvent: Codable {
  var finding: FuzzFinding?
  /// At the end: inputs that showed something new.
  var kept: Int?
}
