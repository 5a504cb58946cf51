/// The Unicode scalars of a text, with the bytes each came from: what taggers work on.
///
/// A value is a pair of buffers made to be reused: `decode` replaces the content and keeps the capacity.
public struct ScalarText: Sendable, Hashable {
  /// The pseudo-scalar beyond Unicode that stands for the edge of a sequence in vocabularies.
  public static let boundary: UInt32 = 0x110000

  /// The scalars, `[count]`; an ill-formed byte sequence is one U+FFFD.
  public private(set) var scalars: [UInt32]
  /// Byte offsets, `[count + 1]`, ascending from 0: scalar `i` is bytes `offsets[i]..<offsets[i + 1]`.
  public private(set) var offsets: [Int32]

  /// Creates an empty text.
  public init() {
    scalars = []
    offsets = [0]
  }

  /// Decodes bytes, which may be invalid UTF-8; at most `Int32.max` of them.
  public init(_ bytes: Span<UInt8>, normalizer: Normalizer = .none) {
    self.init()
    decode(bytes, normalizer: normalizer)
  }

  /// The number of scalars.
  public var count: Int { scalars.count }
  /// Whether there is no scalar.
  public var isEmpty: Bool { scalars.isEmpty }

  /// Replaces the content by the scalars of `bytes`, keeping the capacity of the buffers.
  ///
  /// - Parameters:
  ///   - bytes: Any bytes, at most `Int32.max`.
  ///   - normalizer: The one-to-one foldings applied to the scalars; the offsets stay those of `bytes`.
  public mutating func decode(_ bytes: Span<UInt8>, normalizer: Normalizer = .none) {
    scalars.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    UTF8Decoder.decode(bytes, appendingTo: &scalars, ends: &offsets)
    normalizer.normalize(&scalars)
  }

  /// Normalizes the scalars in place; offsets stay those of the original.
  package mutating func normalize(_ normalizer: Normalizer) { normalizer.normalize(&scalars) }

  /// The bytes a range of scalars came from.
  public func byteSpan(of range: Range<Int>) -> TextSpan {
    precondition(
      0 <= range.lowerBound && range.upperBound <= count, "the range \(range) leaves \(count) scalars")
    return TextSpan(start: Int(offsets[range.lowerBound]), end: Int(offsets[range.upperBound]))
  }

  /// The smallest range of scalars that covers a range of bytes; O(log count).
  ///
  /// An empty span gives an empty range, at the scalar that holds or follows the byte.
  public func scalarRange(of span: TextSpan) -> Range<Int> {
    precondition(
      span.end <= Int(offsets[count]),
      "the span \(span.start)..<\(span.end) leaves a text of \(offsets[count]) bytes")
    let start = scalarIndex(holding: span.start)
    if span.isEmpty { return start..<start }
    return start..<(scalarIndex(holding: span.end - 1) + 1)
  }

  /// The index of the scalar that holds a byte, `count` for the offset at the end of the text.
  public func scalarIndex(holding byte: Int) -> Int {
    precondition(
      0 <= byte && byte <= Int(offsets[count]), "byte \(byte) leaves a text of \(offsets[count]) bytes")
    // The last index whose offset is at most `byte`.
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(offsets[middle]) <= byte { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
