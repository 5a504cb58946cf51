import TextKitCorpus

/// The n-grams of texts by their 64-bit names: what training counts and prediction looks up.
package struct NGramReader: Sendable {
  private let groups: [(group: FeatureGroup, tokenizer: TextTokenizer, seeds: [UInt64])]

  /// Creates a reader.
  ///
  /// - Parameter segmenter: needed where a group reads segmented text.
  package init(_ configuration: FeatureConfiguration, segmenter: WordSegmenter?) {
    groups = configuration.groups.enumerated().map { index, group in
      let unit = index << 1 | (group.unit == .tokens ? 0 : 1)
      return (
        group, TextTokenizer(group.tokens, segmenter: segmenter),
        (0...group.maximumN).map { FeatureHash.seed(group: unit, length: $0) }
      )
    }
  }

  /// The n-grams of each text, each once with its count, by ascending name.
  package func counts(of block: TextBlock) -> NGramCounts {
    let texts = groups.map { $0.tokenizer.tokenize(block) }
    let hashes = texts.map(Self.hashes)
    var result = NGramCounts()
    var names: [UInt64] = []
    for text in block.lineEnds.indices {
      names.removeAll(keepingCapacity: true)
      for (index, group) in groups.enumerated() {
        let tokens = texts[index].tokens(ofText: text)
        switch group.group.unit {
        case .tokens:
          Self.appendNGrams(hashes[index], tokens, group.group, group.seeds, to: &names)
        case .characters:
          for token in tokens {
            Self.appendCharacters(texts[index], token, group.group, group.seeds) { names.append($0) }
          }
        }
      }
      result.append(&names)
    }
    return result
  }

  /// Calls `body` with the name of every n-gram of one text, as often as it occurs, and the bytes of its tokens.
  package func forEachNGram(of text: [UInt8], _ body: (_ name: UInt64, _ tokens: [Range<Int32>]) -> Void) {
    let block = TextBlock(lines: [text])
    for (group, tokenizer, seeds) in groups {
      let tokens = tokenizer.tokenize(block)
      let hashes = Self.hashes(tokens)
      for first in hashes.indices {
        switch group.unit {
        case .tokens:
          var name: UInt64 = 0
          for length in 1...group.maximumN where first + length <= hashes.count {
            name = FeatureHash.mix(name, hashes[first + length - 1])
            if length >= group.minimumN {
              body(FeatureHash.finish(name ^ seeds[length]), Array(tokens.sources[first..<(first + length)]))
            }
          }
        case .characters:
          Self.appendCharacters(tokens, first, group, seeds) { body($0, [tokens.sources[first]]) }
        }
      }
    }
  }

  private static func hashes(_ texts: TokenizedTexts) -> [UInt64] {
    let bytes = texts.bytes.span
    var start = 0
    return texts.tokenEnds.map { end in
      defer { start = Int(end) }
      return FeatureHash.hash(bytes, start..<Int(end))
    }
  }

  private static func appendNGrams(
    _ hashes: [UInt64], _ tokens: Range<Int>, _ group: FeatureGroup, _ seeds: [UInt64], to names: inout [UInt64]
  ) {
    let (shortest, longest) = (group.minimumN, group.maximumN)
    for first in tokens {
      var name: UInt64 = 0
      for length in 1...min(longest, tokens.upperBound - first) {
        name = FeatureHash.mix(name, hashes[first + length - 1])
        if length >= shortest { names.append(FeatureHash.finish(name ^ seeds[length])) }
      }
    }
  }

  /// The n-grams of the scalars of a token between two edges; a token too short for any is one as a whole.
  private static func appendCharacters(
    _ texts: TokenizedTexts, _ token: Int, _ group: FeatureGroup, _ seeds: [UInt64], _ body: (UInt64) -> Void
  ) {
    let decoded = ScalarText(texts.bytes.span.extracting(texts.range(ofToken: token)))
    let scalars = [0x20] + decoded.scalars + [0x20]
    let shortest = min(group.minimumN, scalars.count)
    for first in scalars.indices {
      var name: UInt64 = 0
      for length in 1...group.maximumN where first + length <= scalars.count {
        name = FeatureHash.mix(name, UInt64(scalars[first + length - 1]))
        // An edge alone says nothing.
        if length >= shortest, length > 1 || scalars[first] != 0x20 {
          body(FeatureHash.finish(name ^ seeds[length]))
        }
      }
    }
  }
}

/// The n-grams of texts: names ascending within a text, each once.
package struct NGramCounts: Sendable {
  /// `[entries]`.
  package private(set) var names: [UInt64] = []
  /// How often the text holds each, `[entries]`.
  package private(set) var counts: [Int32] = []
  /// Where each text ends, `[texts]`.
  package private(set) var textEnds: [Int] = []

  package init() {}

  /// The entries of one text.
  package func entries(ofText text: Int) -> Range<Int> { (text == 0 ? 0 : textEnds[text - 1])..<textEnds[text] }

  /// Adds a text's n-grams; sorts them.
  mutating func append(_ occurrences: inout [UInt64]) {
    occurrences.sort()
    for name in occurrences {
      if let last = names.last, names.count > (textEnds.last ?? 0), last == name {
        counts[counts.count - 1] += 1
      } else {
        names.append(name)
        counts.append(1)
      }
    }
    textEnds.append(names.count)
  }
}
