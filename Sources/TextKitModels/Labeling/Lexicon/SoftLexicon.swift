import TextKitCorpus
import TextKitTensor

/// Words of a lexicon by where a character stands in them (SoftLexicon: Ma, Peng, Zhang, Wei & Huang 2020, section 3).
///
/// For every character, four sets: the words that begin at it (B), go over it (M), end at it (E), and are it alone (S).
/// Each set becomes one vector, the mean of its words' vectors weighted by how frequent each is; the weights of all four
/// sets of a character sum to 4 (their equations 5 and 6). A set without words holds one stand-in.
package struct SoftLexicon: Sendable {
  /// Lengths of words that are looked for.
  package static let lengths = 1...8
  /// Sets a character.
  package static let setCount = 4

  /// The words, ascending, each once; the id of `words[i]` is `i + 1`, 0 stands for no word.
  package let words: [[UInt32]]
  /// How frequent each word is, `[words.count]`, above 0.
  package let frequencies: [Float]
  private let table: PrefixTable

  /// The number of ids.
  package var idCount: Int { words.count + 1 }

  /// Takes words that ascend, each once, of the lengths looked for.
  package init(words: [[UInt32]], frequencies: [Float]) {
    precondition(words.count == frequencies.count, "\(words.count) words with \(frequencies.count) frequencies")
    self.words = words
    self.frequencies = frequencies
    table = PrefixTable(words)
  }

  /// How often words stand in sequences, each in the longest word at its place alone: `[words.count]`.
  ///
  /// An occurrence that lies within another word's is not counted (section 3.2, "Condensing the word sets").
  package func occurrences(in sequences: ScalarSequences) -> [Int] {
    var counts = [Int](repeating: 0, count: words.count)
    for sequence in sequences.ends.indices {
      let range = sequences.tokens(ofSequence: sequence)
      var found: [(place: Range<Int>, number: Int)] = []
      table.forEachWord(in: sequences.scalars.span.extracting(range)) { found.append(($0, $1)) }
      // By their first scalar, longer words first: one that ends no later than an earlier one lies within it.
      found.sort { ($0.place.lowerBound, -$0.place.upperBound) < ($1.place.lowerBound, -$1.place.upperBound) }
      var end = 0
      for (place, number) in found where place.upperBound > end {
        counts[number] += 1
        end = place.upperBound
      }
    }
    return counts
  }

  /// Appends the four bags of each scalar of a sequence.
  ///
  /// - Parameter isKept: asked for every word that is found; training passes over some.
  package func appendBags(of scalars: Span<UInt32>, to bags: inout WeightedBags, isKept: () -> Bool = { true }) {
    let sets = SoftLexicon.setCount
    var found = [[Int32]](repeating: [], count: scalars.count * sets)
    table.forEachWord(in: scalars) { place, number in
      guard isKept() else { return }
      let id = Int32(number + 1)
      if place.count == 1 {
        found[place.lowerBound * sets + 3].append(id)
        return
      }
      found[place.lowerBound * sets].append(id)
      for index in place.dropFirst().dropLast() { found[index * sets + 1].append(id) }
      found[(place.upperBound - 1) * sets + 2].append(id)
    }
    for index in scalars.indices {
      let own = found[index * sets..<(index + 1) * sets]
      let total = own.reduce(Float(0)) { $0 + ($1.isEmpty ? 1 : $1.reduce(0) { $0 + weight(of: $1) }) }
      for set in own {
        for id in set { bags.append(id, weight: Float(sets) * weight(of: id) / total) }
        if set.isEmpty { bags.append(0, weight: Float(sets) / total) }
        bags.endBag()
      }
    }
  }

  private func weight(of id: Int32) -> Float { frequencies[Int(id) - 1] }
}

extension SoftLexicon: Equatable {
  /// Whether two lexicons give the same bags.
  package static func == (left: SoftLexicon, right: SoftLexicon) -> Bool {
    left.words == right.words && left.frequencies == right.frequencies
  }
}

extension SoftLexicon {
  /// The words as text, see `WordList`.
  package func serializedWords() -> [UInt8] { WordList.serialized(words) }

  /// Reads the text form.
  ///
  /// - Throws: `CorpusError` unless the words are as `serializedWords()` writes them and each has a frequency above 0.
  package init(serialized bytes: [UInt8], frequencies: [Float]) throws(CorpusError) {
    let words = try WordList.words(serialized: bytes, lengths: SoftLexicon.lengths)
    guard words.count == frequencies.count, frequencies.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw CorpusError(
        file: "lexicon", expected: "\(words.count) frequencies above 0",
        found: "\(frequencies.count), the least \(frequencies.min() ?? 0)")
    }
    self.init(words: words, frequencies: frequencies)
  }
}
