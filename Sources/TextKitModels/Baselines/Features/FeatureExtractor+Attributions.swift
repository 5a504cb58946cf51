import TextKitCorpus

extension FeatureExtractor {
  /// Each feature's value times its weight, dealt out over the tokens that it stands in, in the text's order.
  package func attributions(
    of text: [UInt8], row: SparseMatrix, weight: (Int32) -> Double
  ) -> [Attribution] {
    attributions(of: text, amounts: zip(row.columns, row.values).map { ($0, Double($1) * weight($0)) })
  }

  /// An amount for each of some features, dealt out over the tokens that it stands in, in the text's order; what the text
  /// doesn't hold has no place.
  package func attributions(of text: [UInt8], amounts: [(column: Int32, amount: Double)]) -> [Attribution] {
    var occurrences: [Int32: [[Range<Int32>]]] = [:]
    reader.forEachNGram(of: text) { name, tokens in
      if let column = column(of: name) { occurrences[column, default: []].append(tokens) }
    }
    var weightOfSource: [Range<Int32>: Double] = [:]
    for (column, amount) in amounts {
      let places = occurrences[column] ?? []
      for place in places {
        for source in place { weightOfSource[source, default: 0] += amount / Double(places.count * place.count) }
      }
    }
    return weightOfSource.sorted { ($0.key.lowerBound, $0.key.upperBound) < ($1.key.lowerBound, $1.key.upperBound) }
      .map { Attribution(span: TextSpan(start: Int($0.lowerBound), end: Int($0.upperBound)), weight: $1) }
  }
}
