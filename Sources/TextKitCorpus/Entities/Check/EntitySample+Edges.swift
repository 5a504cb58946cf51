extension EntitySample {
  /// What is wrong with where entities begin and end: kinds with messages.
  var edgeFindings: [(CorpusFinding.Kind, String)] {
    if entities.isEmpty { return [] }
    var findings: [(CorpusFinding.Kind, String)] = []
    // Offsets into ill-formed bytes are not those of the string.
    let cuts = text.isValidUTF8 ? text.string.clusterCuts(at: entities.flatMap { [$0.span.start, $0.span.end] }) : []
    // The entity so far that reaches farthest.
    var last: LabeledSpan?
    for entity in entities.sorted(by: { $0.span < $1.span }) {
      if let last, entity.span.start < last.span.end {
        findings.append((.overlappingEntities, "\(name(last)) and \(name(entity))"))
      }
      if entity.span.end > last?.span.end ?? -1 { last = entity }
      if hasBlankEdge(entity) { findings.append((.blankEdge, name(entity))) }
      if cuts.contains(entity.span.start) || cuts.contains(entity.span.end) {
        findings.append((.cutCharacter, name(entity)))
      }
    }
    return findings
  }

  /// Whether an entity begins or ends with white space.
  private func hasBlankEdge(_ entity: LabeledSpan) -> Bool {
    // No scalar has more than 4 bytes, and a part of one is no white space.
    let surface = text[entity.span]
    let first = String(decoding: surface.prefix(4), as: UTF8.self).unicodeScalars.first
    let last = String(decoding: surface.suffix(4), as: UTF8.self).unicodeScalars.last
    return [first, last].contains { $0.map { ScalarClass.isWhiteSpace($0.value) } ?? false }
  }
}

extension String {
  /// Those of some bytes that lie within a grapheme cluster; the string is passed through once.
  fileprivate func clusterCuts(at offsets: [Int]) -> Set<Int> {
    var cuts: Set<Int> = []
    var (index, end) = (startIndex, 0)
    for offset in offsets.sorted() {
      while end < offset, index < endIndex {
        let next = self.index(after: index)
        end += utf8.distance(from: index, to: next)
        index = next
      }
      if end != offset { cuts.insert(offset) }
    }
    return cuts
  }
}
