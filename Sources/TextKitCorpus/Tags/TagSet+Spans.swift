extension TagSet {
  /// The tags of a sequence with typed spans.
  ///
  /// - Parameters:
  ///   - spans: Non-empty ranges within `0..<count` in any order that don't overlap, with types of the set.
  ///   - count: The number of tokens.
  /// - Throws: A `CorpusError` for a span that is out of range, overlaps or has a type the set lacks.
  public func tags(of spans: [TypedRange], count: Int) throws(CorpusError) -> [Int32] {
    precondition(count >= 0, "a number of tokens is not negative, got \(count)")
    let outside = id(of: .outside, type: "")
    var tags = [Int32](repeating: outside ?? -1, count: count)
    var end = 0
    var previousType = ""
    for span in spans.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let range = span.range
      guard end <= range.lowerBound, !range.isEmpty, range.upperBound <= count else {
        throw CorpusError(
          file: "the spans", expected: "a span within \(end)..<\(count)", found: "\(range) of \(span.type)")
      }
      let touches = end == range.lowerBound && end > 0 && previousType == span.type
      for index in range {
        let position = position(at: index, in: range, touches: touches)
        guard let tag = id(of: position, type: span.type) else {
          throw CorpusError(
            file: "the spans", expected: "one of the types \(types)", found: CorpusError.quoted(span.type))
        }
        tags[index] = tag
      }
      end = range.upperBound
      previousType = span.type
    }
    if let bare = tags.firstIndex(of: -1) {
      throw CorpusError(
        file: "the spans", expected: "a span for every token, for want of O", found: "none for token \(bare)")
    }
    return tags
  }

  private func position(at index: Int, in range: Range<Int>, touches: Bool) -> TagPosition {
    let isFirst = index == range.lowerBound
    switch scheme {
    case .iob1: return isFirst && touches ? .begin : .inside
    case .bio: return isFirst ? .begin : .inside
    case .bmes, .bioes:
      if range.count == 1 { return .single }
      return isFirst ? .begin : index == range.upperBound - 1 ? .end : .inside
    }
  }

  /// The spans that tags mark, in order.
  ///
  /// Any sequence is read, as the CoNLL-2000 evaluation script conlleval reads it: a span starts at begin and
  /// single, at any span tag after outside, end or single, and where the type changes; it ends before begin,
  /// single, outside and a new type, and after end and single.
  public func spans(of tags: Span<Int32>) -> [TypedRange] {
    var spans: [TypedRange] = []
    var start: Int?
    var previous = TagPosition.outside
    var previousType = -1
    for index in tags.indices {
      let tag = Int(tags[index])
      precondition(tag >= 0 && tag < count, "the tag \(tag) is not in 0..<\(count)")
      let position = positions[tag]
      let type = typeIndices[tag]
      let breaks =
        previous == .outside || previous == .end || previous == .single || position == .outside
        || position == .begin || position == .single || type != previousType
      if breaks {
        if let start { spans.append(TypedRange(start..<index, type: types[previousType])) }
        start = position == .outside ? nil : index
      }
      previous = position
      previousType = type
    }
    if let start { spans.append(TypedRange(start..<tags.count, type: types[previousType])) }
    return spans
  }
}
