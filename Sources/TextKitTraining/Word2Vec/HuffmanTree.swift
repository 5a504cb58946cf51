/// The Huffman tree over a vocabulary: words as leaves, frequent ones near the root.
///
/// The problem: a word is to be told from V others in about log V two-way choices, few for frequent words. The two
/// rarest of the trees are joined until one is left (Huffman 1952); with counts sorted, leaves and joined nodes are two
/// queues that both rise, so that this takes time linear in V (van Leeuwen 1976).
package struct HuffmanTree: Sendable {
  /// Where the path of each word ends in `path`: `[V]`.
  package let ends: [Int]
  /// The turns from the root to the word, 2 · node + turn; the nodes are 0 ..< V - 1, the root the last.
  package let path: [Int32]

  /// Makes the tree of counts that fall: `[V]`.
  package init(counts: [Int]) {
    let leaves = counts.count
    let nodes = max(0, leaves - 1)
    // Trees by number: a leaf is its word's, a joined one `leaves` + its node's.
    var (parents, turns) = (
      [Int](repeating: -1, count: leaves + nodes), [Bool](repeating: false, count: leaves + nodes)
    )
    var weights = counts + [Int](repeating: 0, count: nodes)
    var (leaf, joined) = (leaves - 1, leaves)
    for node in leaves..<leaves + nodes {
      func rarest() -> Int {
        if leaf >= 0, joined == node || weights[leaf] < weights[joined] {
          leaf -= 1
          return leaf + 1
        }
        joined += 1
        return joined - 1
      }
      let (first, second) = (rarest(), rarest())
      weights[node] = weights[first] + weights[second]
      (parents[first], parents[second], turns[second]) = (node, node, true)
    }
    var (ends, path) = ([Int](), [Int32]())
    ends.reserveCapacity(leaves)
    for word in 0..<leaves {
      let start = path.count
      var tree = word
      while parents[tree] >= 0 {
        path.append(Int32(2 * (parents[tree] - leaves) + (turns[tree] ? 1 : 0)))
        tree = parents[tree]
      }
      path[start...].reverse()
      ends.append(path.count)
    }
    (self.ends, self.path) = (ends, path)
  }
}
