import TextKitCorpus

/// Words with types, found where they stand in a text as words.
///
/// Letters of a script that writes words apart, and digits, aren't cut: `US` is not in `USB`, nor in `US2`. It is in
/// `在US的`: ideographs stand beside anything. Nor are marks, joiners and the halves of flags parted from what they
/// belong to.
struct PatternWords: Sendable {
  private let table: PrefixTable
  private let types: [Int32]

  /// Takes distinct words of one scalar or more, each with the number of its type.
  init(_ words: [[UInt32]], types: [Int32]) {
    precondition(words.count == types.count, "\(words.count) words with \(types.count) types")
    table = PrefixTable(words)
    self.types = types
  }

  /// The longest word that begins at a place: its end and the number of its type.
  @inline(__always)
  func longest(in scalars: Span<UInt32>, from start: Int) -> (end: Int, type: Int)? {
    var found: (end: Int, type: Int)?
    table.forEachWord(in: scalars, from: start) { end, number in
      if Self.isBoundary(scalars, end) { found = (end, Int(types[number])) }
    }
    // The start last: at most places no word begins.
    return found.flatMap { Self.isBoundary(scalars, start) ? $0 : nil }
  }

  /// Whether a word may begin or end before a scalar.
  static func isBoundary(_ scalars: Span<UInt32>, _ index: Int) -> Bool {
    guard index > 0, index < scalars.count else { return true }
    let next = scalars[index]
    var before = index - 1
    var indicators = 0
    if ScalarKind.isRegionalIndicator(next) {
      while before - indicators >= 0, ScalarKind.isRegionalIndicator(scalars[before - indicators]) { indicators += 1 }
    }
    if ScalarKind.extends(next, after: scalars[before], indicatorsBefore: indicators) { return false }
    // A mark belongs to the letter before it.
    while before > 0, isMark(scalars[before]) { before -= 1 }
    return !(isApart(next) && isApart(scalars[before]))
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    scalar >= 0x300 && WordBoundary.kind(scalar) == .mark
  }

  /// Whether a scalar is a digit or a letter of a script that writes words apart.
  private static func isApart(_ scalar: UInt32) -> Bool {
    switch scalar {
    // Thai and Lao, Tibetan, Burmese, Khmer; Korean puts its particles behind the word.
    case 0xE00...0xFFF, 0x1000...0x109F, 0x1780...0x17FF, 0xAC00...0xD7A3: false
    default:
      switch WordBoundary.kind(scalar) {
      case .letter, .digit: true
      default: false
      }
    }
  }
}
