import TextKitTraining

/// The values that a command line gives to the options and positionals of one command.
package struct ParsedArguments: Sendable {
  private let commandName: String
  private let options: [String: any Sendable]
  private let positionals: [String: any Sendable]
  private let given: Set<String>

  /// Reads `arguments`, the words behind the command's name.
  ///
  /// `--name value`, `--name=value`, `-n value`, `-nvalue` and grouped flags `-abc` are understood; `--` ends the
  /// options; `-` is a positional. A value that begins with a dash and isn't a number has to be joined by `=`.
  package init(
    _ arguments: [String], for description: CommandDescription
  ) throws(UsageError.Reason) {
    var words = WordParser(words: arguments[...], options: description.options)
    try words.parse()
    commandName = description.name
    given = Set(words.values.keys)
    options = try Self.options(of: description, words.values)
    positionals = try Self.positionals(of: description, words.positionals)
  }

  /// The value of an option that the command declares.
  package subscript<Value>(option: Option<Value>) -> Value {
    guard let typed = options[option.specification.name] as? TypedValue<Value> else {
      preconditionFailure("command \(commandName) doesn't declare --\(option.specification.name)")
    }
    return typed.value
  }

  /// The value of a positional that the command declares.
  package subscript<Value>(positional: Positional<Value>) -> Value {
    guard let typed = positionals[positional.specification.name] as? TypedValue<Value> else {
      preconditionFailure("command \(commandName) doesn't declare <\(positional.specification.name)>")
    }
    return typed.value
  }

  /// Whether the option stands on the command line, as opposed to having its default.
  package func isGiven<Value>(_ option: Option<Value>) -> Bool { given.contains(option.specification.name) }

  private static func options(
    of description: CommandDescription, _ texts: [String: [String]]
  ) throws(UsageError.Reason) -> [String: any Sendable] {
    var values: [String: any Sendable] = [:]
    for option in description.options {
      let texts = texts[option.name] ?? []
      if texts.isEmpty, option.occurrence == .required {
        throw .missingOption(option.display, valueName: option.valueName ?? "value")
      }
      do throws(ValueProblem) {
        values[option.name] = try option.value(texts)
      } catch {
        throw .invalidValue(
          argument: "option \(option.display)", expected: error.expected, found: error.found,
          suggestion: error.suggestion)
      }
    }
    return values
  }

  private static func positionals(
    of description: CommandDescription, _ texts: [String]
  ) throws(UsageError.Reason) -> [String: any Sendable] {
    var values: [String: any Sendable] = [:]
    var rest = texts[...]
    for positional in description.positionals {
      let taken = Array(positional.isRepeated ? rest : rest.prefix(1))
      rest = rest.dropFirst(taken.count)
      guard taken.count >= positional.minimum else { throw .missingPositional(positional.name) }
      do throws(ValueProblem) {
        values[positional.name] = try positional.value(taken)
      } catch {
        throw .invalidValue(
          argument: "argument <\(positional.name)>", expected: error.expected, found: error.found,
          suggestion: error.suggestion)
      }
    }
    if let first = rest.first { throw .unexpectedArgument(first) }
    return values
  }
}

/// Sorts words into options and positionals.
private struct WordParser {
  var words: ArraySlice<String>
  let options: [OptionSpecification]
  /// The texts given to each option, by name; an empty text for a flag.
  var values: [String: [String]] = [:]
  var positionals: [String] = []

  mutating func parse() throws(UsageError.Reason) {
    while let word = words.popFirst() {
      if word == "--" {
        positionals += words
        return
      } else if word.hasPrefix("--") {
        try parseLong(word)
      } else if word.hasPrefix("-"), word != "-" {
        try parseShort(word)
      } else {
        positionals.append(word)
      }
    }
  }

  private mutating func parseLong(_ word: String) throws(UsageError.Reason) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let option = options.first(where: { $0.name == name }) else {
      let nearest = nearestName(to: name, among: options.map(\.name) + ["help"])
      throw .unknownOption("--\(name)", suggestion: nearest.map { "--\($0)" })
    }
    try record(option, attached: parts.count > 1 ? String(parts[1]) : nil)
  }

  private mutating func parseShort(_ word: String) throws(UsageError.Reason) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = options.first(where: { $0.short == letter }) else {
        throw .unknownOption("-\(letter)", suggestion: suggestion(forShort: word))
      }
      if option.valueName == nil, letters.first != "=" {
        try record(option, attached: nil)
      } else {
        let hasSign = letters.first == "="
        try record(option, attached: letters.isEmpty ? nil : String(hasSign ? letters.dropFirst() : letters))
        return
      }
    }
  }

  /// `-format` was probably meant as `--format`.
  private func suggestion(forShort word: String) -> String? {
    let name = word.dropFirst().prefix { $0 != "=" }
    guard name.count > 1 else { return nil }
    return nearestName(to: String(name), among: options.map(\.name) + ["help"]).map { "--\($0)" }
  }

  private mutating func record(
    _ option: OptionSpecification, attached: String?
  ) throws(UsageError.Reason) {
    if values[option.name] != nil, option.occurrence != .repeated { throw .repeatedOption(option.display) }
    guard let valueName = option.valueName else {
      if let attached { throw .unexpectedValue(option: option.display, value: attached) }
      values[option.name] = [""]
      return
    }
    let value: String
    if let attached { value = attached } else { value = try nextValue(of: option, valueName) }
    values[option.name, default: []].append(value)
  }

  private mutating func nextValue(
    of option: OptionSpecification, _ valueName: String
  ) throws(UsageError.Reason) -> String {
    guard let next = words.first else {
      throw .missingValue(option: option.display, valueName: valueName, next: nil)
    }
    guard !next.hasPrefix("-") || next == "-" || Double(next) != nil else {
      throw .missingValue(option: option.display, valueName: valueName, next: next)
    }
    words.removeFirst()
    return next
  }
}
