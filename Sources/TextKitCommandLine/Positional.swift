import TextKitTraining

/// An argument without a name, declared once as a value; `arguments[positional]` is then of the right type.
package struct Positional<Value: Sendable>: PositionalDeclaration {
  package private(set) var specification: PositionalSpecification

  private init(
    _ name: String, _ help: String, _ words: ValueWords, minimum: Int, isRepeated: Bool,
    _ value: @escaping @Sendable ([String]) throws(ValueProblem) -> Value
  ) {
    specification = PositionalSpecification(
      name: name, help: help, words: words, minimum: minimum, isRepeated: isRepeated
    ) { texts throws(ValueProblem) in TypedValue(value: try value(texts)) }
  }
}

/// What a command lists: a positional of any type.
package protocol PositionalDeclaration: Sendable {
  var specification: PositionalSpecification { get }
}

/// What parser and help know about a positional, whatever its type.
package struct PositionalSpecification: Sendable {
  package let name: String
  package let help: String
  /// What the argument can be, for help and completion.
  package var words: ValueWords
  /// The least number of arguments that it takes.
  package let minimum: Int
  /// Whether it takes all the rest.
  package let isRepeated: Bool
  let value: @Sendable ([String]) throws(ValueProblem) -> any Sendable

  /// As usage shows it: `<file>`, `[<file>]`, `<file>...`, `[<file>...]`.
  package var display: String {
    let name = isRepeated ? "<\(name)>..." : "<\(name)>"
    return minimum > 0 ? name : "[\(name)]"
  }
}

extension Positional {
  /// The positional with words that completion offers beside others.
  package func suggesting(_ words: [String]) -> Positional {
    var copy = self
    copy.specification.words.suggestions = words
    return copy
  }

  /// A positional that has to be given.
  package init(_ name: String, required type: Value.Type, help: String) where Value: OptionValue {
    self.init(
      name, help, Value.words, minimum: 1, isRepeated: false
    ) { texts throws(ValueProblem) in try Value.parse(texts.first ?? "") }
  }

  /// A positional that may be left out; only repeated or optional ones may follow.
  package init<Wrapped: OptionValue>(_ name: String, optional type: Wrapped.Type, help: String)
  where Value == Wrapped? {
    self.init(
      name, help, Wrapped.words, minimum: 0, isRepeated: false
    ) { texts throws(ValueProblem) in try texts.first.map(Wrapped.parse) }
  }

  /// All the rest, at least `minimum` of them; nothing may follow.
  package init<Element: OptionValue>(
    _ name: String, repeated type: Element.Type, minimum: Int = 0, help: String
  ) where Value == [Element] {
    self.init(
      name, help, Element.words, minimum: minimum, isRepeated: true
    ) { texts throws(ValueProblem) in try texts.map(Element.parse) }
  }
}

extension OptionValue {
  /// The value that `text` spells; the nearest choice is suggested.
  static func parse(_ text: String) throws(ValueProblem) -> Self {
    guard let value = Self(argument: text) else {
      throw ValueProblem(
        expected: expectation, found: text, suggestion: nearestName(to: text, among: choices))
    }
    return value
  }
}
