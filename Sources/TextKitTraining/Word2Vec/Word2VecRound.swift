import Synchronization
import TextKitTensor

/// Training whose bytes don't depend on the number of threads.
///
/// A round is a fixed number of chunks. Each copies the rows that it touches as they were at the start of the round,
/// learns on the copies, and afterwards the changes of all chunks are added to the tables, in the order of the chunks.
/// What a chunk learns thus depends on the round before alone, and no sum on who computed it when.
///
/// What several chunks learned of a row is summed where each used it a few times, as steps one after the other would be.
/// Where each used it often, each has gone the whole way by itself, and the sum would go as many times too far: rows that
/// all chunks use (frequent words, the nodes near the root of a Huffman tree) would swing ever wider. These change by the
/// mean, and those between by a share between, see `share`.
final class Word2VecRound: Sendable {
  /// Chunks of a round.
  static let chunkCount = 8

  /// The rows that a chunk touches of one table, and their copies.
  struct Rows: Sendable {
    /// The row of the table that each copy is of, in the order of first use.
    var ids: [Int32] = []
    /// How often the chunk uses each copy.
    var uses: [Int32] = []
    /// What share of its change each copy adds to its row.
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
      uses.removeAll(keepingCapacity: true)
    }

    /// The number of a row's copy, which is used once more.
    @inline(__always)
    mutating func copy(of id: Int32) -> Int32 {
      let copy = copies[Int(id)]
      if copy >= 0 {
        uses[Int(copy)] &+= 1
        return copy
      }
      copies[Int(id)] = Int32(truncatingIfNeeded: ids.count)
      ids.append(id)
      uses.append(1)
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
  /// How many of a round's chunks touched each row, and how often in all; between rounds 0: `[rows]` each.
  private struct Touches: Sendable {
    var chunks: [UInt8]
    var uses: [Int32]

    init(_ rows: Int) {
      chunks = [UInt8](repeating: 0, count: rows)
      uses = [Int32](repeating: 0, count: rows)
    }
  }
  private let touches: Mutex<(inputs: Touches, outputs: Touches)>

  init(_ trainer: Word2VecTrainer) {
    let planner = Word2VecPlanner(trainer.sampler, trainer.configuration)
    parts = (0..<Word2VecRound.chunkCount).map { _ in
      Mutex<Part>.Box(
        Part(planner: planner, inputs: Rows(of: trainer.inputs), outputs: Rows(of: trainer.outputs)))
    }
    touches = Mutex((inputs: Touches(trainer.inputs.rows), outputs: Touches(trainer.outputs.rows)))
  }

  /// What share of its change each of `chunks` adds to a row that they used `uses` times in all: 1 where they used it
  /// seldom, down to 1 / `chunks` for the mean.
  private static func share(chunks: UInt8, uses: Int32) -> Float {
    // A row used so often by a chunk is half way between; chosen by the loss of three settings (see the commit).
    let often: Float = 32
    let (chunks, uses) = (Float(chunks), Float(uses))
    let mean = uses / chunks
    return 1 / (1 + (chunks - 1) * mean / (mean + often))
  }

  /// Finds the shares of the first `count` parts.
  func findShares(_ count: Int) {
    touches.withLock { touches in
      findShares(count, \.inputs, &touches.inputs)
      findShares(count, \.outputs, &touches.outputs)
    }
  }

  private func findShares(_ count: Int, _ rows: WritableKeyPath<Part, Rows>, _ touches: inout Touches) {
    let parts = parts[..<count]
    for part in parts {
      part.value.withLock { part in
        for (id, uses) in zip(part[keyPath: rows].ids, part[keyPath: rows].uses) {
          touches.chunks[Int(id)] += 1
          touches.uses[Int(id)] += uses
        }
      }
    }
    for part in parts {
      part.value.withLock { part in
        part[keyPath: rows].shares = part[keyPath: rows].ids.map {
          Word2VecRound.share(chunks: touches.chunks[Int($0)], uses: touches.uses[Int($0)])
        }
      }
    }
    for part in parts {
      part.value.withLock { part in
        for id in part[keyPath: rows].ids {
          touches.chunks[Int(id)] = 0
          touches.uses[Int(id)] = 0
        }
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
