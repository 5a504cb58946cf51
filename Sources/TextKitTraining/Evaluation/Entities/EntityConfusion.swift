import TextKitCorpus

/// What became of the gold entities of each type, and of those that were found.
///
/// Every gold entity is counted once: in a row of `sameSpan`, in a row of `otherSpan`, or in `missed`; every found one
/// in a column of either, or in `spurious`. In JSON `sameSpan` and `otherSpan` are triples of row, column and count, for
/// each pair of types that came up.
public struct EntityConfusion: Codable, Sendable, Equatable {
  /// The types of rows and columns, ascending.
  public let types: [String]
  /// Gold entities of the row's type whose span was given the column's type, for each pair that came up.
  public private(set) var sameSpanCells = ConfusionCounts()
  /// Gold entities of the row's type that share text with one found of the column's type, but not all; those of the same
  /// type are mistakes of the boundary alone.
  public private(set) var otherSpanCells = ConfusionCounts()
  /// Gold entities of each type that share text with none that was found, or with none that isn't another's.
  public private(set) var missed: [Int]
  /// Found entities of each type that share text with no gold one, or with none that isn't another's.
  public private(set) var spurious: [Int]

  /// Starts at nothing.
  init(types: [String]) {
    self.types = types
    missed = [Int](repeating: 0, count: types.count)
    spurious = missed
  }

  private enum CodingKeys: String, CodingKey {
    case types, missed, spurious
    case sameSpanCells = "sameSpan"
    case otherSpanCells = "otherSpan"
  }

  /// `sameSpanCells` as `[types, types]` row by row. Takes memory by the square of the number of types.
  public var sameSpan: [Int] { sameSpanCells.matrix(size: types.count) }

  /// `otherSpanCells` as `[types, types]` row by row, likewise.
  public var otherSpan: [Int] { otherSpanCells.matrix(size: types.count) }

  /// Gold entities of type `gold` whose very span was given type `found`.
  public subscript(gold gold: Int, found found: Int) -> Int { sameSpanCells[row: gold, column: found] }

  /// Gold entities of type `gold` found in part, or with too much, as type `found`.
  public func overlaps(gold: Int, found: Int) -> Int { otherSpanCells[row: gold, column: found] }

  /// Adds the entities of one text.
  mutating func add(_ pairing: EntityPairing, numbers: [String: Int]) {
    func number(_ type: String) -> Int { numbers[type] ?? 0 }
    for (place, entity) in pairing.gold.enumerated() {
      guard let partner = pairing.partners[place].map({ pairing.found[$0] }) else {
        missed[number(entity.label)] += 1
        continue
      }
      let (row, column) = (number(entity.label), number(partner.label))
      if partner.span == entity.span {
        sameSpanCells.add(row: row, column: column)
      } else {
        otherSpanCells.add(row: row, column: column)
      }
    }
    for (place, entity) in pairing.found.enumerated() where !pairing.isTaken[place] {
      spurious[number(entity.label)] += 1
    }
  }
}
