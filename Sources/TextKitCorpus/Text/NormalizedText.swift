import Foundation

/// A normalized form of a text that knows where each of its scalars came from.
///
/// One scalar of the source may be many here; all of them then map to the same bytes.
public struct NormalizedText: Sendable, Hashable {
  /// The normalized scalars, `[count]`.
  public private(set) var scalars: [UInt32] = []
  /// The first source byte of each scalar, `[count]`, never descending.
  public private(set) var starts: [Int32] = []
  /// The offset just after the last source byte of each scalar, `[count]`, never descending.
  public private(set) var ends: [Int32] = []

  /// The number of normalized scalars.
  public var count: Int { scalars.count }
  /// The normalized text.
  public var string: String { UTF8Encoder.string(scalars.span) }

  /// The bytes of the source that a non-empty range of normalized scalars came from.
  public func sourceSpan(of range: Range<Int>) -> TextSpan {
    precondition(
      0 <= range.lowerBound && range.upperBound <= count && !range.isEmpty,
      "the range \(range) is empty or leaves \(count) scalars")
    return TextSpan(start: Int(starts[range.lowerBound]), end: Int(ends[range.upperBound - 1]))
  }

  fileprivate mutating func append(_ scalar: UInt32, from start: Int32, to end: Int32) {
    scalars.append(scalar)
    starts.append(start)
    ends.append(end)
  }
}

extension Normalizer {
  /// The normalized form of a whole text with its way back to the original.
  ///
  /// With `expandCompatibility` each scalar is replaced by its NFKC form before the foldings, except where
  /// `foldWidth` has a one-to-one form for it.
  public func normalized(_ text: SourceText) -> NormalizedText {
    let decoded = ScalarText(text.bytes.span)
    let map = ScalarMap.shared(for: self)
    let widthMap = foldWidth ? ScalarMap.shared(for: Normalizer(foldWidth: true)) : nil
    var expansions: [UInt32: [UInt32]] = [:]
    var result = NormalizedText()
    for (index, scalar) in decoded.scalars.enumerated() {
      let start = decoded.offsets[index]
      let end = decoded.offsets[index + 1]
      guard expandCompatibility, scalar >= 0xA0, (widthMap?[scalar] ?? scalar) == scalar else {
        result.append(map?[scalar] ?? scalar, from: start, to: end)
        continue
      }
      let expansion = expansions[scalar] ?? Self.compatibilityForm(scalar)
      expansions[scalar] = expansion
      for part in expansion { result.append(map?[part] ?? part, from: start, to: end) }
    }
    return result
  }

  /// The NFKC form of one scalar.
  private static func compatibilityForm(_ value: UInt32) -> [UInt32] {
    guard let scalar = Unicode.Scalar(value) else { return [value] }
    return String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars.map(\.value)
  }
}
