import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Tables that threads share")
struct SharedMatrixTests {
  private func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> SharedMatrix {
    var random = SeededRandom(seed: seed)
    let matrix = SharedMatrix(rows: rows, columns: columns)
    matrix.set(random.floats(rows * columns))
    return matrix
  }

  @Test func `a new table is zeros, its rows a multiple of 16 apart`() {
    for (columns, stride) in [(1, 16), (15, 16), (16, 16), (17, 32), (100, 112), (300, 304)] {
      let matrix = SharedMatrix(rows: 3, columns: columns)
      #expect(matrix.stride == stride)
      #expect(matrix.values(0..<3) == [Float](repeating: 0, count: 3 * columns))
    }
    #expect(SharedMatrix(rows: 0, columns: 5).values(0..<0) == [])
  }

  @Test func `first values depend on the seed and the row alone`() {
    // More rows than threads take at a time, and enough bytes for large pages.
    let (rows, columns, bound) = (20_000, 110, Float(0.25))
    let tables = [1, 2, 4].map { threads in
      let matrix = SharedMatrix(rows: rows, columns: columns)
      matrix.fillUniform(bound: bound, seed: 9, threads: threads)
      return matrix.values(0..<rows)
    }
    #expect(tables[0] == tables[1] && tables[0] == tables[2])
    let small = SharedMatrix(rows: 10, columns: columns)
    small.fillUniform(bound: bound, seed: 9, threads: 1)
    #expect(small.values(0..<10) == Array(tables[0][..<(10 * columns)]))
    small.fillUniform(bound: bound, seed: 10, threads: 1)
    #expect(small.values(0..<10) != Array(tables[0][..<(10 * columns)]))
    #expect(tables[0].allSatisfy { -bound <= $0 && $0 <= bound })
    let mean = tables[0].reduce(0.0) { $0 + Double($1) } / Double(rows * columns)
    let square = tables[0].reduce(0.0) { $0 + Double($1) * Double($1) } / Double(rows * columns)
    // Uniform in ±b: mean 0, mean square b² / 3.
    #expect(abs(mean) < 1e-3)
    #expect(abs(square * 3 / Double(bound * bound) - 1) < 0.01)
  }

  @Test func `what is set is read, and nothing beside it changes`() {
    let matrix = matrix(7, 19, seed: 1)
    let before = matrix.values(0..<7)
    let rows: [Float] = (0..<38).map { Float($0) }
    matrix.set(rows, from: 3)
    #expect(matrix.values(3..<5) == rows)
    #expect(matrix.row(4) == Array(rows[19...]))
    #expect(matrix.values(0..<3) == Array(before[..<57]) && matrix.values(5..<7) == Array(before[95...]))
    matrix.set([])
    #expect(matrix.values(3..<5) == rows)
  }

  @Test(arguments: [1, 16, 17, 100])
  func `rows are copied, subtracted and added by number`(columns: Int) {
    let (table, copies) = (matrix(9, columns, seed: 2), matrix(6, columns, seed: 3))
    let before = (table.values(0..<9), copies.values(0..<6))
    func row(_ values: [Float], _ index: Int) -> [Float] {
      Array(values[index * columns..<(index + 1) * columns])
    }
    let ids: [Int32] = [8, 0, 3, 5]
    copies.copyRows(ids[...], of: table, to: 1)
    for (index, id) in ids.enumerated() { #expect(copies.row(1 + index) == row(before.0, Int(id))) }
    #expect(copies.row(0) == row(before.1, 0) && copies.row(5) == row(before.1, 5))
    copies.copyRows(ids[1...2], of: table, to: 4)
    #expect(copies.row(4) == row(before.0, 0) && copies.row(5) == row(before.0, 3))

    copies.set(before.1)
    copies.subtractRows(ids[...], of: table)
    let differences = copies.values(0..<6)
    for (index, id) in ids.enumerated() {
      let expected = zip(row(before.1, index), row(before.0, Int(id))).map { $0 - $1 }
      #expect(copies.row(index) == expected)
    }
    #expect(copies.row(4) == row(before.1, 4) && copies.row(5) == row(before.1, 5))

    // A row that stands there twice gets both.
    let twice: [Int32] = [8, 0, 3, 8, 7]
    // Powers of two, so that no product is rounded.
    let shares: [Float] = [1, 0.5, 1, 0.25, 2]
    for parts in [1, 2, 3, 12] {
      table.set(before.0)
      for remainder in 0..<parts {
        let others = table.values(0..<9)
        table.addRows(twice[...], shares: shares[...], from: copies, remainder: remainder, parts: parts)
        for id in 0..<9 where id % parts != remainder { #expect(table.row(id) == row(others, id)) }
      }
      var expected = (0..<9).map { row(before.0, $0) }
      for (index, id) in twice.enumerated() {
        expected[Int(id)] = zip(expected[Int(id)], row(differences, index)).map { $0 + shares[index] * $1 }
      }
      #expect(table.values(0..<9) == expected.flatMap { $0 }, "\(parts) parts")
    }
  }

  @Test func `a table is finite unless one element is not`() {
    #expect(SharedMatrix(rows: 0, columns: 3).isFinite)
    for value in [Float.nan, .infinity, -.infinity] {
      for place in [0, 18, 19, 6 * 19 + 18] {
        let matrix = matrix(7, 19, seed: 4)
        #expect(matrix.isFinite)
        var values = matrix.values(0..<7)
        values[place] = value
        matrix.set(values)
        #expect(!matrix.isFinite, "\(value) at \(place)")
      }
    }
    let matrix = matrix(1, 2, seed: 5)
    matrix.set([.infinity, -.infinity])
    #expect(!matrix.isFinite)
    matrix.set([.greatestFiniteMagnitude, .leastNonzeroMagnitude])
    #expect(matrix.isFinite)
  }
}
