import Testing
import TextKitTestSupport
import TextKitTraining

@Suite("Huffman trees of words")
struct HuffmanTreeTests {
  private static func paths(_ tree: HuffmanTree) -> [[Int32]] {
    tree.ends.indices.map { Array(tree.path[($0 == 0 ? 0 : tree.ends[$0 - 1])..<tree.ends[$0]]) }
  }

  /// The cost of joining the two lightest of all trees until one is left.
  private static func naiveCost(_ counts: [Int]) -> Int {
    var (weights, cost) = (counts, 0)
    while weights.count > 1 {
      weights.sort(by: >)
      let joined = weights.removeLast() + weights.removeLast()
      cost += joined
      weights.append(joined)
    }
    return cost
  }

  private static func check(_ counts: [Int], _ message: String) {
    let paths = paths(HuffmanTree(counts: counts))
    #expect(paths.count == counts.count)
    let cost = zip(counts, paths).reduce(0) { $0 + $1.0 * $1.1.count }
    #expect(cost == naiveCost(counts), "\(message)")
    // Walking the paths from the root builds a binary tree: every turn of every node leads to one node or one word.
    let root = Int32(counts.count - 2)
    var (next, leaves): ([Int32: Int32], [Int32: Int]) = ([:], [:])
    for (word, path) in paths.enumerated() {
      #expect(path.first.map { $0 >> 1 } ?? root == root, "\(message): the root is the last node")
      #expect(path.allSatisfy { 0...root ~= $0 >> 1 }, "\(message): a node out of range")
      for (turn, following) in zip(path, path.dropFirst()) {
        #expect(next[turn, default: following >> 1] == following >> 1, "\(message): two ways after one turn")
        next[turn] = following >> 1
      }
      if let last = path.last {
        #expect(leaves[last] == nil, "\(message): words \(word) and \(leaves[last] ?? -1) have the same path")
        leaves[last] = word
      }
    }
    #expect(Set(next.keys).isDisjoint(with: leaves.keys), "\(message): a path begins another")
    #expect(next.count + leaves.count == 2 * (counts.count - 1), "\(message): a turn leads nowhere")
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `paths are prefix-free and as cheap as those of a queue`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let limit = random.pick([2, 4, 30, 1_000_000])
    let counts = (0..<random.integer(in: 2..<200)).map { _ in random.integer(in: 1..<limit) }
    Self.check(counts.sorted(by: >), "seed \(seed)")
  }

  @Test func `ties, powers of two and Fibonacci numbers`() {
    Self.check([Int](repeating: 5, count: 64), "ties")
    #expect(Self.paths(HuffmanTree(counts: [Int](repeating: 5, count: 64))).allSatisfy { $0.count == 6 })
    let powers = (0..<40).map { 1 << (40 - $0) }
    Self.check(powers, "powers")
    #expect(Self.paths(HuffmanTree(counts: powers)).map(\.count) == (1...39).map { $0 } + [39])
    var fibonacci = [1, 1]
    while fibonacci.count < 40 { fibonacci.append(fibonacci.suffix(2).reduce(0, +)) }
    Self.check(fibonacci.reversed(), "Fibonacci")
  }

  @Test func `one word needs no turn, two need one each`() {
    #expect(Self.paths(HuffmanTree(counts: [7])) == [[]])
    #expect(Self.paths(HuffmanTree(counts: [])) == [])
    let two = Self.paths(HuffmanTree(counts: [7, 3]))
    #expect(Set(two) == [[0], [1]])
  }
}
