import TextKitCorpus
import TextKitTestSupport

extension SeededRandom {
  /// A text of random pieces with entities anywhere, overlapping ones among them.
  mutating func rawSample() -> EntitySample {
    let text = SourceText(text(pieces: 12))
    let offsets = text.decoded().offsets.map(Int.init)
    var sample = EntitySample(text: text)
    guard offsets.count > 1 else { return sample }
    for _ in 0..<integer(in: 0..<5) {
      let start = integer(in: 0..<offsets.count - 1)
      let end = integer(in: start + 1..<min(start + 5, offsets.count))
      sample.entities.append(
        LabeledSpan(span: TextSpan(start: offsets[start], end: offsets[end]), label: pick(["PER", "LOC", "a\"b-É"])))
    }
    return sample
  }

  /// A sentence of random tokens with a blank between each two, or of characters with nothing, and entities over some
  /// of them that don't overlap but often touch.
  mutating func tokenSample(ofCharacters: Bool) -> EntitySample {
    let tokens = (0..<integer(in: 1..<10)).map { _ in
      ofCharacters ? pick(["北", "京", "a", "é", "。", "𠀀"]) : pick(["北京", "U.S.", "e\u{301}", "👩‍👩‍👧‍👦", "\"", ",", "-"])
    }
    var sample = TaggedSentence(tokens: tokens, tags: tokens.map { _ in "O" }).sample(joiner: ofCharacters ? "" : " ")
    let spans = sample.tokens ?? []
    var start = 0
    while start < spans.count {
      let end = min(spans.count, start + integer(in: 1..<4))
      if chance(0.6) {
        let span = TextSpan(start: spans[start].start, end: spans[end - 1].end)
        sample.entities.append(LabeledSpan(span: span, label: pick(["PER", "LOC", "creative-work"])))
      }
      start = end
    }
    return sample
  }
}

extension TaggedSentence {
  /// The tokens put together, without entities.
  func sample(joiner: String) -> EntitySample {
    var text = ""
    var spans: [TextSpan] = []
    for (index, token) in tokens.enumerated() {
      if index > 0 { text += joiner }
      let start = text.utf8.count
      text += token
      spans.append(TextSpan(start: start, end: text.utf8.count))
    }
    return EntitySample(text: SourceText(text), tokens: spans, line: line)
  }
}

extension EntitySample {
  /// `text: LOC 上海 | PER 王`, for comparing at a glance.
  var brief: String {
    let entities = entities.map { "\($0.label) \(text.string(in: $0.span))" }
    return text.string + ": " + entities.joined(separator: " | ")
  }
}
