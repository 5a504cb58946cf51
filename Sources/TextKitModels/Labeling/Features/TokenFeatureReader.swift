import TextKitCorpus

/// The features of every token of a sentence by their 64-bit names: what training counts and prediction looks up.
///
/// No text of a feature is made. Each property that templates look at becomes a column of codes, one a token, with
/// codes for what lies beyond the edges; the name of a feature is the mixture of its template's seed and the codes.
package struct TokenFeatureReader: Sendable {
  /// The number of features of a token, one a template.
  package var width: Int { plans.count }
  private let properties: [TokenProperty]
  private let plans: [Plan]
  private let lexicon: TokenLexicon?
  private let folding = Normalizer(foldCase: true)

  /// A template with its properties by number.
  private struct Plan {
    let seed: UInt64
    let parts: [(property: Int, offset: Int)]
  }

  /// Makes a reader; a property `lexicon` without a lexicon says of every token that no word is there.
  package init(_ templates: [FeatureTemplate], lexicon: TokenLexicon?) {
    var properties: [TokenProperty] = []
    plans = templates.enumerated().map { number, template in
      let parts = template.parts.map { part in
        if let known = properties.firstIndex(of: part.property) { return (known, part.offset) }
        properties.append(part.property)
        return (properties.count - 1, part.offset)
      }
      return Plan(seed: FeatureHash.seed(group: number, length: template.parts.count), parts: parts)
    }
    self.properties = properties
    self.lexicon = lexicon
  }

  /// Appends the names of some neighboring sequences, token after token: `[tokens, width]`.
  package func appendNames(
    of sequences: ScalarSequences, sequences range: Range<Int>, to names: inout [UInt64]
  ) {
    var columns = TokenColumns()
    for sequence in range {
      let tokens = sequences.tokens(ofSequence: sequence)
      guard !tokens.isEmpty else { continue }
      let scalars = sequences.scalars.span.extracting(sequences.scalars(ofTokens: tokens))
      columns.read(scalars, tokenEnds: ends(of: tokens, in: sequences))
      appendNames(&columns, to: &names)
    }
  }

  /// Where the tokens of a sequence end among its scalars.
  private func ends(of tokens: Range<Int>, in sequences: ScalarSequences) -> [Int]? {
    guard let ends = sequences.tokenEnds else { return nil }
    let first = sequences.scalars(ofTokens: tokens).lowerBound
    return ends[tokens].map { $0 - first }
  }

  private func appendNames(_ columns: inout TokenColumns, to names: inout [UInt64]) {
    let (count, width) = (columns.count, plans.count)
    columns.fill(properties, lexicon: lexicon, folding: folding)
    let first = names.count
    names.append(contentsOf: repeatElement(0, count: count * width))
    var output = names.mutableSpan
    let codes = columns.codes.span
    var mixed = [UInt64](repeating: 0, count: count)
    var hashes = mixed.mutableSpan
    for (number, plan) in plans.enumerated() {
      for token in 0..<count { hashes[token] = plan.seed }
      for (property, offset) in plan.parts {
        let start = property * columns.stride + FeatureTemplate.reach + offset
        for token in 0..<count { hashes[token] = FeatureHash.mix(hashes[token], codes[start + token]) }
      }
      for token in 0..<count { output[first + token * width + number] = FeatureHash.finish(hashes[token]) }
    }
  }
}
