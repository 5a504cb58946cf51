/// How a parameter follows the learning rate.
public struct LearningPace: Hashable, Sendable {
  /// What its rate is multiplied with; at 0 the parameter and its state stay as they are.
  public var factor: Float
  /// The number of rows, from the first, that learn; the others and their state stay as they are. Nil is all.
  public var rows: Int?

  /// Makes a pace; that of a parameter without one is `LearningPace()`.
  public init(factor: Float = 1, rows: Int? = nil) {
    precondition(factor >= 0, "a rate is multiplied with 0 or more, not \(factor)")
    self.factor = factor
    self.rows = rows
  }

  /// How many of `count` rows learn.
  func learning(of count: Int) -> Int { min(count, rows ?? count) }
}
