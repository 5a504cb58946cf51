import TextKitCorpus

/// Cuts a long text where sentences end, so that it can be worked on a stretch at a time, in little memory.
///
/// The stretches tile the text. Models read sentence by sentence: what they find in stretches is what they find in the
/// whole, save where a sentence is longer than a stretch.
package struct TextStretches: Sendable {
  /// One stretch.
  package struct Stretch: Sendable {
    /// Its bytes, as a range of the bytes of the text.
    package var bytes: Range<Int>
    /// Unicode scalars of the text before it.
    package var scalarsBefore: Int
  }

  /// The most bytes of a stretch.
  package static let size = 1 << 18
  /// What the end of a stretch may depend on behind it: quotes and blanks that belong to the sentence.
  private static let margin = 1 << 10

  private let bytes: [UInt8]
  private let end: Int
  private var place: Int
  private var scalarCount = 0
  private var text = ScalarText()

  /// Cuts a part of some bytes.
  package init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    (place, end) = (range.lowerBound, range.upperBound)
  }

  /// The next stretch; nil at the end.
  package mutating func next() -> Stretch? {
    guard place < end else { return nil }
    let limit = min(place + Self.size, end)
    let bytes = bytes
    text.decode(bytes.span.extracting(place..<limit))
    let count = limit == end ? text.count : cut()
    defer {
      place += Int(text.offsets[count])
      scalarCount += count
    }
    return Stretch(bytes: place..<place + Int(text.offsets[count]), scalarsBefore: scalarCount)
  }

  /// How many of the scalars to take: up to the last end of a sentence, else the last blank, else all but what
  /// might be a piece of a character.
  private func cut() -> Int {
    let ends = SentenceSplitter().ends(of: text.scalars.span)
    if let end = ends.last(where: { Int(text.offsets[$0]) <= Self.size - Self.margin }) { return end }
    let blank = text.scalars.lastIndex(where: ScalarClass.isWhiteSpace)
    return blank.map { $0 + 1 } ?? max(1, text.count - 4)
  }
}
