import TextKitCorpus

/// Counts of the texts that were compared so far.
struct EntityTally {
  /// A stretch as it is written, and its type.
  struct Surface: Hashable {
    let text: ArraySlice<UInt8>
    let type: String
  }

  private(set) var all = MatchScore()
  private(set) var types: [MatchScore]
  private(set) var spans = MatchScore()
  private(set) var overlap = MatchScore()
  private(set) var partial = MatchScore()
  private(set) var goldSurfaces: Set<Surface> = []
  private(set) var foundSurfaces: Set<Surface> = []
  private(set) var tokenCount = 0
  private(set) var correctTokenCount = 0
  private(set) var confusion: EntityConfusion

  init(types: [String]) {
    self.types = [MatchScore](repeating: MatchScore(), count: types.count)
    confusion = EntityConfusion(types: types)
  }

  /// Adds the entities of one text.
  ///
  /// - Parameter numbers: of the types.
  mutating func add(_ pairing: EntityPairing, numbers: [String: Int]) {
    all.merge(pairing.score)
    var spans = MatchScore(gold: pairing.gold.count, predicted: pairing.found.count)
    var (overlap, partial) = (spans, spans)
    for (number, entity) in pairing.gold.enumerated() {
      let type = numbers[entity.label] ?? 0
      types[type].gold += 1
      guard let partner = pairing.partners[number].map({ pairing.found[$0] }) else { continue }
      if partner == entity { types[type].correct += 1 }
      if partner.label == entity.label { overlap.correct += 1 }
      if partner.span == entity.span { spans.correct += 1 }
      partial.correct += partner.span == entity.span ? 1 : 0.5
    }
    for entity in pairing.found { types[numbers[entity.label] ?? 0].predicted += 1 }
    self.spans.merge(spans)
    self.overlap.merge(overlap)
    self.partial.merge(partial)
    confusion.add(pairing, numbers: numbers)
  }

  /// Adds the surfaces of one text.
  mutating func addSurfaces(_ pairing: EntityPairing, in text: SourceText) {
    for entity in pairing.gold { goldSurfaces.insert(Surface(text: text[entity.span], type: entity.label)) }
    for entity in pairing.found { foundSurfaces.insert(Surface(text: text[entity.span], type: entity.label)) }
  }

  /// Adds the tokens of one text: a token is right where both sides give it the same BIO tag, a token having the tag
  /// of the first entity that shares text with it.
  mutating func addTokens(_ tokens: [TextSpan], _ pairing: EntityPairing) {
    tokenCount += tokens.count
    let gold = Self.tags(of: tokens, pairing.gold)
    let found = Self.tags(of: tokens, pairing.found)
    correctTokenCount += zip(gold, found).count { $0 == $1 }
  }

  private struct Tag: Equatable {
    var type: String
    var isFirst: Bool
  }

  private static func tags(of tokens: [TextSpan], _ entities: [LabeledSpan]) -> [Tag?] {
    var tags = [Tag?](repeating: nil, count: tokens.count)
    var first = 0
    for entity in entities {
      while first < tokens.count, tokens[first].end <= entity.span.start { first += 1 }
      var isFirst = true
      for token in first..<tokens.count {
        if tokens[token].start >= entity.span.end { break }
        if tags[token] == nil {
          tags[token] = Tag(type: entity.label, isFirst: isFirst)
          isFirst = false
        }
      }
    }
    return tags
  }
}
