/// The shape of a matrix: rows × columns.
///
/// Everything the models compute is a matrix: packed tokens × features, sequences × features, weights. A scalar is
/// `[1, 1]`, a vector `[1, n]`; sequences of different lengths are rows packed one after another (`PackedBatch`,
/// `Segments`), so no third axis and no padding exist.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// Makes the shape `[rows, columns]`; both may be 0.
  public init(_ rows: Int, _ columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a shape has no negative side: [\(rows), \(columns)]")
    self.rows = rows
    self.columns = columns
  }

  /// The number of elements.
  public var count: Int { rows * columns }

  /// `[rows, columns]`, as messages print it.
  public var description: String { "[\(rows), \(columns)]" }

  /// The shape `[1, 1]` of losses and sums.
  public static let scalar = Shape(1, 1)
}
