extension Array {
  /// Appends the elements that `body` writes, at most `count` of them.
  ///
  /// For a count of 0 nothing is called: `append(addingCapacity:initializingWith:)` would write the number of elements into the
  /// storage that all empty arrays of a process share, and so race with each thread that looks at one.
  @inlinable @inline(__always)
  package mutating func append(atMost count: Int, by body: (inout OutputSpan<Element>) -> Void) {
    guard count > 0 else { return }
    append(addingCapacity: count, initializingWith: body)
  }
}
