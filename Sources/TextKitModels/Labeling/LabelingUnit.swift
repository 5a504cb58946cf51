/// What a labeler gives a tag.
public enum LabelingUnit: String, Codable, CaseIterable, Sendable {
  /// Every Unicode scalar: writing without blanks.
  case characters
  /// Words, numbers and marks of punctuation.
  case words
}
