import TextKitCorpus
import TextKitTensor

/// Words that are known before a labeler of words reads its sequences, by their tokens, counted over all sequences.
package struct WordGuide: Sendable {
  /// A word that gains where it comes out whole.
  package struct Preference: Sendable {
    package let tokens: Range<Int>
    /// What its score gains, in natural logarithms of odds.
    package let bonus: Float
  }

  /// By their first token; each within one of the stretches that the labeler decides at once, none in a forced word.
  package var preferred: [Preference] = []
  /// Words whatever the model says; ascending, none overlap, each within one sequence.
  package var forced: [Range<Int>] = []

  /// Whether no word is known.
  package var isEmpty: Bool { preferred.isEmpty && forced.isEmpty }

  /// The tags of words, see `TagSet.words`.
  private static let tags = ChainGuide.Tags(begin: 0, inside: 1, end: 2, single: 3)

  /// What is known of the tokens that are read at once. Of a forced word that goes beyond them, what they hold of it
  /// counts as a word.
  package func chain(over read: Range<Int>) -> ChainGuide {
    var chain = ChainGuide(tags: WordGuide.tags)
    var next = Self.first(preferred.count) { preferred[$0].tokens.lowerBound >= read.lowerBound }
    while next < preferred.count, preferred[next].tokens.lowerBound < read.upperBound {
      let (tokens, bonus) = (preferred[next].tokens, preferred[next].bonus)
      if tokens.upperBound <= read.upperBound {
        chain.arcs.append(ChainGuide.Arc(steps: Self.steps(tokens, read), bonus: bonus))
      }
      next += 1
    }
    next = Self.first(forced.count) { forced[$0].upperBound > read.lowerBound }
    while next < forced.count, forced[next].lowerBound < read.upperBound {
      chain.forced.append(Self.steps(forced[next].clamped(to: read), read))
      next += 1
    }
    return chain
  }

  private static func steps(_ tokens: Range<Int>, _ read: Range<Int>) -> Range<Int> {
    tokens.lowerBound - read.lowerBound..<tokens.upperBound - read.lowerBound
  }

  /// The first of some numbers from 0 on for which a statement holds that holds for all after it.
  private static func first(_ count: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// A labeler over `TagSet.words` that can be told of words beforehand.
package protocol GuidedLabeling: ScoredLabeling {
  /// Where each stretch of tokens ends whose tags are decided at once, ascending: the ends of all sequences, and where
  /// long ones are cut.
  func readingEnds(of sequences: ScalarSequences) -> [Int]

  /// As `tags(of:)`, with words that are known.
  func tags(of sequences: ScalarSequences, guide: WordGuide) -> [Int32]

  /// The words of the guided tags, with the probabilities that the model gives them by itself.
  func scoredSpans(of sequences: ScalarSequences, guide: WordGuide) -> [ScoredSpan]
}
