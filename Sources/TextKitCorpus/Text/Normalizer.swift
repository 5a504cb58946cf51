/// Which differences of writing not to see; the text itself is never changed.
///
/// Foldings are applied in the order width, case, digits, and none changes what it made itself: normalizing
/// twice is normalizing once.
public struct Normalizer: Codable, Hashable, Sendable {
  /// Whether width forms become the usual ones: `Ａ` is `A`, the ideographic space is a blank, `ｶ` is `カ`,
  /// `︵` and `﹙` are `(`.
  public var foldWidth: Bool
  /// Whether upper case becomes lower case, where that is one scalar.
  public var foldCase: Bool
  /// Whether every decimal digit of any script becomes `0`: a feature for models, nothing to read.
  public var foldDigits: Bool
  /// Whether `normalized(_:)` expands compatibility forms as NFKC does, `㎏` to `kg`, `½` to `1⁄2`; the
  /// one-to-one `normalize(_:)` pays no heed to it.
  public var expandCompatibility: Bool

  /// Creates a normalizer; what is not named is left alone.
  public init(
    foldWidth: Bool = false, foldCase: Bool = false, foldDigits: Bool = false,
    expandCompatibility: Bool = false
  ) {
    self.foldWidth = foldWidth
    self.foldCase = foldCase
    self.foldDigits = foldDigits
    self.expandCompatibility = expandCompatibility
  }

  /// Changes nothing.
  public static let none = Normalizer()
  /// Folds width and case.
  public static let standard = Normalizer(foldWidth: true, foldCase: true)

  /// Normalizes scalars in place, one to one, so that positions and offsets stay true.
  ///
  /// - Parameters:
  ///   - scalars: Unicode scalar values.
  ///   - start: The index of the first scalar to normalize.
  public func normalize(_ scalars: inout [UInt32], from start: Int = 0) {
    precondition(
      0 <= start && start <= scalars.count, "start \(start) is not in 0...\(scalars.count) scalars")
    guard let map = ScalarMap.shared(for: self) else { return }
    map.apply(to: &scalars, from: start)
  }

  /// What one scalar becomes.
  public func normalized(_ scalar: UInt32) -> UInt32 {
    ScalarMap.shared(for: self)?[scalar] ?? scalar
  }
}
