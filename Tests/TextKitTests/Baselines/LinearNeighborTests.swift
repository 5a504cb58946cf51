import Testing
import TextKitModels

@Suite("Nearest neighbors")
struct LinearNeighborTests {
  private let index = NeighborIndex(
    LinearSamples.sparse(LinearSamples.counts), labels: [0, 1, 2, 1, 0, 2], labelCount: 3)

  ///     normalize(X) @ normalize([[1, 1, 0, 1]]).T
  @Test("the nearest are those of the greatest cosine, equal ones by number")
  func cosines() {
    let query = LinearSamples.sparse([[1, 1, 0, 1]])
    let found = index.neighbors(of: query, row: 0, count: 9)
    #expect(found.map(\.document) == [2, 1, 4, 0, 3, 5])
    #expect(
      LinearSamples.distance(
        found.map(\.similarity), [0.816497, 0.730297, 0.70014, 0.516398, 0.408248, 0.408248]) < 1e-6)
    #expect(index.neighbors(of: query, row: 0, count: 3) == Array(found.prefix(3)))
  }

  @Test("where equals compete for the last places, the smaller numbers have them")
  func ties() {
    let same = NeighborIndex(
      LinearSamples.sparse([[1, 0], [1, 1], [1, 0], [1, 0]]), labels: [0, 1, 0, 1], labelCount: 2)
    let query = LinearSamples.sparse([[2, 0]])
    for count in 1...4 {
      #expect(same.neighbors(of: query, row: 0, count: count).map(\.document) == Array([0, 2, 3, 1].prefix(count)))
    }
  }

  @Test("votes are shares of similarity; without a neighbor, of all documents")
  func votes() {
    var query = LinearSamples.sparse([[1, 1, 0, 1], [0, 0, 0, 0]])
    query.columnCount = 4
    let votes = index.votes(of: query, rows: 0..<2, count: 3)
    let sum = 0.816497 + 0.730297 + 0.70014
    #expect(
      LinearSamples.distance(votes, [0.70014 / sum, 0.730297 / sum, 0.816497 / sum, 1.0 / 3, 1.0 / 3, 1.0 / 3]) < 1e-6
    )
  }
}
