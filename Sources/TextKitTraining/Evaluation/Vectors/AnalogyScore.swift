/// How many analogies were solved.
public struct AnalogyScore: Sendable, Hashable {
  /// The name of a section, or of the whole.
  public let name: String
  /// Questions answered right.
  public var correct = 0
  /// Questions that count.
  public var asked = 0
  /// Questions with an unknown word, whether they count or not.
  public var unknown = 0
  /// All questions.
  public var total = 0

  init(name: String) { self.name = name }

  /// The share of right answers among the questions that count; 0 where none does.
  public var accuracy: Double { asked > 0 ? Double(correct) / Double(asked) : 0 }

  static func += (left: inout AnalogyScore, right: AnalogyScore) {
    left.correct += right.correct
    left.asked += right.asked
    left.unknown += right.unknown
    left.total += right.total
  }
}

/// The scores of a set of analogies.
public struct AnalogyReport: Sendable, Hashable {
  /// In the order of the set.
  public let sections: [AnalogyScore]
  /// All sections together.
  public let total: AnalogyScore
}
