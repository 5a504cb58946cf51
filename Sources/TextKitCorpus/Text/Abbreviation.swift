/// Periods that end no sentence, though a blank follows them.
enum Abbreviation {
  /// Whether the period at `period`, in a piece that starts at `start`, belongs to an abbreviation, an initial
  /// or the number of a list item.
  static func holds(_ scalars: Span<UInt32>, start: Int, period: Int) -> Bool {
    // The token before the period: ASCII letters, digits and periods; none listed here is longer than 16.
    var first = period
    while first > start, period - first < 16, isPart(scalars[first - 1]) { first -= 1 }
    let length = period - first
    if length == 0 { return false }
    var letters = 0
    var digits = 0
    var periods = 0
    for index in first..<period {
      if ScalarClass.isASCIILetter(scalars[index]) { letters += 1 }
      if ScalarClass.isASCIIDigit(scalars[index]) { digits += 1 }
      if scalars[index] == 0x2E { periods += 1 }
    }
    // '1.' at the head of a line is the number of an item.
    if digits == length { return isHead(scalars, start: start, index: first) && period + 1 < scalars.count }
    if isLastOfText(scalars, after: period) { return false }
    if digits > 0 { return false }
    // An initial, or letters with periods between them: 'J.', 'U.S.', 'e.g.', 'Ph.D.'.
    if letters == 1 || (periods > 0 && letters <= 2 * (periods + 1)) { return true }
    var bytes: [UInt8] = []
    for index in first..<period { bytes.append(UInt8(truncatingIfNeeded: scalars[index]) | 0x20) }
    return known.contains(bytes)
  }

  /// What stands before a name or a number, in lower case.
  private static let known: Set<[UInt8]> = Set(
    [
      "mr", "mrs", "ms", "dr", "prof", "st", "rev", "hon", "gen", "col", "lt", "sgt", "capt", "cpt", "maj",
      "adm",
      "gov", "sen", "rep", "pres", "messrs", "mt", "vs", "cf", "fig", "figs", "eq", "eqs", "sec", "ch", "vol",
      "vols", "pp", "ed", "eds", "approx", "viz", "ca",
    ].map { Array($0.utf8) })

  private static func isPart(_ scalar: UInt32) -> Bool {
    ScalarClass.isASCIILetter(scalar) || ScalarClass.isASCIIDigit(scalar) || scalar == 0x2E
  }

  /// Whether only blanks stand between `start` and `index`.
  private static func isHead(_ scalars: Span<UInt32>, start: Int, index: Int) -> Bool {
    var index = index
    while index > start, ScalarClass.isWhiteSpace(scalars[index - 1]) { index -= 1 }
    return index == start
  }

  /// Whether nothing but blanks follows on the line.
  private static func isLastOfText(_ scalars: Span<UInt32>, after period: Int) -> Bool {
    var index = period + 1
    while index < scalars.count, ScalarClass.isWhiteSpace(scalars[index]) {
      if ScalarClass.isLineBreak(scalars[index]) { return true }
      index += 1
    }
    return index == scalars.count
  }
}
