import TextKitModels
import TextKitTensor

/// Where the rows of one table of a labeler start, and which row training takes for an item to learn how items look
/// that it never saw.
///
/// In training a table of V rows has more: behind its own rows stand those of the vectors of items that have one and
/// that the corpus holds. They never learn, and are cut off in the end.
struct TableStart: Sendable {
  /// The number of rows of the finished table.
  let count: Int
  /// Rows of the finished table with the numbers of their vectors.
  private(set) var rows: [(row: Int, vector: Int)] = []
  /// The numbers of the vectors behind row V.
  private(set) var fixed: [Int] = []
  /// For each id, the probability with which training takes another row instead, and that row.
  private(set) var doubt: [Float] = []
  private(set) var unseen: [Int32] = []

  /// - Parameters:
  ///   - count: the number of ids.
  ///   - alpha: α of items without a vector, which become unknown, and of items with one.
  ///   - item: for an id, how often the corpus holds it and the number of its vector; nil for reserved ids.
  init(
    count: Int, unknown: Int32, alpha: (unknown: Double, vector: Double),
    item: (Int32) -> (occurrences: Int, vector: Int?)?
  ) {
    self.count = count
    for id in 0..<Int32(count) {
      var (chance, other) = (0.0, unknown)
      if let (occurrences, vector) = item(id) {
        if let vector { rows.append((Int(id), vector)) }
        switch vector {
        case let vector? where occurrences > 0 && alpha.vector > 0:
          chance = alpha.vector / (alpha.vector + Double(occurrences))
          other = Int32(count + fixed.count)
          fixed.append(vector)
        case nil: chance = alpha.unknown / (alpha.unknown + Double(max(1, occurrences)))
        default: break
        }
      }
      doubt.append(Float(chance))
      unseen.append(other)
    }
  }

  /// Takes another row instead of some ids, each with its probability.
  func replace(in ids: inout [Int32], using random: inout RandomSource) {
    for place in ids.indices {
      let id = Int(ids[place])
      if doubt[id] > 0, Float(random.uniform()) < doubt[id] { ids[place] = unseen[id] }
    }
  }

  /// Starts the rows of a table that have a vector.
  func start(_ table: Embedding, from vectors: WordVectors?, scale: Double, in parameters: inout Parameters) {
    if let vectors { table.start(rows, from: vectors, scale: scale, in: &parameters) }
  }

  /// The table that training works on, given the finished one's start.
  func extended(_ tensor: Tensor) -> Tensor {
    guard !fixed.isEmpty else { return tensor }
    let rowOfVector = Dictionary(uniqueKeysWithValues: rows.map { ($0.vector, $0.row) })
    let (values, width) = (tensor.values, tensor.columns)
    var result = values
    for vector in fixed {
      if let row = rowOfVector[vector] { result.append(contentsOf: values[row * width..<(row + 1) * width]) }
    }
    return Tensor(Shape(count + fixed.count, width), result)
  }

  /// The finished table of one that was trained.
  func cut(_ tensor: Tensor) -> Tensor {
    fixed.isEmpty ? tensor : Tensor(Shape(count, tensor.columns), Array(tensor.values[..<(count * tensor.columns)]))
  }
}
