import Foundation
import Synchronization
import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Gradients of shards")
struct GradientMergingTests {
  /// Gradients of one shard: a dense part, sparse rows, both or none, by parameter.
  private func shard(_ random: inout SeededRandom, _ parameters: Parameters) -> Gradients {
    let graph = Graph(parameters, training: true)
    var loss = graph.constant(Tensor(scalar: 0))
    for id in parameters.ids {
      let shape = parameters[id].shape
      if random.chance(0.7) {
        let factors = graph.constant(random.tensor(shape, bound: 1000))
        loss = graph.add(loss, graph.sum(graph.multiplyElements(graph.parameter(id), factors)))
      }
      if random.chance(0.7) {
        let ids = random.tags(random.integer(in: 1..<9), tagCount: shape.rows)
        let factors = graph.constant(random.tensor(Shape(ids.count, shape.columns), bound: 1000))
        loss = graph.add(loss, graph.sum(graph.multiplyElements(graph.gather([(id, ids)]), factors)))
      }
    }
    graph.backward(from: loss)
    return graph.takeGradients()
  }

  @Test(
    "are added in the order of the shards, for any number of threads",
    arguments: 1...10 as ClosedRange<UInt64>)
  func merge(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var parameters = Parameters()
    for index in 0..<7 {
      _ = parameters.add("p\(index)", Tensor(Shape(random.integer(in: 1..<9), random.integer(in: 1..<40))))
    }
    let shards = (0..<random.integer(in: 1..<7)).map { _ in shard(&random, parameters) }
    for threads in [1, 2, 4] {
      let workspaces = (0..<threads).map { _ in Workspace() }
      let merged = Gradients.merge(shards, workspaces: workspaces, threads: threads)
      #expect(merged.parts.count == parameters.count)
      for id in parameters.ids {
        let comment: Comment = "seed \(seed), \(threads) threads, parameter \(id.index)"
        let part = merged.parts[id.index]
        // In Float and shard after shard, so every byte must agree.
        let dense = shards.compactMap { $0.parts[id.index].dense?.values }
        let sum = dense.dropFirst().reduce(dense.first) { total, values in
          total.map { zip($0, values).map(+) }
        }
        #expect(part.dense?.values == sum, comment)
        var rows: [Int32: [Float]] = [:]
        for sparse in shards.compactMap({ $0.parts[id.index].rows }) {
          let width = sparse.values.columns
          for (index, row) in sparse.ids.enumerated() {
            let values = Array(sparse.values.values[(index * width)..<((index + 1) * width)])
            rows[row] = rows[row].map { zip($0, values).map(+) } ?? values
          }
        }
        #expect(part.rows?.ids ?? [] == rows.keys.sorted(), comment)
        #expect(part.rows?.values.values ?? [] == rows.sorted { $0.key < $1.key }.flatMap(\.value), comment)
      }
    }
  }

  @Test("of no shards are none")
  func noShards() {
    #expect(Gradients.merge([], workspaces: [Workspace()], threads: 1).parts.isEmpty)
  }

  /// 10⁸ + 1 - 10⁸ is 0 in Float, and 1 in any order that takes the large ones first.
  @Test("sparse rows are summed in the order given")
  func sparseOrder() throws {
    func rows(_ ids: [Int32], _ values: [Float]) -> SparseRows? {
      var parameters = Parameters()
      let table = parameters.add("table", Tensor(Shape(6, 1)))
      let graph = Graph(parameters, training: true)
      let factors = graph.constant(Tensor(Shape(ids.count, 1), values))
      graph.backward(from: graph.sum(graph.multiplyElements(graph.gather([(table, ids)]), factors)))
      return graph.takeGradients().parts[0].rows
    }
    let parts = try [
      #require(rows([3, 1], [1e8, 5])), #require(rows([3], [1])), #require(rows([0, 3], [7, -1e8])),
    ]
    let workspace = Workspace()
    let sum = try #require(SparseRows.sum(parts, in: workspace))
    #expect(sum.ids == [0, 1, 3])
    #expect(sum.values.values == [7, 5, 0])
    let other = try #require(SparseRows.sum([parts[0], parts[2], parts[1]], in: workspace))
    #expect(other.values.values == [7, 5, 1])
    #expect(SparseRows.sum([], in: workspace) == nil)
    // The same holds within one look-up.
    #expect(rows([3, 3, 3], [1e8, 1, -1e8])?.values.values == [0])
    #expect(rows([3, 3, 3], [1e8, -1e8, 1])?.values.values == [1])
  }

  @Test("the sum of squares counts every part")
  func sumOfSquares() {
    var gradients = Gradients(count: 3)
    #expect(gradients.sumOfSquares == 0)
    gradients.parts[0].dense = Tensor(Shape(1, 2), [3, 4])
    gradients.parts[2].dense = Tensor(Shape(1, 1), [1e20])
    expectClose(gradients.sumOfSquares, 1e40, tolerance: 1e-6, "large elements")
    gradients.parts[2].dense = Tensor(Shape(1, 1), [2])
    #expect(gradients.sumOfSquares == 29)
  }
}

@Suite("Parallel work")
struct ParallelTests {
  @Test("takes every item once, a lane in one thread at a time", arguments: [0, 1, 2, 4, 7], [0, 1, 3, 100])
  func everyItemOnce(threads: Int, count: Int) {
    let taken = Mutex([Int](repeating: 0, count: count))
    let busy = Mutex(Set<Int>())
    let clashes = Atomic(0)
    Parallel.forEach(count: count, threads: threads) { item, lane in
      let isFree = busy.withLock { $0.insert(lane).inserted }
      if !isFree || lane < 0 || lane >= max(1, threads) { clashes.add(1, ordering: .relaxed) }
      taken.withLock { $0[item] += 1 }
      // Long enough for the lanes to meet.
      Thread.sleep(forTimeInterval: 1e-4)
      _ = busy.withLock { $0.remove(lane) }
    }
    #expect(taken.withLock { $0 } == Array(repeating: 1, count: count))
    #expect(clashes.load(ordering: .relaxed) == 0)
  }

  @Test("returns results in the order of the items", arguments: [1, 2, 4])
  func order(threads: Int) {
    let results = Parallel.map(count: 200, threads: threads) { item, _ in item * item }
    #expect(results == (0..<200).map { $0 * $0 })
    #expect(Parallel.map(count: 0, threads: threads) { item, _ in item }.isEmpty)
  }
}
