import TextKit
import TextKitCommandLine

/// What a corpus that is checked is for.
enum CheckedTask: String, OptionChoice {
  case classify, ner
}

/// A format of texts with labels, of texts with entities, or of both.
struct CheckedFormat: OptionValue {
  let labeled: LabeledFormat?
  let entities: EntityFormat?

  init?(argument: String) {
    labeled = LabeledFormat(rawValue: argument)
    entities = EntityFormat(rawValue: argument)
    if labeled == nil, entities == nil { return nil }
  }

  static var choices: [String] {
    let labeled = LabeledFormat.allCases.map(\.rawValue)
    return labeled + EntityFormat.allCases.map(\.rawValue).filter { !labeled.contains($0) }
  }
  static var expectation: String { "one of " + choices.joined(separator: ", ") }
  var argumentText: String { labeled?.rawValue ?? entities?.rawValue ?? "" }
}
