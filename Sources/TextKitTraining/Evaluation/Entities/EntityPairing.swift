import TextKitCorpus

/// The gold and the found entities of one text, each paired with at most one of the other side.
///
/// Pairs are made in three rounds: of the same span and type; of the same span; of spans that share a byte, first those
/// of one type, then those that share most, then the ones that stand first. An entity given twice counts once.
struct EntityPairing {
  /// Entities in the order of their spans, then of their types.
  let gold: [LabeledSpan]
  /// Likewise.
  let found: [LabeledSpan]
  /// For each of `gold` its partner in `found`.
  private(set) var partners: [Int?]
  /// For each of `found` whether it has a partner.
  private(set) var isTaken: [Bool]

  init(gold: [LabeledSpan], found: [LabeledSpan]) {
    self.gold = Self.distinct(gold)
    self.found = Self.distinct(found)
    partners = [Int?](repeating: nil, count: self.gold.count)
    isTaken = [Bool](repeating: false, count: self.found.count)
    pairEqual()
    pairOverlapping()
  }

  /// Whether the pair of a gold entity is right: the same span and type.
  func isExact(_ number: Int) -> Bool { partners[number].map { found[$0] == gold[number] } ?? false }

  /// The entities of the text and how many are right.
  var score: MatchScore {
    MatchScore(gold: gold.count, predicted: found.count, correct: Double(gold.indices.count(where: isExact)))
  }

  private static func distinct(_ entities: [LabeledSpan]) -> [LabeledSpan] {
    var result: [LabeledSpan] = []
    for entity in entities.sorted(by: { ($0.span, $0.label) < ($1.span, $1.label) }) where result.last != entity {
      result.append(entity)
    }
    return result
  }

  private mutating func pairEqual() {
    let places = Dictionary(uniqueKeysWithValues: found.enumerated().map { ($1, $0) })
    for (number, entity) in gold.enumerated() {
      if let place = places[entity] { pair(number, place) }
    }
    var left: [TextSpan: [Int]] = [:]
    for place in found.indices.reversed() where !isTaken[place] { left[found[place].span, default: []].append(place) }
    for number in gold.indices where partners[number] == nil {
      if let place = left[gold[number].span]?.popLast() { pair(number, place) }
    }
  }

  private mutating func pairOverlapping() {
    var candidates: [(isOther: Bool, shared: Int, gold: Int, found: Int)] = []
    let left = found.indices.filter { !isTaken[$0] }
    // The greatest end among the first ones of `left`: those before it end too early.
    var first = 0
    var ends: [Int] = []
    for place in left { ends.append(max(ends.last ?? 0, found[place].span.end)) }
    for number in gold.indices where partners[number] == nil {
      let span = gold[number].span
      while first < left.count, ends[first] <= span.start { first += 1 }
      for place in left[first...] {
        let other = found[place].span
        if other.start >= span.end { break }
        let shared = min(span.end, other.end) - max(span.start, other.start)
        if shared > 0 { candidates.append((found[place].label != gold[number].label, shared, number, place)) }
      }
    }
    candidates.sort {
      ($0.isOther ? 1 : 0, -$0.shared, $0.gold, $0.found) < ($1.isOther ? 1 : 0, -$1.shared, $1.gold, $1.found)
    }
    for candidate in candidates where partners[candidate.gold] == nil && !isTaken[candidate.found] {
      pair(candidate.gold, candidate.found)
    }
  }

  private mutating func pair(_ number: Int, _ place: Int) {
    partners[number] = place
    isTaken[place] = true
  }
}
