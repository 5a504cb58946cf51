import TextKitCorpus

/// Texts as a neural classifier reads them: the ids of their tokens, end to end.
package struct ClassifierSequences: Sendable {
  /// The ids of all texts; each text has at least one.
  package private(set) var ids: [Int32] = []
  /// Where each text ends in `ids`, `[texts]`.
  package private(set) var textEnds: [Int] = []
  /// The token that each id stands for, as a number in the tokenized texts; -1 for the stand-in of no token.
  package private(set) var tokens: [Int32] = []
  /// Where each sentence ends in `ids`; empty where the encoder knows no sentences.
  package private(set) var sentenceEnds: [Int] = []
  /// For each text, the number of sentences up to its end; empty likewise.
  package private(set) var textSentenceEnds: [Int] = []

  /// The number of texts.
  package var count: Int { textEnds.count }

  /// The ids of one text, as a range of `ids`.
  package func range(ofText text: Int) -> Range<Int> { (text == 0 ? 0 : textEnds[text - 1])..<textEnds[text] }

  /// The sentences of one text, as a range of `sentenceEnds`.
  package func sentences(ofText text: Int) -> Range<Int> {
    (text == 0 ? 0 : textSentenceEnds[text - 1])..<textSentenceEnds[text]
  }

  /// The ids of one sentence, as a range of `ids`.
  package func range(ofSentence sentence: Int) -> Range<Int> {
    (sentence == 0 ? 0 : sentenceEnds[sentence - 1])..<sentenceEnds[sentence]
  }

  /// Looks up the tokens of the texts of a block.
  ///
  /// A text without tokens is read as one unknown token. Of a text longer than the configuration allows, a part is read.
  package init(
    _ texts: TokenizedTexts, of block: TextBlock, vocabulary: Vocabulary,
    _ configuration: NeuralClassifierConfiguration
  ) {
    var all: [Int32] = []
    all.reserveCapacity(texts.tokenEnds.count)
    vocabulary.appendIDs(of: texts.bytes.span, ends: texts.tokenEnds.span, to: &all)
    ids.reserveCapacity(all.count)
    tokens.reserveCapacity(all.count)
    let cutter = configuration.encoder == .hierarchical ? SentenceCutter(configuration) : nil
    for text in 0..<texts.count {
      let range = texts.tokens(ofText: text)
      for part in ClassifierSequences.parts(of: range, configuration) {
        ids.append(contentsOf: all[part])
        for token in part { tokens.append(Int32(token)) }
      }
      if range.isEmpty {
        ids.append(Vocabulary.unknownID)
        tokens.append(-1)
      }
      if let cutter {
        let first = textEnds.last ?? 0
        let starts = tokens[first...].map { $0 < 0 ? 0 : texts.sources[Int($0)].lowerBound }
        cutter.appendEnds(of: block.range(ofLine: text), in: block, starts: starts, from: first, to: &sentenceEnds)
        textSentenceEnds.append(sentenceEnds.count)
      }
      textEnds.append(ids.count)
    }
  }

  /// The tokens that are read of a text's.
  private static func parts(of range: Range<Int>, _ configuration: NeuralClassifierConfiguration) -> [Range<Int>] {
    let limit = configuration.maximumLength
    guard range.count > limit else { return [range] }
    switch configuration.truncation {
    case .head: return [range.lowerBound..<(range.lowerBound + limit)]
    case .headAndTail:
      let head = limit / 4
      return [range.lowerBound..<(range.lowerBound + head), (range.upperBound - limit + head)..<range.upperBound]
    }
  }
}

/// Finds the sentences of a text among its tokens.
private struct SentenceCutter {
  let splitter = SentenceSplitter(granularity: .sentence)
  let maximumLength: Int

  init(_ configuration: NeuralClassifierConfiguration) {
    maximumLength = configuration.maximumSentenceLength
  }

  /// Appends where sentences end, counted in ids from `first` on.
  ///
  /// - Parameter starts: where the token of each id starts in the block's bytes, ascending.
  func appendEnds(
    of range: Range<Int>, in block: TextBlock, starts: [Int32], from first: Int, to ends: inout [Int]
  ) {
    // As it is written: whether a sentence begins shows in its case.
    let text = ScalarText(block.bytes.span.extracting(range))
    var sentenceStart = 0
    var sentence = 0
    let cuts = splitter.ends(of: text.scalars.span).map { range.lowerBound + Int(text.offsets[$0]) }
    for (index, start) in starts.enumerated() {
      var isCut = index - sentenceStart == maximumLength
      while sentence < cuts.count, Int(start) >= cuts[sentence] {
        sentence += 1
        isCut = isCut || index > sentenceStart
      }
      if isCut {
        ends.append(first + index)
        sentenceStart = index
      }
    }
    ends.append(first + starts.count)
  }
}
