import TextKitCorpus
import TextKitModels

/// A segmented corpus as a labeler learns from it.
package struct SegmentedExamples: Sendable {
  /// Sequences of characters with the tags of words.
  package private(set) var examples = LabelingExamples(
    sequences: ScalarSequences(), tags: [], tagSet: .words, unit: .characters)
  /// The words.
  package private(set) var words: Set<String> = []

  /// Reads words separated by white space, each line cut where raw text will be cut, moved to the next end of a word.
  ///
  /// - Throws: `CorpusError`; `TrainingError.noExamples` where there is no word.
  package init(contentsOf path: String, normalizer: Normalizer, splitter: SentenceSplitter) throws {
    let reader = try SIGHANReader(path: path)
    while let sentence = try reader.next() {
      for word in sentence.words { words.insert(word) }
      append(sentence, normalizer, splitter)
    }
    guard examples.sequences.count > 0 else { throw TrainingError.noExamples("\(path) holds no word") }
  }

  private mutating func append(_ sentence: SegmentedSentence, _ normalizer: Normalizer, _ splitter: SentenceSplitter)
  {
    var scalars = sentence.scalars
    normalizer.normalize(&scalars)
    let cuts = splitter.ends(of: scalars.span)
    var (start, end, cut, firstWord) = (0, 0, 0, 0)
    for (word, length) in sentence.wordLengths.enumerated() {
      end += Int(length)
      var isCut = false
      while cut < cuts.count, cuts[cut] <= end {
        isCut = true
        cut += 1
      }
      guard isCut else { continue }
      TagSet.appendWordTags(
        lengths: Array(sentence.wordLengths[firstWord...word]).span, to: &examples.tags)
      examples.sequences.append(scalars.span.extracting(start..<end))
      (start, firstWord) = (end, word + 1)
    }
  }
}
