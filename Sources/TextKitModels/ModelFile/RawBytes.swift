import Foundation

// The bytes of integer arrays, which have no padding: the one thing that `Span.bytes` can't know by itself.

extension Array where Element: FixedWidthInteger & BitwiseCopyable {
  /// Calls `body` with the bytes of all elements in memory order.
  package func withRawBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(unsafe span.bytes)
  }
}

extension Data {
  /// Appends all of `bytes`.
  package mutating func append(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}
