import TextKitCorpus

/// Words with types, found where they stand in a text as words (`WordEdges`).
struct PatternWords: Sendable {
  private let table: PrefixTable
  /// For the number of each word, that of its type; -1 for one that is not looked for.
  private let types: [Int32]

  /// Takes words of one scalar or more by their numbers, each with the number of its type; words at the end without types
  /// are not looked for.
  init(_ table: PrefixTable, types: [Int32]) {
    (self.table, self.types) = (table, types)
  }

  /// The longest word that begins at a place: its end and the number of its type.
  ///
  /// - Parameter edges: those of this text.
  @inline(__always)
  func longest(
    in scalars: Span<UInt32>, from start: Int, _ edges: inout WordEdges
  ) -> (end: Int, type: Int)? {
    var found: (end: Int, type: Int)?
    table.forEachWord(in: scalars, from: start) { end, number in
      if number < types.count, types[number] >= 0, edges.isPossible(scalars, end) {
        found = (end, Int(types[number]))
      }
    }
    // The start last: at most places no word begins.
    return found.flatMap { edges.isPossible(scalars, start) ? $0 : nil }
  }
}
