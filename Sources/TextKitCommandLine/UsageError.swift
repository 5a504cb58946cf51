/// A command line that can't be understood.
package struct UsageError: Error, Equatable, Sendable {
  /// What is wrong, as data.
  package enum Reason: Error, Equatable, Sendable {
    case unknownOption(String, suggestion: String?)
    /// An option stands last, or before another option, but needs a value.
    case missingValue(option: String, valueName: String, next: String?)
    /// A flag was given a value: `--quiet=yes`.
    case unexpectedValue(option: String, value: String)
    /// `argument` is `--option` or `<positional>`.
    case invalidValue(argument: String, expected: String, found: String, suggestion: String?)
    case repeatedOption(String)
    case missingOption(String, valueName: String)
    case missingPositional(String)
    case unexpectedArgument(String)
    case unknownCommand(String, suggestion: String?)
    case missingCommand([String])
  }

  /// The command that was meant, from the name of the tool down: `["textkit", "train"]`.
  package let commandPath: [String]
  package let reason: Reason
}

extension UsageError: CustomStringConvertible {
  /// One line, with a hint where to look.
  package var description: String {
    "\(reason.message) (see '\(commandPath.joined(separator: " ")) --help')"
  }
}

extension UsageError.Reason {
  fileprivate var message: String {
    switch self {
    case .unknownOption(let option, let suggestion): "unknown option \(option)\(Self.hint(suggestion))"
    case .missingValue(let option, let valueName, nil): "option \(option) needs a value <\(valueName)>"
    case .missingValue(let option, let valueName, let next?):
      "option \(option) needs a value <\(valueName)>, found \(next); "
        + "write \(option)=\(next) if that is the value"
    case .unexpectedValue(let option, let value): "option \(option) takes no value, found '\(value)'"
    case .invalidValue(let argument, let expected, let found, let suggestion):
      "\(argument): expected \(expected), found '\(found)'\(Self.hint(suggestion))"
    case .repeatedOption(let option): "option \(option) is given twice"
    case .missingOption(let option, let valueName): "option \(option) <\(valueName)> is missing"
    case .missingPositional(let name): "argument <\(name)> is missing"
    case .unexpectedArgument(let argument): "unexpected argument '\(argument)'"
    case .unknownCommand(let command, let suggestion): "unknown command '\(command)'\(Self.hint(suggestion))"
    case .missingCommand(let names): "expected a command: \(names.joined(separator: ", "))"
    }
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean \($0)?" } ?? ""
  }
}
