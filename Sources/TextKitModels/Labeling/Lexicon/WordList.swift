import TextKitCorpus

/// Words in ascending order, each once, and their form as text.
package enum WordList {
  /// Sorts words, and drops those of other lengths and repeated ones.
  static func sorted(_ words: [[UInt32]], lengths: ClosedRange<Int>) -> [[UInt32]] {
    var sorted: [[UInt32]] = []
    for word in words.filter({ lengths.contains($0.count) }).sorted(by: { $0.lexicographicallyPrecedes($1) })
    where sorted.last != word { sorted.append(word) }
    return sorted
  }

  /// A word a line, ascending, what it shares with the one before as a digit: `0北京 2人 1海` is 北京, 北京人, 北海.
  static func serialized(_ words: [[UInt32]]) -> [UInt8] {
    var bytes: [UInt8] = []
    var last: [UInt32] = []
    for word in words {
      let shared = zip(last, word).prefix { $0 == $1 }.count
      bytes.append(0x30 + UInt8(shared))
      bytes.append(contentsOf: UTF8Encoder.string(Array(word[shared...]).span).utf8)
      bytes.append(0x0A)
      last = word
    }
    return bytes
  }

  /// Reads the text form.
  ///
  /// - Throws: `CorpusError` with the line unless all of it is as `serialized(_:)` writes it.
  static func words(serialized bytes: [UInt8], lengths: ClosedRange<Int>) throws(CorpusError) -> [[UInt32]] {
    var words: [[UInt32]] = []
    func error(_ expected: String, _ found: String) -> CorpusError {
      CorpusError(file: "lexicon", line: words.count + 1, expected: expected, found: found)
    }
    guard bytes.last ?? 0x0A == 0x0A else { throw error("a line break at the end", "none") }
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      let last = words.last ?? []
      guard let digit = line.first, (0x30...0x30 + UInt8(last.count)).contains(digit) else {
        throw error("how much is shared with the word before, from 0 to \(last.count)", CorpusError.quoted(line))
      }
      guard let rest = String(validating: line.dropFirst(), as: UTF8.self) else {
        throw error("valid UTF-8", CorpusError.quoted(line))
      }
      let word = last.prefix(Int(digit - 0x30)) + rest.unicodeScalars.map(\.value)
      guard lengths.contains(word.count) else {
        throw error("a word of \(lengths) characters", CorpusError.quoted(line))
      }
      // Written in one way only: the digit says all that is shared, and words ascend.
      guard zip(last, word).prefix(while: { $0 == $1 }).count == Int(digit - 0x30),
        words.isEmpty || last.lexicographicallyPrecedes(word)
      else { throw error("a word that comes after the one before", CorpusError.quoted(line)) }
      words.append(Array(word))
    }
    return words
  }
}
