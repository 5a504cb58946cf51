/// A word that was found, and how well it fits.
public struct Neighbor: Sendable, Hashable {
  /// The id of the word.
  public let id: Int
  public let word: String
  /// The cosine, or the objective of an analogy.
  public let score: Float
}
