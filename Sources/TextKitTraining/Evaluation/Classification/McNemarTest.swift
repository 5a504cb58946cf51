import Foundation

/// Whether two classifiers differ on the same documents (McNemar 1947): only those count that one of them gets right
/// and the other wrong.
public struct McNemarTest: Codable, Sendable, Equatable {
  /// Documents that only the first gets right.
  public let onlyFirst: Int
  /// Documents that only the second gets right.
  public let onlySecond: Int
  /// Whether `p` is that of the binomial test; otherwise it is that of χ² with continuity correction (Edwards 1948).
  public let isExact: Bool
  /// The two-sided probability of a difference at least as large, were both equally good.
  public let p: Double

  /// Fewer documents that count are tested exactly.
  static let exactBelow = 25

  /// Tests.
  public init(onlyFirst: Int, onlySecond: Int) {
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    let total = onlyFirst + onlySecond
    isExact = total < Self.exactBelow
    if isExact {
      p = min(1, 2 * Self.binomialTail(upTo: min(onlyFirst, onlySecond), of: total))
    } else {
      let distance = Double(max(0, abs(onlyFirst - onlySecond) - 1))
      // χ² of one degree of freedom is the square of a standard normal number.
      p = erfc((distance * distance / Double(total) / 2).squareRoot())
    }
  }

  /// Compares two classifiers' answers to the same documents.
  public init(_ first: ClassificationOutcomes, _ second: ClassificationOutcomes) {
    precondition(first.count == second.count, "\(first.count) documents against \(second.count)")
    var counts = (first: 0, second: 0)
    for document in 0..<first.count {
      switch (first.isCorrect(document), second.isCorrect(document)) {
      case (true, false): counts.first += 1
      case (false, true): counts.second += 1
      default: break
      }
    }
    self.init(onlyFirst: counts.first, onlySecond: counts.second)
  }

  /// The probability of at most `limit` heads in `count` throws of a fair coin.
  private static func binomialTail(upTo limit: Int, of count: Int) -> Double {
    var term = exp2(-Double(count))
    var sum = term
    for heads in 0..<max(0, limit) {
      term *= Double(count - heads) / Double(heads + 1)
      sum += term
    }
    return sum
  }
}
