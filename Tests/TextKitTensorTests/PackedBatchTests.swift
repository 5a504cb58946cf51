import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Packed batches and segments")
struct PackedBatchTests {
  @Test("an example")
  func example() {
    let batch = PackedBatch(lengths: [2, 0, 3, 2])
    #expect(batch.order == [2, 0, 3, 1])
    #expect(batch.lengths == [3, 2, 2, 0])
    #expect(batch.sizes == [3, 3, 1])
    #expect(batch.offsets == [0, 3, 6, 7])
    #expect(batch.tokenCount == 7)
    #expect(batch.count == 4)
    #expect(batch.sequenceOfRow == [0, 1, 2, 0, 1, 2, 0])
    #expect(batch.pack([[10, 11], [], [20, 21, 22], [30, 31]]) == [20, 10, 30, 21, 11, 31, 22])
  }

  @Test("of nothing", arguments: [[], [0], [0, 0, 0]])
  func nothing(lengths: [Int]) {
    let batch = PackedBatch(lengths: lengths)
    #expect(batch.count == lengths.count)
    #expect(batch.tokenCount == 0)
    #expect(batch.sizes.isEmpty)
    #expect(batch.offsets == [0])
    #expect(batch.order == Array(lengths.indices))
    #expect(batch.sequenceOfRow.isEmpty)
    #expect(batch.pack(lengths.map { _ in [] }).isEmpty)
  }

  @Test("any lengths", arguments: 1...50 as ClosedRange<UInt64>)
  func anyLengths(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let given = random.lengths(random.integer(in: 1..<30), in: 0..<random.integer(in: 1..<20))
    let batch = PackedBatch(lengths: given)
    #expect(batch.order.sorted() == Array(given.indices), "seed \(seed)")
    #expect(batch.lengths == batch.order.map { given[$0] }, "seed \(seed)")
    #expect(batch.lengths == given.sorted(by: >), "seed \(seed)")
    for (left, right) in zip(batch.order, batch.order.dropFirst()) where given[left] == given[right] {
      #expect(left < right, "seed \(seed): a tie in another order")
    }
    #expect(batch.tokenCount == given.reduce(0, +), "seed \(seed)")
    #expect(batch.sizes == (0..<(given.max() ?? 0)).map { step in given.count { $0 > step } }, "seed \(seed)")
    // Every row belongs to one token.
    let values = given.enumerated().map { index, length in (0..<length).map { Int32(index * 100 + $0) } }
    let packed = batch.pack(values)
    let owners = batch.sequenceOfRow
    var seen: Set<Int> = []
    for sequence in 0..<batch.count {
      for step in 0..<batch.lengths[sequence] {
        let row = batch.row(sequence: sequence, step: step)
        seen.insert(row)
        #expect(packed[row] == values[batch.order[sequence]][step], "seed \(seed)")
        #expect(owners[row] == Int32(sequence), "seed \(seed)")
      }
    }
    #expect(seen == Set(0..<batch.tokenCount), "seed \(seed)")
    #expect(batch.offsets.count == batch.sizes.count + 1, "seed \(seed)")
  }

  @Test("refuse a negative length")
  func negativeLength() async {
    await #expect(processExitsWith: .failure) { _ = PackedBatch(lengths: [3, -1]) }
    await #expect(processExitsWith: .failure) { _ = Segments(lengths: [3, -1]) }
  }

  /// The helper that other tests pack with.
  @Test("rows there and back", arguments: 1...10 as ClosedRange<UInt64>)
  func rowsThereAndBack(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let sequences = random.lengths(9, in: 0..<6).map { random.rows($0, columns: 2) }
    let batch = PackedBatch(lengths: sequences.map(\.count))
    let packed = batch.packRows(sequences)
    for sequence in 0..<batch.count {
      for step in 0..<batch.lengths[sequence] {
        let row = batch.row(sequence: sequence, step: step)
        #expect(
          Array(packed[(2 * row)..<(2 * row + 2)]) == sequences[batch.order[sequence]][step], "seed \(seed)")
      }
    }
    #expect(batch.unpackRows(packed, columns: 2) == sequences, "seed \(seed)")
  }

  @Test("segments lie one after another")
  func segments() {
    let segments = Segments(lengths: [2, 0, 3])
    #expect(segments.offsets == [0, 2, 2, 5])
    #expect(segments.count == 3)
    #expect(segments.rowCount == 5)
    #expect((0..<3).map(segments.rows) == [0..<2, 2..<2, 2..<5])
    let none = Segments(lengths: [])
    #expect(none.count == 0)
    #expect(none.rowCount == 0)
    #expect(none.offsets == [0])
  }
}
