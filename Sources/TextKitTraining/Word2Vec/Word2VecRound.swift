import Synchronization
import TextKitTensor

/// Training whose bytes don't depend on the number of threads.
///
/// A round is a fixed number of chunks. Each copies the rows that it touches as they were at the start of the round,
/// learns on the copies, and afterwards the changes of all chunks are added to the tables, in the order of the chunks.
/// What a chunk learns thus depends on the round before alone, and no sum on who computed it when.
///
/// A row that several chunks touched changes by the mean of their changes. By their sum it would go as many times too
/// far, since each of them has gone the whole way: rows that all chunks touch (frequent words, the nodes near the root
/// of a Huffman tree) would swing ever wider.
final class Word2VecRound: Sendable {
  /// Chunks of a round.
  static let chunkCount = 8

  /// The rows that a chunk touches of one table, and their copies.
  struct Rows: Sendable {
    /// The row of the table that each copy is of, in the order of first use.
    var ids: [Int32] = []
    /// What share of its change each copy adds to its row: 1 / the number of chunks that touched it.
    var shares: [Float] = []
    /// The copy of each row of the table, -1 where there is none: `[rows]`.
    private var copies: [Int32]
    private(set) var table: SharedMatrix

    init(of table: SharedMatrix) {
      copies = [Int32](repeating: -1, count: table.rows)
      self.table = SharedMatrix(rows: 0, columns: table.columns)
    }

    /// Forgets all copies.
    mutating func removeAll() {
      for id in ids { copies[Int(id)] = -1 }
      ids.removeAll(keepingCapacity: true)
    }

    /// The number of a row's copy.
    @inline(__always)
    mutating func copy(of id: Int32) -> Int32 {
      let copy = copies[Int(id)]
      if copy >= 0 { return copy }
      copies[Int(id)] = Int32(truncatingIfNeeded: ids.count)
      ids.append(id)
      return Int32(truncatingIfNeeded: ids.count - 1)
    }

    /// Copies the rows.
    mutating func fetch(from shared: SharedMatrix) {
      if table.rows < ids.count {
        table = SharedMatrix(rows: ids.count + ids.count / 4, columns: shared.columns)
      }
      table.copyRows(ids[...], of: shared, to: 0)
    }
  }

  /// One chunk's work.
  struct Part: Sendable {
    var planner: Word2VecPlanner
    var inputs: Rows
    var outputs: Rows
    var scratch: [Float] = []
    var loss = 0.0
    var pairs = 0
  }

  let parts: [Mutex<Part>.Box]
  /// How many of a round's chunks touched each row, between rounds 0: `[rows]` each.
  private let touches: Mutex<(inputs: [UInt8], outputs: [UInt8])>

  init(_ trainer: Word2VecTrainer) {
    let planner = Word2VecPlanner(trainer.sampler, trainer.configuration)
    parts = (0..<Word2VecRound.chunkCount).map { _ in
      Mutex<Part>.Box(
        Part(planner: planner, inputs: Rows(of: trainer.inputs), outputs: Rows(of: trainer.outputs)))
    }
    touches = Mutex(
      (
        inputs: [UInt8](repeating: 0, count: trainer.inputs.rows),
        outputs: [UInt8](repeating: 0, count: trainer.outputs.rows)
      ))
  }

  /// Finds the shares of the first `count` parts.
  func findShares(_ count: Int) {
    touches.withLock { touches in
      findShares(count, \.inputs, &touches.inputs)
      findShares(count, \.outputs, &touches.outputs)
    }
  }

  private func findShares(_ count: Int, _ rows: WritableKeyPath<Part, Rows>, _ touches: inout [UInt8]) {
    let parts = parts[..<count]
    for part in parts {
      part.value.withLock { part in
        for id in part[keyPath: rows].ids { touches[Int(id)] += 1 }
      }
    }
    for part in parts {
      part.value.withLock { part in
        part[keyPath: rows].shares = part[keyPath: rows].ids.map { 1 / Float(touches[Int($0)]) }
      }
    }
    for part in parts {
      part.value.withLock { part in
        for id in part[keyPath: rows].ids { touches[Int(id)] = 0 }
      }
    }
  }
}

extension Mutex {
  /// A mutex that can stand in an array.
  final class Box: Sendable where Value: Sendable {
    let value: Mutex<Value>
    init(_ initial: Value) { value = Mutex<Value>(initial) }
  }
}
