/// A sample on its way into a file.
struct EntityRecord {
  let sample: EntitySample
  /// Where the sample was read from, for messages.
  private let file: String

  init(_ sample: EntitySample, file: String) {
    self.sample = sample
    self.file = file
  }

  /// The error for what can't be written of the sample.
  func error(expected: String, found: String) -> CorpusError {
    CorpusError(file: file, line: sample.line == 0 ? nil : sample.line, expected: expected, found: found)
  }

  /// Throws where an entity has no type.
  func checkTypes() throws(CorpusError) {
    guard let entity = sample.entities.first(where: \.label.isEmpty) else { return }
    throw error(expected: "a type", found: "none for \(CorpusError.quoted(sample.text[entity.span]))")
  }
}
