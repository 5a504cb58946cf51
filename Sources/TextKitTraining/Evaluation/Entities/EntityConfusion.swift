import TextKitCorpus

/// What became of the gold entities of each type, and of those that were found.
///
/// Every gold entity is counted once: in a row of `sameSpan`, in a row of `otherSpan`, or in `missed`; every found one
/// in a column of either, or in `spurious`.
public struct EntityConfusion: Codable, Sendable, Equatable {
  /// The types of rows and columns, ascending.
  public let types: [String]
  /// `[types, types]` row by row: gold entities of the row's type whose span was given the column's type.
  public private(set) var sameSpan: [Int]
  /// `[types, types]`: gold entities of the row's type that share text with one found of the column's type, but not
  /// all; those of the same type are mistakes of the boundary alone.
  public private(set) var otherSpan: [Int]
  /// Gold entities of each type that share text with none that was found, or with none that isn't another's.
  public private(set) var missed: [Int]
  /// Found entities of each type that share text with no gold one, or with none that isn't another's.
  public private(set) var spurious: [Int]

  /// Starts at nothing.
  init(types: [String]) {
    self.types = types
    sameSpan = [Int](repeating: 0, count: types.count * types.count)
    otherSpan = sameSpan
    missed = [Int](repeating: 0, count: types.count)
    spurious = missed
  }

  /// Gold entities of type `gold` whose very span was given type `found`.
  public subscript(gold gold: Int, found found: Int) -> Int { sameSpan[gold * types.count + found] }

  /// Gold entities of type `gold` found in part, or with too much, as type `found`.
  public func overlaps(gold: Int, found: Int) -> Int { otherSpan[gold * types.count + found] }

  /// Adds the entities of one text.
  mutating func add(_ pairing: EntityPairing, numbers: [String: Int]) {
    func number(_ type: String) -> Int { numbers[type] ?? 0 }
    for (place, entity) in pairing.gold.enumerated() {
      guard let partner = pairing.partners[place].map({ pairing.found[$0] }) else {
        missed[number(entity.label)] += 1
        continue
      }
      let cell = number(entity.label) * types.count + number(partner.label)
      if partner.span == entity.span { sameSpan[cell] += 1 } else { otherSpan[cell] += 1 }
    }
    for (place, entity) in pairing.found.enumerated() where !pairing.isTaken[place] {
      spurious[number(entity.label)] += 1
    }
  }
}
