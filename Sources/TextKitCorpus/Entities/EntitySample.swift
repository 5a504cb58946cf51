/// A text with its entities: a sentence of columns, or a record of JSON Lines.
public struct EntitySample: Hashable, Sendable {
  /// The untouched text; of a sentence of columns, its tokens put together.
  public var text: SourceText
  /// The tokens that the corpus gives, ascending, none empty; nil where it gives raw text.
  public var tokens: [TextSpan]?
  /// The entities: non-empty ranges of bytes with a type, in any order.
  public var entities: [LabeledSpan]
  /// The line of the file that the sample begins at, from 1; 0 if it comes from no file.
  public var line: Int

  /// Creates a sample; every token and entity has to lie within the text.
  public init(text: SourceText, tokens: [TextSpan]? = nil, entities: [LabeledSpan] = [], line: Int = 0) {
    for span in (tokens ?? []) + entities.map(\.span) {
      precondition(
        !span.isEmpty && span.end <= text.count, "the span \(span.range) is empty or leaves \(text.count) bytes")
    }
    self.text = text
    self.tokens = tokens
    self.entities = entities
    self.line = line
  }
}

/// Texts with entities.
public struct EntityCorpus: Hashable, Sendable {
  /// Where it was read from, for messages.
  public var file: String
  /// The samples in the order of the file.
  public var samples: [EntitySample]

  /// Takes samples.
  public init(file: String = "the corpus", samples: [EntitySample]) {
    self.file = file
    self.samples = samples
  }

  /// The types of its entities, ascending.
  public var types: [String] {
    var types: Set<String> = []
    for sample in samples { for entity in sample.entities { types.insert(entity.label) } }
    return types.sorted()
  }
}
