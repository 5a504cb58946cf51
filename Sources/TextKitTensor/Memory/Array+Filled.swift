extension Array where Element: BitwiseCopyable {
  /// An array of `count` elements, all of which `body` writes, from the address that it is given: unsafe where it does not.
  ///
  /// For a count of 0 nothing is called: `init(unsafeUninitializedCapacity:initializingWith:)` would write the number of elements
  /// into the storage that all empty arrays of a process share, and so race with each thread that looks at one.
  @unsafe @inlinable @inline(__always)
  package init(count: Int, filledBy body: (UnsafeMutablePointer<Element>) -> Void) {
    guard count > 0 else {
      self = []
      return
    }
    self = unsafe Self(unsafeUninitializedCapacity: count) { buffer, filled in
      guard let base = buffer.baseAddress else { return }
      unsafe body(base)
      filled = count
    }
  }
}
