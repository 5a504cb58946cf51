import Foundation

/// A value that an argument can stand for.
package protocol OptionValue: Sendable {
  /// The value that `argument` spells, or `nil`.
  init?(argument: String)
  /// What a message says was expected: `an integer`.
  static var expectation: String { get }
  /// All spellings, if they are few; listed in help and used for suggestions.
  static var choices: [String] { get }
  /// Whether the value names a file or a folder.
  static var isPath: Bool { get }
  /// How help shows this value as a default.
  var argumentText: String { get }
}

extension OptionValue {
  package static var choices: [String] { [] }
  package static var isPath: Bool { false }

  /// What a value can be.
  static var words: ValueWords { ValueWords(choices: choices, isPath: isPath) }
}

/// What a value can be, as far as words can tell.
package struct ValueWords: Equatable, Sendable {
  /// All spellings, if they are few.
  package var choices: [String] = []
  /// Whether it names a file or a folder.
  package var isPath = false
  /// Words that are often meant, where others are allowed too.
  package var suggestions: [String] = []

  /// What completion offers, besides names of files.
  var offered: [String] { choices + suggestions }
}

/// A choice among names: the cases of an enum of strings.
package protocol OptionChoice: OptionValue, CaseIterable, RawRepresentable<String> {}

extension OptionChoice {
  package init?(argument: String) { self.init(rawValue: argument) }
  package static var expectation: String { "one of " + choices.joined(separator: ", ") }
  package static var choices: [String] { allCases.map(\.rawValue) }
  package var argumentText: String { rawValue }
}

extension String: OptionValue {
  package init?(argument: String) { self = argument }
  package static var expectation: String { "text" }
  package var argumentText: String { self }
}

extension Int: OptionValue {
  package init?(argument: String) { self.init(argument) }
  package static var expectation: String { "an integer" }
  package var argumentText: String { String(self) }
}

extension UInt64: OptionValue {
  package init?(argument: String) { self.init(argument) }
  package static var expectation: String { "an integer of at least 0" }
  package var argumentText: String { String(self) }
}

extension Double: OptionValue {
  package init?(argument: String) {
    guard let value = Double(argument), value.isFinite else { return nil }
    self = value
  }
  package static var expectation: String { "a number" }
  package var argumentText: String { String(self) }
}

/// The name of a file; `-` stands for standard input or output.
package struct Path: OptionValue, Equatable {
  package let text: String

  package init?(argument: String) {
    // No file has an empty name, and none has a zero byte in it.
    guard !argument.isEmpty, !argument.utf8.contains(0) else { return nil }
    text = argument
  }

  package static var expectation: String { "the name of a file" }
  package static var isPath: Bool { true }
  package var argumentText: String { text }

  /// Whether this is `-`.
  package var isStandardStream: Bool { text == "-" }

  package var url: URL { URL(fileURLWithPath: text) }
}
