import Foundation
import TextKitCorpus

/// Converts between simplified and traditional Chinese, by OpenCC's tables and in its way.
///
/// ```swift
/// let converter = try Pretrained.converter(.toTraditional)
/// converter.converted("头发发展")   // "頭髮發展"
/// ```
///
/// At each place the longest phrase of the tables is replaced, else the character, by the first of its candidates;
/// characters whose simplified form most fonts lack stay as they are (OpenCC has those in a table apart). A converter
/// holds its tables and is immutable: make it once, one serves many tasks at once. Linear time.
public struct ScriptConverter: Sendable {
  /// From which way of writing to which.
  public let conversion: ScriptConversion
  private let plan: ConversionTables.Plan

  /// Reads the tables.
  ///
  /// - Parameters:
  ///   - conversion: From which way of writing to which; of one and the same, compatibility ideographs are folded.
  ///   - folder: OpenCC's dictionaries as text files under their own names, such as `STPhrases.txt`.
  /// - Throws: `CorpusError` where a table is missing or a line is none of a table.
  public init(_ conversion: ScriptConversion, tables folder: URL) throws(CorpusError) {
    self.conversion = conversion
    plan = try ConversionTables(folder: folder).plan(conversion)
  }

  /// The text in the other way of writing; what is in no table stays as it is.
  public func converted(_ text: String) -> String {
    String(decoding: converted(Array(text.utf8)), as: UTF8.self)
  }

  /// The bytes of a text in the other way of writing; bytes that are no UTF-8 stay as they are.
  ///
  /// - Parameter text: At most `Int32.max` bytes.
  public func converted(_ text: [UInt8]) -> [UInt8] {
    // No key of a table is all ASCII.
    guard text.contains(where: { $0 >= 0x80 }) else { return text }
    var scalars = RawScalars.decode(text)
    var ends = [scalars.count]
    if scalars.contains(where: RawScalars.mayBeCompatibility) {
      scalars = plan.normalization.converted(scalars.span, segments: &ends)
    }
    if plan.segments { ends = plan.steps[plan.segmenting].segmentEnds(of: scalars.span) }
    for step in plan.steps { scalars = step.converted(scalars.span, segments: &ends) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + text.count / 16)
    RawScalars.encode(scalars, to: &bytes)
    return bytes
  }
}

/// Scalars of any bytes that turn into the same bytes again: what is no UTF-8 is kept as numbers beyond Unicode.
enum RawScalars {
  /// Marks a number that holds bytes: their count in bits 24 to 25, the bytes below.
  private static let mark: UInt32 = 0x8000_0000

  static func decode(_ text: [UInt8]) -> [UInt32] {
    let decoded = SourceText(bytes: text).decoded()
    var scalars = decoded.scalars
    for index in scalars.indices where scalars[index] == UTF8Decoder.replacement {
      let bytes = text[Int(decoded.offsets[index])..<Int(decoded.offsets[index + 1])]
      if bytes.elementsEqual([0xEF, 0xBF, 0xBD]) { continue }
      // The longest ill-formed sequence that becomes one scalar has three bytes.
      scalars[index] = bytes.reduce(mark | UInt32(bytes.count) << 24) {
        ($0 & 0xFF00_0000) | ($0 & 0xFFFF) << 8 | UInt32($1)
      }
    }
    return scalars
  }

  static func encode(_ scalars: [UInt32], to bytes: inout [UInt8]) {
    if scalars.allSatisfy({ $0 & mark == 0 }) {
      var ends: [Int32] = []
      let all = [0..<Int32(scalars.count)]
      UTF8Encoder.append(scalars.span, in: all.span, to: &bytes, ends: &ends)
      return
    }
    for index in scalars.indices {
      let scalar = scalars[index]
      guard scalar & mark != 0 else {
        UTF8Encoder.append(scalar, to: &bytes)
        continue
      }
      for place in (0..<(scalar >> 24 & 3)).reversed() {
        bytes.append(UInt8(truncatingIfNeeded: scalar >> (8 * place)))
      }
    }
  }

  /// Whether a scalar is in a block of compatibility ideographs.
  static func mayBeCompatibility(_ scalar: UInt32) -> Bool {
    (0xF900...0xFAFF).contains(scalar) || (0x2F800...0x2FA1F).contains(scalar)
  }
}
