/// An option of a command, declared once as a value; `arguments[option]` is then of the right type.
///
/// `Value` is `Bool` for a flag, `V` for an option that is required or has a default, `V?` for an optional one,
/// and `[V]` for one that may be repeated.
package struct Option<Value: Sendable>: OptionDeclaration {
  package private(set) var specification: OptionSpecification

  private init(_ specification: OptionSpecification) { self.specification = specification }
}

/// What a command lists: an option of any type.
package protocol OptionDeclaration: Sendable {
  var specification: OptionSpecification { get }
}

/// What parser and help know about an option, whatever its type.
package struct OptionSpecification: Sendable {
  /// How often an option may and has to be given.
  package enum Occurrence: Sendable { case optional, required, repeated }

  package let name: String
  package let short: Character?
  /// What stands for the value in help; `nil` for a flag.
  package let valueName: String?
  package let occurrence: Occurrence
  package let help: String
  /// What the value can be, for help and completion.
  package var words: ValueWords
  /// The default as help shows it.
  package let defaultText: String?
  /// The `TypedValue` of the texts that were given, in order; called with none for an option left out.
  let value: @Sendable ([String]) throws(ValueProblem) -> any Sendable

  /// The option as messages name it: `--format`.
  package var display: String { "--\(name)" }
}

extension Option {
  /// The option with words that completion offers beside others: not all that is allowed, but what is often meant.
  package func suggesting(_ words: [String]) -> Option {
    var copy = self
    copy.specification.words.suggestions = words
    return copy
  }
}

/// A value whose type is known again when it is taken out: a bare `nil` in an `any Sendable` isn't.
struct TypedValue<Value: Sendable>: Sendable {
  let value: Value
}

/// A text that doesn't spell a value.
struct ValueProblem: Error {
  let expected: String
  let found: String
  let suggestion: String?
}

extension Option where Value == Bool {
  /// An option without value.
  package init(flag name: String, short: Character? = nil, help: String) {
    self.init(name, short, nil, .optional, help, ValueWords(), nil) { texts in !texts.isEmpty }
  }
}

extension Option where Value: OptionValue {
  /// An option with a default.
  package init(
    _ name: String, short: Character? = nil, value valueName: String, default defaultValue: Value,
    help: String
  ) {
    self.init(name, short, valueName, .optional, help, Value.words, defaultValue.argumentText) {
      texts throws(ValueProblem) in try texts.first.map(Value.parse) ?? defaultValue
    }
  }

  /// An option that has to be given.
  package init(
    _ name: String, short: Character? = nil, value valueName: String, required type: Value.Type, help: String
  ) {
    self.init(name, short, valueName, .required, help, Value.words, nil) {
      texts throws(ValueProblem) in try Value.parse(texts.first ?? "")
    }
  }
}

extension Option where Value: OptionValue & Comparable {
  /// An option with a default, and with limits.
  package init(
    _ name: String, short: Character? = nil, value valueName: String, default defaultValue: Value,
    in range: ClosedRange<Value>, help: String
  ) {
    precondition(range.contains(defaultValue), "--\(name): default \(defaultValue) outside \(range)")
    self.init(name, short, valueName, .optional, help, Value.words, defaultValue.argumentText) {
      texts throws(ValueProblem) in
      guard let text = texts.first else { return defaultValue }
      let limits = "\(range.lowerBound.argumentText) to \(range.upperBound.argumentText)"
      guard let value = Value(argument: text), range.contains(value) else {
        throw ValueProblem(expected: "\(Value.expectation) from \(limits)", found: text, suggestion: nil)
      }
      return value
    }
  }
}

extension Option {
  /// An option that may be left out.
  package init<Wrapped: OptionValue>(
    _ name: String, short: Character? = nil, value valueName: String, optional type: Wrapped.Type,
    help: String
  ) where Value == Wrapped? {
    self.init(name, short, valueName, .optional, help, Wrapped.words, nil) {
      texts throws(ValueProblem) in try texts.first.map(Wrapped.parse)
    }
  }

  /// An option that may be given any number of times.
  package init<Element: OptionValue>(
    _ name: String, short: Character? = nil, value valueName: String, repeated type: Element.Type,
    help: String
  ) where Value == [Element] {
    self.init(name, short, valueName, .repeated, help, Element.words, nil) {
      texts throws(ValueProblem) in try texts.map(Element.parse)
    }
  }

  private init(
    _ name: String, _ short: Character?, _ valueName: String?, _ occurrence: OptionSpecification.Occurrence,
    _ help: String, _ words: ValueWords, _ defaultText: String?,
    _ value: @escaping @Sendable ([String]) throws(ValueProblem) -> Value
  ) {
    precondition(
      !name.isEmpty && !name.hasPrefix("-") && !name.contains("="), "\(name) can't be the name of an option")
    self.init(
      OptionSpecification(
        name: name, short: short, valueName: valueName, occurrence: occurrence, help: help, words: words,
        defaultText: defaultText
      ) { texts throws(ValueProblem) in TypedValue(value: try value(texts)) })
  }
}
