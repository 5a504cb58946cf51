import TextKitCorpus

/// Words that a labeler is told of: for every character of a text, which of them begin, end and go on there.
///
/// Problem: a word that training never saw but a lexicon holds looks to the network like any other characters. An id a
/// character says how long the longest word of the lexicon is that begins there, that ends there, and whether one goes
/// over it (Zhang, Liu & Fu 2018, with one table instead of their vectors). Words and their beginnings are found by a
/// 62-bit hash that grows with each character (open addressing, Knuth, TAOCP 3, 6.4): a text of n characters takes
/// O(n) look-ups, most of them one a character.
package struct LabelerLexicon: Sendable {
  /// Lengths of words that are looked for.
  package static let lengths = 2...8
  /// The number of ids; 0 is that of a character that no word touches.
  package static let idCount = 50

  /// The words, ascending, each once.
  package let words: [[UInt32]]
  /// Hashes of words and of their beginnings; the two lowest bits say what of them: 1 a word, 2 a beginning. 0 is free.
  private let slots: [UInt64]
  /// 64 less the logarithm of the number of slots.
  private let shift: UInt64

  /// Takes words; those of other lengths are left out.
  package init(_ words: [[UInt32]]) {
    var sorted: [[UInt32]] = []
    for word in words.filter({ LabelerLexicon.lengths.contains($0.count) })
      .sorted(by: { $0.lexicographicallyPrecedes($1) }) where sorted.last != word
    {
      sorted.append(word)
    }
    var bits: UInt64 = 4
    while 1 << Int(bits) < 4 * sorted.count { bits += 1 }
    var slots = [UInt64](repeating: 0, count: 1 << Int(bits))
    var count = 0
    func add(_ hash: UInt64, _ mark: UInt64) {
      if 2 * (count + 1) > slots.count {
        bits += 1
        let old = slots
        slots = [UInt64](repeating: 0, count: 1 << Int(bits))
        for entry in old where entry != 0 { slots[LabelerLexicon.slot(of: entry, in: slots.span, 64 - bits)] = entry }
      }
      let slot = LabelerLexicon.slot(of: hash, in: slots.span, 64 - bits)
      if slots[slot] == 0 { count += 1 }
      slots[slot] = hash & ~3 | slots[slot] & 3 | mark
    }
    for word in sorted {
      var hash = LabelerLexicon.start
      for (index, scalar) in word.enumerated() {
        hash = LabelerLexicon.mix(hash, scalar)
        if index + 1 == word.count { add(hash, 1) } else if index > 0 { add(hash, 2) }
      }
    }
    self.words = sorted
    self.slots = slots
    shift = 64 - bits
  }

  /// Appends the ids of a sequence of scalars, `[scalars.count]`.
  ///
  /// - Parameter isKept: asked for every word that is found; training passes over some.
  package func appendIDs(of scalars: Span<UInt32>, to ids: inout [Int32], isKept: () -> Bool = { true }) {
    let (count, slots) = (scalars.count, slots.span)
    var begins = [UInt8](repeating: 0, count: count)
    var ends = begins
    var inside = begins
    for start in 0..<count {
      var hash = LabelerLexicon.mix(LabelerLexicon.start, scalars[start])
      var end = start + 1
      while end < count, end - start < LabelerLexicon.lengths.upperBound {
        hash = LabelerLexicon.mix(hash, scalars[end])
        end += 1
        let mark = slots[LabelerLexicon.slot(of: hash, in: slots, shift)] & 3
        if mark & 1 != 0, isKept() {
          let size = UInt8(min(4, end - start - 1))
          begins[start] = max(begins[start], size)
          ends[end - 1] = max(ends[end - 1], size)
          for place in start + 1..<end - 1 { inside[place] = 1 }
        }
        if mark & 2 == 0 { break }
      }
    }
    for index in 0..<count { ids.append(Int32(begins[index]) + 5 * Int32(ends[index]) + 25 * Int32(inside[index])) }
  }

  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  private static func mix(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
    let product = (hash ^ UInt64(scalar)) &* 0x9E37_79B9_7F4A_7C15
    return product ^ product >> 29
  }

  /// The slot that holds a hash, or the free one where it belongs.
  @inline(__always)
  private static func slot(of hash: UInt64, in slots: Span<UInt64>, _ shift: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: ((hash & ~3) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[slot] != 0, slots[slot] & ~3 != hash & ~3 { slot = (slot &+ 1) & (slots.count &- 1) }
    return slot
  }
}

extension LabelerLexicon: Equatable {
  /// Whether two lexicons give the same ids.
  package static func == (left: LabelerLexicon, right: LabelerLexicon) -> Bool { left.words == right.words }
}

// MARK: - As text

extension LabelerLexicon {
  /// A word a line, ascending, what it shares with the one before as a digit: `0北京 2人 1海` is 北京, 北京人, 北海.
  package func serialized() -> [UInt8] {
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
  /// - Throws: `CorpusError` with the line unless all of it is as `serialized()` writes it.
  package init(serialized bytes: [UInt8]) throws(CorpusError) {
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
      guard LabelerLexicon.lengths.contains(word.count) else {
        throw error("a word of \(LabelerLexicon.lengths) characters", CorpusError.quoted(line))
      }
      // Written in one way only: the digit says all that is shared, and words ascend.
      guard zip(last, word).prefix(while: { $0 == $1 }).count == Int(digit - 0x30),
        words.isEmpty || last.lexicographicallyPrecedes(word)
      else { throw error("a word that comes after the one before", CorpusError.quoted(line)) }
      words.append(Array(word))
    }
    self.init(words)
  }
}
