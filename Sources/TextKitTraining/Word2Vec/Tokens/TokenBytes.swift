// Text 8 bytes at a time. One of the few files with unsafe code: a load of 8 bytes, whose bounds are checked.

extension Span where Element == UInt8 {
  /// Bytes read behind the end of what is tokenized: so many have to follow it.
  static var padding: Int { 8 }

  /// The 8 bytes from `offset` on, the first lowest.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset &+ 8 <= count, "8 bytes from \(offset) on leave a text of \(count) bytes")
    return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The offset of the first line feed in `range`, nil if there is none; 8 bytes follow the range.
  func lineFeed(in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let found = ByteMask.zeros(word(at: offset) ^ 0x0A0A_0A0A_0A0A_0A0A)
      if found != 0 {
        let place = offset &+ ByteMask.first(found)
        return place < range.upperBound ? place : nil
      }
      offset &+= 8
    }
    return nil
  }

  /// The offset of the last line feed in `range`, nil if there is none.
  func lastLineFeed(in range: Range<Int>) -> Int? {
    var end = range.upperBound
    while end &- range.lowerBound >= 8, ByteMask.zeros(word(at: end &- 8) ^ 0x0A0A_0A0A_0A0A_0A0A) == 0 { end &-= 8 }
    for offset in (range.lowerBound..<end).reversed() where self[offset] == 0x0A { return offset }
    return nil
  }

  /// Whether all bytes before `end` are ASCII; 8 bytes follow them.
  func isASCII(before end: Int) -> Bool {
    var offset = 0
    while offset < end {
      let high = word(at: offset) & ByteMask.high
      if high != 0, offset &+ ByteMask.first(high) < end { return false }
      offset &+= 8
    }
    return true
  }
}

/// Marks in 8 bytes at once: the high bit of each byte (Warren, Hacker's Delight, 6-1).
enum ByteMask {
  static let high: UInt64 = 0x8080_8080_8080_8080

  /// Marks zero bytes; marks above the lowest one may be wrong.
  @inline(__always)
  static func zeros(_ bytes: UInt64) -> UInt64 { (bytes &- 0x0101_0101_0101_0101) & ~bytes & high }

  /// Marks bytes up to 0x20 and beyond ASCII; marks above the lowest one may be wrong.
  @inline(__always)
  static func blanksAndBeyond(_ bytes: UInt64) -> UInt64 { ((bytes &- 0x2121_2121_2121_2121) | bytes) & high }

  /// The number of the first byte marked, 8 for none.
  @inline(__always)
  static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount &>> 3 }
}
