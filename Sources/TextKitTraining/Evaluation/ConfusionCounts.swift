/// How often each pair of two numbers came up, such as of a right label and of the one that was given.
///
/// Only pairs that came up take memory: a matrix of all pairs of many labels would have room nowhere.
public struct ConfusionCounts: Sendable, Equatable {
  /// A pair that came up.
  public struct Cell: Sendable, Equatable {
    /// The right label's number.
    public let row: Int
    /// The number of the label that was given.
    public let column: Int
    /// How often, at least once.
    public let count: Int
  }

  private struct Pair: Hashable {
    let row: Int
    let column: Int
  }

  private var counts: [Pair: Int] = [:]

  /// Starts at nothing.
  init() {}

  /// Counts a pair once more.
  mutating func add(row: Int, column: Int) { counts[Pair(row: row, column: column), default: 0] += 1 }

  /// How often a pair came up.
  public subscript(row row: Int, column column: Int) -> Int { counts[Pair(row: row, column: column)] ?? 0 }

  /// The pairs that came up, row by row.
  public var cells: [Cell] {
    counts.map { Cell(row: $0.row, column: $0.column, count: $1) }
      .sorted { ($0.row, $0.column) < ($1.row, $1.column) }
  }

  /// All pairs of so many numbers, `[size, size]` row by row; takes memory by the square of the size.
  func matrix(size: Int) -> [Int] {
    var matrix = [Int](repeating: 0, count: size * size)
    for cell in cells { matrix[cell.row * size + cell.column] = cell.count }
    return matrix
  }
}

extension ConfusionCounts: Codable {
  /// Decodes triples of row, column and count.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    while !container.isAtEnd {
      let cell = try container.decode([Int].self)
      guard cell.count == 3, cell.allSatisfy({ $0 >= 0 }), cell[2] > 0,
        counts.updateValue(cell[2], forKey: Pair(row: cell[0], column: cell[1])) == nil
      else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "expected a row, a column and a count, each pair once, found \(cell)")
      }
    }
  }

  /// Encodes a triple of row, column and count for each pair that came up, row by row.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for cell in cells { try container.encode([cell.row, cell.column, cell.count]) }
  }
}
