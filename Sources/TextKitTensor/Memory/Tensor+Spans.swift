/// Bulk access to a tensor's elements. Unsafe code lives here: a span is made over the storage for the time of one
/// call, while the tensor is held (reading) or held exclusively (writing).
extension Tensor {
  /// Calls `body` with the elements, row after row.
  @inline(__always)
  package func withSpan<Result>(_ body: (Span<Float>) throws -> Result) rethrows -> Result {
    let buffer = unsafe UnsafeBufferPointer(start: storage.base, count: shape.count)
    defer { withExtendedLifetime(storage) {} }
    return try body(unsafe buffer.span)
  }

  /// Calls `body` with the elements for writing, after making the memory this tensor's own.
  @inline(__always)
  package mutating func withMutableSpan<Result>(_ body: (inout MutableSpan<Float>) throws -> Result) rethrows
    -> Result
  {
    makeUnique()
    let buffer = unsafe UnsafeMutableBufferPointer(start: storage.base, count: shape.count)
    var span = unsafe buffer.mutableSpan
    defer { withExtendedLifetime(storage) {} }
    return try body(&span)
  }

  /// Gives this tensor memory of its own where it shares it.
  mutating func makeUnique() {
    if isKnownUniquelyReferenced(&storage) { return }
    let copy = Storage(capacity: shape.count)
    unsafe copy.base.update(from: storage.base, count: shape.count)
    storage = copy
  }

  /// The address of a row for a kernel call.
  @inline(__always)
  func row(_ index: Int) -> UnsafePointer<Float> {
    unsafe UnsafePointer(storage.base + index * shape.columns)
  }

  /// The address of a row for a kernel call that writes, after making the memory this tensor's own.
  @inline(__always)
  mutating func mutableRow(_ index: Int) -> UnsafeMutablePointer<Float> {
    makeUnique()
    return unsafe storage.base + index * shape.columns
  }
}
