/// What a manual says of a tool besides its commands.
package struct ManualNotes: Sendable {
  /// A term and what it means.
  package struct Entry: Sendable {
    package let term: String
    package let meaning: String

    package init(_ term: String, _ meaning: String) {
      self.term = term
      self.meaning = meaning
    }
  }

  /// What the tool is, one paragraph a string.
  package var description: [String]
  /// Variables of the environment that it heeds.
  package var environment: [Entry]
  /// Files that it looks for.
  package var files: [Entry]

  package init(description: [String] = [], environment: [Entry] = [], files: [Entry] = []) {
    self.description = description
    self.environment = environment
    self.files = files
  }
}

extension ExitCode: CaseIterable {
  package static var allCases: [ExitCode] {
    [.success, .usage, .dataError, .noInput, .software, .ioError, .interrupted]
  }

  /// What the code says.
  var meaning: String {
    switch self {
    case .success: "The work was done."
    case .usage: "The command line can't be understood."
    case .dataError: "An input can be read but isn't what it should be."
    case .noInput: "An input can't be read."
    case .software: "A mistake in the program."
    case .ioError: "An output can't be written."
    case .interrupted: "Ended by Ctrl-C or a request to terminate before the work was done."
    }
  }
}
