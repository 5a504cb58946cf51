extension TagSet {
  /// Appends the `words` tags of a sequence of words given by their lengths in characters, each at least 1.
  ///
  /// Ids are those of `TagSet.words`: `B` 0, `M` 1, `E` 2, `S` 3.
  public static func appendWordTags(lengths: Span<Int32>, to tags: inout [Int32]) {
    for index in lengths.indices {
      let length = lengths[index]
      precondition(length >= 1, "a word has at least 1 character, got \(length)")
      if length == 1 {
        tags.append(3)
        continue
      }
      tags.append(0)
      if length > 2 { tags.append(contentsOf: repeatElement(1, count: Int(length) - 2)) }
      tags.append(2)
    }
  }

  /// Appends where the words end that `words` tags mark, counted in characters from the first of `tags`.
  ///
  /// Any sequence is read: a word ends after `E` and `S`, before `B` and `S`, and at the end.
  public static func appendWordEnds(tags: Span<Int32>, to ends: inout [Int]) {
    let count = tags.count
    if count == 0 { return }
    for index in 1..<count {
      let previous = tags[index - 1]
      let next = tags[index]
      // Ends (2, 3) or starts (0, 3): bit 1 of the one, or the other is 0 or 3.
      if previous >= 2 || next == 0 || next == 3 { ends.append(index) }
    }
    ends.append(count)
  }
}
