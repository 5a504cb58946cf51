import TextKitCorpus

/// The codes of one sequence's tokens for some properties.
struct TokenColumns {
  /// Tokens of the sequence.
  private(set) var count = 0
  /// `[properties, stride]`: the codes of the places from `-reach` on, `reach` of them behind the last token.
  private(set) var codes: [UInt64] = []
  private var scalars: [UInt32] = []
  /// Where each token ends in `scalars`; empty where every scalar is one.
  private var tokenEnds: [Int] = []
  private var lexiconIDs: [Int32] = []

  /// The length of a column.
  var stride: Int { count + 2 * FeatureTemplate.reach }

  /// Takes a sequence.
  mutating func read(_ scalars: Span<UInt32>, tokenEnds: [Int]?) {
    self.scalars.removeAll(keepingCapacity: true)
    for index in scalars.indices { self.scalars.append(scalars[index]) }
    self.tokenEnds = tokenEnds ?? []
    count = tokenEnds?.count ?? scalars.count
  }

  /// Computes the columns of some properties.
  mutating func fill(_ properties: [TokenProperty], lexicon: TokenLexicon?, folding: Normalizer) {
    if properties.contains(.lexicon) {
      lexiconIDs =
        lexicon?.ids(of: scalars.span, tokenEnds: tokenEnds.isEmpty ? nil : tokenEnds)
        ?? [Int32](repeating: 0, count: count)
    }
    codes.removeAll(keepingCapacity: true)
    for property in properties {
      if case .same(let distance) = property {
        appendComparisons(distance: distance)
        continue
      }
      appendEdge(-FeatureTemplate.reach..<0, property)
      for token in 0..<count { codes.append(code(of: token, property, folding: folding)) }
      appendEdge(count..<count + FeatureTemplate.reach, property)
    }
  }

  private func range(of token: Int) -> Range<Int> {
    if tokenEnds.isEmpty { return token..<token + 1 }
    return (token == 0 ? 0 : tokenEnds[token - 1])..<tokenEnds[token]
  }

  private mutating func appendEdge(_ places: Range<Int>, _ property: TokenProperty) {
    for place in places {
      codes.append(property == .type ? Self.code(0x50) : Self.edge(place < 0 ? place : place - count + 1))
    }
  }

  /// Codes that say whether a token and the one at a distance are the same; beyond the edges nothing is.
  private mutating func appendComparisons(distance: Int) {
    for place in -FeatureTemplate.reach..<count + FeatureTemplate.reach {
      let other = place + distance
      var isSame = place == other
      if !isSame, (0..<count).contains(place), (0..<count).contains(other) {
        isSame =
          tokenEnds.isEmpty
          ? scalars[place] == scalars[other] : scalars[range(of: place)] == scalars[range(of: other)]
      }
      codes.append(isSame ? 1 : 2)
    }
  }

  private func code(of token: Int, _ property: TokenProperty, folding: Normalizer) -> UInt64 {
    if property == .lexicon { return Self.code(UInt32(lexiconIDs[token])) }
    let range = range(of: token)
    if property == .lower { return Self.code(scalars[range].map(folding.normalized)) }
    return Self.code(of: scalars.span.extracting(range), property)
  }

  private static func code(of token: Span<UInt32>, _ property: TokenProperty) -> UInt64 {
    switch property {
    case .prefix(let length): return code(token, 0..<min(length, token.count))
    case .suffix(let length): return code(token, max(0, token.count - length)..<token.count)
    case .type: return code(TokenTraits.type(token))
    case .shape: return code(TokenTraits.shape(of: token, longest: 4))
    case .outline: return code(TokenTraits.shape(of: token, longest: 1))
    case .token, .lower, .lexicon, .same: return code(token, 0..<token.count)
    }
  }

  /// The code of a place beyond the edges: negative before the first token, positive behind the last.
  private static func edge(_ distance: Int) -> UInt64 {
    code(0x8000_0000 | UInt32(truncatingIfNeeded: distance) & 0xFFFF)
  }

  @inline(__always)
  private static func code(_ scalar: UInt32) -> UInt64 { FeatureHash.finish(UInt64(scalar) &+ 1) }

  private static func code(_ scalars: [UInt32]) -> UInt64 { code(scalars.span, 0..<scalars.count) }

  @inline(__always)
  private static func code(_ scalars: Span<UInt32>, _ range: Range<Int>) -> UInt64 {
    if range.count == 1 { return code(scalars[range.lowerBound]) }
    var hash = UInt64(truncatingIfNeeded: range.count) &+ 0x9E37_79B9_7F4A_7C15
    for index in range { hash = FeatureHash.mix(hash, UInt64(scalars[index])) }
    return FeatureHash.finish(hash)
  }
}
