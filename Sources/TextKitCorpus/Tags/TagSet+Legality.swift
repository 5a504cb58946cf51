extension TagSet {
  /// Whether `next` may follow `previous`.
  public func isLegal(from previous: Int, to next: Int) -> Bool {
    let sameType = typeIndices[previous] == typeIndices[next]
    switch scheme {
    case .bio:
      return positions[next] != .inside || (positions[previous] != .outside && sameType)
    case .iob1:
      return positions[next] != .begin || (positions[previous] != .outside && sameType)
    case .bmes, .bioes:
      let isOpen = positions[previous] == .begin || positions[previous] == .inside
      let continues = positions[next] == .inside || positions[next] == .end
      return isOpen == continues && (!isOpen || sameType)
    }
  }

  /// Whether a sequence may start with a tag.
  public func isLegalStart(_ tag: Int) -> Bool {
    switch scheme {
    case .bio: positions[tag] != .inside
    case .iob1: positions[tag] != .begin
    case .bmes, .bioes: positions[tag] != .inside && positions[tag] != .end
    }
  }

  /// Whether a sequence may end with a tag.
  public func isLegalEnd(_ tag: Int) -> Bool {
    switch scheme {
    case .bio, .iob1: true
    case .bmes, .bioes: positions[tag] != .begin && positions[tag] != .inside
    }
  }

  /// Whether a whole sequence of tags is legal; the empty one is.
  public func isLegal(_ tags: Span<Int32>) -> Bool {
    if tags.isEmpty { return true }
    guard isLegalStart(Int(tags[0])), isLegalEnd(Int(tags[tags.count - 1])) else { return false }
    for index in 1..<tags.count where !isLegal(from: Int(tags[index - 1]), to: Int(tags[index])) {
      return false
    }
    return true
  }
}
