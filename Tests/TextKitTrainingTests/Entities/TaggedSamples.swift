import TextKitCorpus
import TextKitTestSupport

/// A sentence of tokens joined by blanks, with the entities that BIO tags mark.
func sample(_ tokens: [String], _ tags: [String], line: Int = 0) throws -> EntitySample {
  var (bytes, spans): ([UInt8], [TextSpan]) = ([], [])
  for token in tokens {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
    spans.append(TextSpan(start: bytes.count, end: bytes.count + token.utf8.count))
    bytes += Array(token.utf8)
  }
  return EntitySample(
    text: SourceText(bytes: bytes), tokens: spans, entities: try entities(of: tags, over: spans), line: line)
}

/// The entities that BIO tags mark.
func entities(of tags: [String], over tokens: [TextSpan]) throws -> [LabeledSpan] {
  var types: [String] = []
  for tag in tags where tag != "O" && !types.contains(String(tag.dropFirst(2))) {
    types.append(String(tag.dropFirst(2)))
  }
  let set = TagSet(scheme: .bio, types: types)
  return set.spans(of: tags.compactMap { set.id(of: $0) }.span).map {
    LabeledSpan(
      span: TextSpan(start: tokens[$0.range.lowerBound].start, end: tokens[$0.range.upperBound - 1].end),
      label: $0.type)
  }
}

/// Gold sentences whose tokens are `t0`, `t1` and so on, and the entities found by other tags.
func tagged(_ gold: [[String]], _ found: [[String]]) throws -> (samples: [EntitySample], found: [[LabeledSpan]]) {
  var samples: [EntitySample] = []
  for (number, tags) in gold.enumerated() {
    samples.append(try sample(tags.indices.map { "t\($0)" }, tags, line: 10 * number + 1))
  }
  return (samples, try zip(samples, found).map { try entities(of: $1, over: $0.tokens ?? []) })
}
