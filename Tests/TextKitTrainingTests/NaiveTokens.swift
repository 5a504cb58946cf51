import Foundation
import TextKitCorpus
import TextKitTraining

/// A token corpus made the simple way, from sentences held in memory: what the fast one has to equal.
struct NaiveTokens: Equatable {
  var words: [[UInt8]] = []
  var counts: [Int] = []
  /// The stream, with `TokenCorpus.sentenceEnd` after sentences.
  var ids: [UInt32] = []
  var readTokens = 0
  var forgotten = 0

  /// What a corpus holds.
  init(_ corpus: TokenCorpus) {
    words = (0..<corpus.words.count).map { Array(corpus.words[$0]) }
    counts = corpus.counts
    ids = corpus.withIDs { ids in ids.indices.map { ids[$0] } }
    readTokens = corpus.readTokens
    forgotten = corpus.forgottenTypes
  }

  /// What sentences of tokens become.
  init(_ sentences: [[[UInt8]]], _ options: TokenCorpusOptions) {
    // Each stay of a token in the vocabulary is another entry.
    var held: [[UInt8]: Int] = [:]
    var entries: [(token: [UInt8], count: Int)] = []
    var text: [[Int]] = []
    for sentence in sentences {
      var line: [Int] = []
      for token in sentence {
        let entry = held[token] ?? entries.count
        if entry == entries.count { entries.append((token, 0)) }
        held[token] = entry
        entries[entry].count += 1
        line.append(entry)
        readTokens += 1
        guard held.count > options.pruneAbove else { continue }
        let ranked = held.values.map { entries[$0].count }.sorted(by: >)
        let before = held.count
        held = held.filter { entries[$0.value].count > ranked[options.pruneAbove / 2] }
        forgotten += before - held.count
      }
      text.append(line)
    }
    var ranked = held.values.filter { entries[$0].count >= options.minimumCount }
    ranked.sort { left, right in
      let (a, b) = (entries[left], entries[right])
      return a.count == b.count ? a.token.lexicographicallyPrecedes(b.token) : a.count > b.count
    }
    ranked = Array(ranked.prefix(options.maximumVocabulary ?? ranked.count))
    words = ranked.map { entries[$0].token }
    counts = ranked.map { entries[$0].count }
    let numbers = Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($1, UInt32($0)) })
    for line in text {
      let kept = line.compactMap { numbers[$0] }
      for start in stride(from: 0, to: kept.count, by: options.maximumSentenceLength) {
        ids += kept[start..<min(start + options.maximumSentenceLength, kept.count)] + [TokenCorpus.sentenceEnd]
      }
    }
  }

  /// The lines of a file as scalars, without the byte order mark.
  static func lines(of bytes: [UInt8]) -> [[Unicode.Scalar]] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return text.split(separator: 0x0A).map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
  }

  /// The words of a line that white space keeps apart.
  static func words(of line: [Unicode.Scalar]) -> [[UInt8]] {
    line.split { $0.properties.isWhitespace }.map(utf8)
  }

  /// The normalized scalars of a line by sentence.
  static func sentences(of line: [Unicode.Scalar], _ normalizer: Normalizer) -> [[Unicode.Scalar]] {
    let scalars = line.map { normalizer.normalized($0.value) }
    var start = 0
    return SentenceSplitter().ends(of: scalars.span).map { end in
      defer { start = end }
      return scalars[start..<end].compactMap(Unicode.Scalar.init)
    }
  }

  /// The scalars of a sentence that are no white space.
  static func characters(of sentence: [Unicode.Scalar]) -> [[UInt8]] {
    sentence.filter { !$0.properties.isWhitespace }.map { utf8([$0]) }
  }

  /// The pairs of neighbors that are no white space.
  static func bigrams(of sentence: [Unicode.Scalar]) -> [[UInt8]] {
    zip(sentence, sentence.dropFirst()).filter { !$0.properties.isWhitespace && !$1.properties.isWhitespace }
      .map { utf8([$0, $1]) }
  }

  /// Sentences with their phrases joined as word2phrase.c does it, one pass.
  static func joined(
    _ sentences: [[[UInt8]]], _ options: PhraseOptions, threshold: Double
  ) -> [[[UInt8]]] {
    func joined(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] { a + Array(options.separator.utf8) + b }
    var counts: [[UInt8]: Int] = [:]
    var pairs: [[[UInt8]]: Int] = [:]
    for sentence in sentences {
      for token in sentence { counts[token, default: 0] += 1 }
      for (a, b) in zip(sentence, sentence.dropFirst()) { pairs[[a, b], default: 0] += 1 }
    }
    let total = Double(sentences.reduce(0) { $0 + $1.count })
    return sentences.map { sentence in
      var result: [[UInt8]] = []
      var last: [UInt8] = []
      // The count of the word before; 0 where it can't be joined.
      var pa = 0
      for word in sentence {
        var pb = counts[word] ?? 0
        let pab = pairs[[last, word]] ?? 0
        let isUnknown = pa < options.minimumCount || pb < options.minimumCount || pa == 0
        let score =
          isUnknown ? 0 : Double(pab - options.minimumCount) / Double(pa) / Double(pb) * total
        if score > threshold {
          result.append(joined(result.removeLast(), word))
          pb = 0
        } else {
          result.append(word)
        }
        (pa, last) = (pb, word)
      }
      return result
    }
  }

  static func utf8(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Array(String(text).utf8)
  }
}

/// A folder of its own for one test, removed with the value.
final class TokenFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "textkit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(at: url) } catch { print("left behind: \(url.path): \(error)") }
  }

  /// Writes a file, with the folders it is in, and returns it as an input.
  func file(_ name: String, _ bytes: [UInt8]) throws -> TextInput {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return .path(file.path)
  }

  func file(_ name: String, _ text: String) throws -> TextInput { try file(name, Array(text.utf8)) }
}
