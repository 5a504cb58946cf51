import TextKitCorpus

/// Where words that a list names may begin and end in one text.
///
/// Letters of a script that writes words apart, and digits, aren't cut: `US` is not in `USB`, nor in `US2`. It is in
/// `在US的`: ideographs stand beside anything. Nor are marks, joiners and the halves of flags parted from what they
/// belong to. Runs of marks and of flags are remembered: asked from left to right, and back by a word's length, all
/// answers together look at each scalar a few times, however long the runs.
struct WordEdges {
  private var indicators = Run()
  private var marks = Run()

  /// Whether a word may begin or end before a scalar.
  ///
  /// - Parameter scalars: The text, the same in all calls.
  mutating func isPossible(_ scalars: Span<UInt32>, _ index: Int) -> Bool {
    guard index > 0, index < scalars.count else { return true }
    let next = scalars[index]
    let previous = scalars[index - 1]
    var count = 0
    if ScalarKind.isRegionalIndicator(next), ScalarKind.isRegionalIndicator(previous) {
      count = indicators.length(upTo: index - 1) { ScalarKind.isRegionalIndicator(scalars[$0]) }
    }
    if ScalarKind.extends(next, after: previous, indicatorsBefore: count) { return false }
    guard Self.isApart(next) else { return true }
    guard Self.isMark(previous) else { return !Self.isApart(previous) }
    // A mark belongs to the letter before it.
    let length = marks.length(upTo: index - 1) { Self.isMark(scalars[$0]) }
    return !Self.isApart(scalars[max(0, index - 1 - length)])
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

  /// The run of scalars of one kind that was looked at last, up to where it was looked at.
  private struct Run {
    private var range = 0..<0

    /// How many scalars of the kind stand in a row up to a place, that one included.
    mutating func length(upTo place: Int, isOfKind: (Int) -> Bool) -> Int {
      if !range.contains(place) {
        var start = place + 1
        while start > 0, range.isEmpty || start != range.upperBound, isOfKind(start - 1) { start -= 1 }
        // What is known goes on.
        if start <= place {
          range = (start == range.upperBound && !range.isEmpty ? range.lowerBound : start)..<place + 1
        }
      }
      return range.contains(place) ? place + 1 - range.lowerBound : 0
    }
  }
}
