/// Where words that a list names may begin and end.
///
/// Letters of a script that writes words apart, and digits, aren't cut: `US` is not in `USB`, nor in `US2`. It is in
/// `在US的`: ideographs stand beside anything. Nor are marks, joiners and the halves of flags parted from what they
/// belong to.
enum WordEdge {
  /// Whether a word may begin or end before a scalar.
  static func isPossible(_ scalars: Span<UInt32>, _ index: Int) -> Bool {
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
