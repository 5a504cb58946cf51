import Testing
import TextKitModels
import TextKitTestSupport

@Suite("Numbers of some columns")
struct ColumnRanksTests {
  @Test("ascend as the columns do, whatever their order", arguments: 0..<50)
  func numbers(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let count = random.integer(in: 1..<400)
    var columns = (0..<count).filter { _ in random.chance(0.3) }
    let ranks = ColumnRanks(columns.reversed(), of: count)
    #expect(ranks.count == columns.count && ranks.columns == columns)
    for column in 0..<count { #expect(ranks.number(of: column) == columns.firstIndex(of: column), "seed \(seed)") }
    columns.append(0)
    #expect(ColumnRanks(columns, of: count).count == Set(columns).count)
  }

  @Test("a matrix keeps the entries of these columns, under their numbers")
  func selecting() {
    var matrix = SparseMatrix(columnCount: 100)
    (matrix.columns, matrix.values, matrix.rowEnds) = ([3, 70, 99, 5, 70], [1, 2, 3, 4, 5], [3, 3, 5])
    let selected = matrix.selecting(ColumnRanks([99, 70], of: 100))
    #expect(selected.columnCount == 2 && selected.columns == [0, 1, 0])
    #expect(selected.values == [2, 3, 5] && selected.rowEnds == [2, 2, 3])
  }
}
