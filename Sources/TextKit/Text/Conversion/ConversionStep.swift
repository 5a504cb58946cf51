/// One pass over a text that replaces what stands in tables: at each place the longest key of the first table that
/// has one there (maximum forward matching, as OpenCC does it).
///
/// Problem: 50,000 phrases at a speed that reading a file does not notice. The keys of all tables share one trie
/// whose first level is an array over the scalars and whose other edges lie in a hash table (open addressing, Knuth,
/// TAOCP 3, 6.4). A text of n scalars takes O(n · longest key), and one look into the array where no key begins.
struct ConversionStep: Sendable {
  /// A place of the trie.
  private struct Node: Sendable {
    /// The number of the value, -1 where no key ends.
    var value: Int32 = -1
    /// The number of the table that the value is from.
    var table: Int32 = .max
    var hasChildren = false
  }

  /// The node of the first scalar of a key, 0 for none, by scalar, `[0x32000]`.
  private var firsts = [Int32](repeating: 0, count: 0x32000)
  /// Node 0 stands for none.
  private var nodes = [Node()]
  /// Node << 32 | scalar of each edge, 0 if free; the length is a power of two.
  private var edges: [UInt64] = []
  /// The node that each edge leads to, `[edges.count]`.
  private var targets: [Int32] = []
  private var edgeCount = 0
  /// All values, end to end.
  private var values: [UInt32] = []
  /// Where each value ends.
  private var valueEnds: [Int32] = []

  /// Takes tables: at a place, the first group that has a key there decides, and in it the longest key; of tables in
  /// one group the first has the word.
  init(_ groups: [[ConversionDictionary]]) {
    let count = groups.joined().reduce(0) { $0 + $1.entries.count }
    var size = 1024
    while size < 4 * count { size *= 2 }
    edges = Array(repeating: 0, count: size)
    targets = Array(repeating: 0, count: size)
    for (table, group) in groups.enumerated() {
      for dictionary in group {
        for entry in dictionary.entries { add(entry, of: dictionary.scalars.span, table: Int32(table)) }
      }
    }
  }

  private mutating func add(_ entry: ConversionDictionary.Entry, of scalars: Span<UInt32>, table: Int32) {
    var node = 0
    for index in entry.key {
      let scalar = scalars[index]
      // Beyond the planes of Chinese characters nothing is converted.
      guard Int(scalar) < firsts.count else { return }
      let isFirst = index == entry.key.lowerBound
      let next = isFirst ? Int(firsts[Int(scalar)]) : child(of: node, scalar)
      if next == 0 {
        nodes.append(Node())
        if isFirst {
          firsts[Int(scalar)] = Int32(nodes.count - 1)
        } else {
          nodes[node].hasChildren = true
          addEdge(from: node, scalar, to: nodes.count - 1)
        }
        node = nodes.count - 1
      } else {
        node = next
      }
    }
    guard nodes[node].value < 0 else { return }
    for index in entry.value { values.append(scalars[index]) }
    valueEnds.append(Int32(values.count))
    nodes[node].value = Int32(valueEnds.count - 1)
    nodes[node].table = table
  }

  private mutating func addEdge(from node: Int, _ scalar: UInt32, to target: Int) {
    edgeCount += 1
    if 2 * edgeCount > edges.count {
      let (oldEdges, oldTargets) = (edges, targets)
      edges = Array(repeating: 0, count: 2 * oldEdges.count)
      targets = Array(repeating: 0, count: 2 * oldEdges.count)
      for (edge, target) in zip(oldEdges, oldTargets) where edge != 0 {
        let slot = Self.slot(of: edge, in: edges.span)
        (edges[slot], targets[slot]) = (edge, target)
      }
    }
    let edge = UInt64(node) << 32 | UInt64(scalar)
    let slot = Self.slot(of: edge, in: edges.span)
    (edges[slot], targets[slot]) = (edge, Int32(target))
  }

  private func child(of node: Int, _ scalar: UInt32) -> Int {
    Int(targets[Self.slot(of: UInt64(node) << 32 | UInt64(scalar), in: edges.span)])
  }

  /// The slot that holds an edge, or the free one where it belongs.
  @inline(__always)
  private static func slot(of edge: UInt64, in edges: Span<UInt64>) -> Int {
    let shift = UInt64(64 - edges.count.trailingZeroBitCount)
    var slot = Int(truncatingIfNeeded: (edge &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    while edges[slot] != 0, edges[slot] != edge { slot = (slot &+ 1) & (edges.count &- 1) }
    return slot
  }

  /// The value to write for `scalars[start...]` and where its key ends; nil where no key begins.
  ///
  /// - Parameter tables: the last group whose keys count.
  @inline(__always)
  private func match(
    _ scalars: Span<UInt32>, from start: Int, limit: Int, _ nodes: Span<Node>, _ edges: Span<UInt64>,
    _ targets: Span<Int32>, first: Int32, tables: Int32 = .max
  ) -> (value: Int, end: Int)? {
    var found: (value: Int, end: Int)?
    var table = tables
    var node = Int(first)
    var end = start + 1
    while true {
      let entry = nodes[node]
      // A longer key wins within its group, a group before it wins over any length.
      if entry.value >= 0, entry.table <= table {
        found = (Int(entry.value), end)
        table = entry.table
      }
      guard entry.hasChildren, end < limit else { return found }
      let scalar = scalars[end]
      let slot = Self.slot(of: UInt64(node) << 32 | UInt64(scalar), in: edges)
      if edges[slot] == 0 { return found }
      node = Int(targets[slot])
      end += 1
    }
  }

  /// Converts a text that is cut into segments, over whose ends no key goes.
  ///
  /// - Parameters:
  ///   - scalars: The text; what is no Unicode scalar is left as it is.
  ///   - ends: The end of each segment, ascending; replaced by those in the result.
  func converted(_ scalars: Span<UInt32>, segments ends: inout [Int]) -> [UInt32] {
    var output: [UInt32] = []
    output.reserveCapacity(scalars.count + scalars.count / 16)
    let (firsts, nodes, edges, targets) = (firsts.span, nodes.span, edges.span, targets.span)
    var index = 0
    for segment in ends.indices {
      let limit = ends[segment]
      while index < limit {
        let scalar = scalars[index]
        let first = scalar < 0x32000 ? firsts[Int(truncatingIfNeeded: scalar)] : 0
        if first != 0,
          let (value, end) = match(scalars, from: index, limit: limit, nodes, edges, targets, first: first)
        {
          for place in (value == 0 ? 0 : Int(valueEnds[value - 1]))..<Int(valueEnds[value]) {
            output.append(values[place])
          }
          index = end
        } else {
          output.append(scalar)
          index += 1
        }
      }
      ends[segment] = output.count
    }
    return output
  }

  /// Cuts a text by the keys of the first group: each that is found is a segment, and so is what stands between two.
  func segmentEnds(of scalars: Span<UInt32>) -> [Int] {
    var ends: [Int] = []
    let (firsts, nodes, edges, targets) = (firsts.span, nodes.span, edges.span, targets.span)
    var (index, start) = (0, 0)
    while index < scalars.count {
      let scalar = scalars[index]
      let first = scalar < 0x32000 ? firsts[Int(truncatingIfNeeded: scalar)] : 0
      guard first != 0,
        let (_, end) = match(
          scalars, from: index, limit: scalars.count, nodes, edges, targets, first: first, tables: 0)
      else {
        index += 1
        continue
      }
      if index > start { ends.append(index) }
      ends.append(end)
      (index, start) = (end, end)
    }
    if start < scalars.count { ends.append(scalars.count) }
    return ends
  }
}
