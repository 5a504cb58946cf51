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
    var digits = 0
    var periods = 0
    var run = 0
    var longestRun = 0
    for index in first..<period {
      if ScalarClass.isASCIIDigit(scalars[index]) { digits += 1 }
      let isPeriod = scalars[index] == 0x2E
      if isPeriod { periods += 1 }
      run = isPeriod ? 0 : run + 1
      longestRun = max(longestRun, run)
    }
    guard let next = nextOnLine(scalars, after: period) else { return false }
    // '1.' at the head of a line is the number of an item.
    if digits == length { return isHead(scalars, start: start, index: first) }
    if digits > 0 { return false }
    // An initial, or short parts with periods between them: 'J.', 'U.S.', 'e.g.', 'Ph.D.'.
    if length == 1 || (periods > 0 && longestRun <= 2) { return true }
    var token: [UInt8] = []
    for index in first..<period { token.append(UInt8(truncatingIfNeeded: scalars[index]) | 0x20) }
    return beforeAnything.contains(token) || (ScalarClass.isASCIIDigit(next) && beforeNumbers.contains(token))
  }

  /// What stands before a name or more, in lower case.
  private static let beforeAnything: Set<[UInt8]> = Set(
    [
      "mr", "mrs", "ms", "dr", "prof", "st", "rev", "hon", "gen", "col", "lt", "sgt", "capt", "cpt", "maj",
      "adm",
      "gov", "sen", "rep", "pres", "messrs", "mt", "vs", "cf", "eds", "approx", "viz", "ca",
    ].map { Array($0.utf8) })

  /// What stands before a number, in lower case.
  private static let beforeNumbers: Set<[UInt8]> = Set(
    [
      "no", "nos", "fig", "figs", "eq", "eqs", "sec", "ch", "vol", "vols", "pp", "art", "pt", "jan", "feb",
      "mar",
      "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
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

  /// The next scalar on the line that is not blank.
  private static func nextOnLine(_ scalars: Span<UInt32>, after period: Int) -> UInt32? {
    var index = period + 1
    while index < scalars.count, ScalarClass.isWhiteSpace(scalars[index]) {
      if ScalarClass.isLineBreak(scalars[index]) { return nil }
      index += 1
    }
    return index < scalars.count ? scalars[index] : nil
  }
}
