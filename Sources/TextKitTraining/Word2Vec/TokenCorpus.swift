import TextKitCorpus
package struct TokenCorpus: Sendable {
  package static let sentenceEnd: UInt32 = .max
  package let words: [[UInt8]]
  package let counts: [Int]
  package let ids: [UInt32]
  package var idCount: Int { ids.count }
  package var keptTokens: Int { counts.reduce(0, +) }
  package func withIDs<R>(_ body: (Span<UInt32>) throws -> R) rethrows -> R { try body(ids.span) }

  package init(path: String, minimumCount: Int) throws {
    let reader = try LineReader(path: path)
    var provisional: [Int32] = []
    var index: [[UInt8]: Int32] = [:]
    var names: [[UInt8]] = []
    var counts: [Int] = []
    while let line = try reader.next() {
      var n = 0
      for word in line.split(separator: 0x20) {
        let w = Array(word)
        let id: Int32
        if let found = index[w] { id = found } else { id = Int32(names.count); index[w] = id; names.append(w); counts.append(0) }
        counts[Int(id)] += 1
        provisional.append(id)
        n += 1
        if n % 1000 == 0 { provisional.append(-1) }
      }
      provisional.append(-1)
    }
    let kept = names.indices.filter { counts[$0] >= minimumCount }.sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : names[$0].lexicographicallyPrecedes(names[$1]) }
    var map = [UInt32](repeating: .max - 1, count: names.count)
    for (n, k) in kept.enumerated() { map[k] = UInt32(n) }
    ids = provisional.compactMap { $0 < 0 ? .max : map[Int($0)] == .max - 1 ? nil : map[Int($0)] }
    words = kept.map { names[$0] }
    self.counts = kept.map { counts[$0] }
  }
}
