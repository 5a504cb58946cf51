import Foundation
import Synchronization
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Finds words in raw Chinese text that no word list holds: strings of characters that hold together and that stand
/// in many surroundings.
///
/// Problem: words from counts of n-grams alone. A string holds together where it is more frequent than chance has it
/// for each way to cut it in two: its cohesion is the least pointwise mutual information of its halves, ln(c(ab) · N
/// / (c(a) · c(b))). It is used as a word where its neighbors on both sides vary: their entropy in nats. Places where
/// no Chinese character stands beside it count as neighbors of their own, each different.
///
/// N-grams are counted as texts come. More than `limit` distinct ones are not held: then the rarest are forgotten,
/// and counts of rare strings come out too low. Results are the same for any number of threads.
public final class NewWordFinder: Sendable {
  /// Lengths of the words that are looked for, in characters: 2 to this.
  public let maximumLength: Int
  private let limit: Int
  /// One table for each value of the lowest bits of a hash.
  private let tables = (0..<NewWordFinder.partitions).map { _ in Partition() }
  private let singles = Mutex([Int](repeating: 0, count: Int(NewWordFinder.characters.count) + 1))
  private static let partitions = 64
  /// CJK Unified Ideographs with their extension A, 27,648 of them; others count as the end of a string.
  private static let characters: Range<UInt32> = 0x3400..<0xA000

  private final class Partition: Sendable {
    let table = Mutex(NGramTable())
  }

  /// Creates a finder.
  ///
  /// - Parameters:
  ///   - maximumLength: The longest words to look for, 2 to 7 characters.
  ///   - limit: Distinct n-grams of two characters and more to hold at most, each in up to 80 bytes.
  public init(maximumLength: Int = 4, limit: Int = 8_000_000) {
    precondition((2...7).contains(maximumLength), "words of 2 to 7 characters can be found, not \(maximumLength)")
    precondition(limit >= 1000, "at least 1,000 n-grams are held, not \(limit)")
    self.maximumLength = maximumLength
    self.limit = limit
  }

  /// Counts the n-grams of some texts, in their order.
  public func add(_ blocks: [TextBlock], threads: Int) {
    add(blocks, known: blocks.map { _ in 0 }, threads: threads)
  }

  /// Counts the n-grams of a text that comes in parts, in their order: as of the whole text, wherever it was cut.
  ///
  /// - Parameters:
  ///   - parts: the next parts of the text, any bytes; line feeds are characters like others that are not Chinese.
  ///   - tail: the end of what came before; empty for a new text. It is replaced by the end of these parts.
  ///   - threads: threads to work with.
  public func add(parts: [[UInt8]], after tail: inout [UInt8], threads: Int) {
    // A character that is counted has three bytes; one of them may be cut.
    let reach = 3 * (maximumLength + 1)
    var (blocks, known): ([TextBlock], [Int]) = ([], [])
    for part in parts {
      let bytes = tail + part
      blocks.append(TextBlock(lines: [bytes]))
      known.append(tail.count)
      tail = Array(bytes.suffix(reach))
    }
    add(blocks, known: known, threads: threads)
  }

  /// Counts the n-grams of blocks.
  ///
  /// - Parameter known: bytes at the head of each block that were counted before.
  private func add(_ blocks: [TextBlock], known: [Int], threads: Int) {
    let parts = Parallel.map(count: blocks.count, threads: threads) { item, _ in
      Self.nGrams(of: blocks[item], known: known[item], maximumLength + 1)
    }
    singles.withLock { singles in
      for part in parts {
        for character in part.singles { singles[Int(character)] += 1 }
      }
    }
    Parallel.forEach(count: Self.partitions, threads: threads) { partition, _ in
      tables[partition].table.withLock { table in
        for part in parts { table.add(part.keys[partition], limit: limit / Self.partitions) }
      }
    }
  }

  /// The number of n-grams that were forgotten to keep to the limit.
  public var forgotten: Int { tables.reduce(0) { $0 + $1.table.withLock { $0.forgotten } } }

  /// The words found, the most frequent first, equally frequent ones in the order of their code points.
  ///
  /// - Parameters:
  ///   - thresholds: What a string must reach to be a word.
  ///   - isKnown: Whether a word is known already; such are left out.
  public func words(_ thresholds: NewWordThresholds = NewWordThresholds(), isKnown: (String) -> Bool = { _ in false })
    -> [NewWord]
  {
    let tables = tables.map { $0.table.withLock { $0 } }
    let singles = singles.withLock { $0 }
    let total = Double(singles.reduce(0, +))
    func count(_ key: UInt128) -> Int {
      key >> UInt128(NGramTable.bits) == 0
        ? singles[Int(key)] : tables[Int(NGramTable.hash(key) & UInt64(Self.partitions - 1))][key]
    }
    var candidates: [(key: UInt128, count: Int, cohesion: Double)] = []
    for table in tables {
      table.visit { key, found in
        let length = Self.length(of: key)
        guard length <= maximumLength, found >= thresholds.count else { return }
        var cohesion = Double.infinity
        for tail in 1..<length {
          let shift = UInt128(NGramTable.bits * tail)
          // A part is at least as frequent, whatever was forgotten of it.
          let (head, rest) = (max(found, count(key >> shift)), max(found, count(key & (1 << shift - 1))))
          cohesion = min(cohesion, log(Double(found) * total / (Double(head) * Double(rest))))
        }
        if cohesion >= thresholds.cohesion { candidates.append((key, found, cohesion)) }
      }
    }
    let numbers = Dictionary(uniqueKeysWithValues: zip(candidates.map(\.key), candidates.indices))
    // Σ c · ln c over the neighbors on each side; those that stand there once add nothing.
    var left = [Double](repeating: 0, count: candidates.count)
    var right = left
    for table in tables {
      table.visit { key, found in
        let length = Self.length(of: key)
        guard length > 2, found > 1 else { return }
        let term = Double(found) * log(Double(found))
        if let number = numbers[key >> UInt128(NGramTable.bits)] { right[number] += term }
        if let number = numbers[key & (1 << UInt128(NGramTable.bits * (length - 1)) - 1)] { left[number] += term }
      }
    }
    var words: [NewWord] = []
    for (number, candidate) in candidates.enumerated() {
      // H = ln C − Σ c · ln c / C.
      let entropies = [left, right].map {
        max(0, log(Double(candidate.count)) - $0[number] / Double(candidate.count))
      }
      guard entropies[0] >= thresholds.entropy, entropies[1] >= thresholds.entropy else { continue }
      let word = Self.text(of: candidate.key)
      if isKnown(word) { continue }
      words.append(
        NewWord(
          word: word, count: candidate.count, cohesion: candidate.cohesion, leftEntropy: entropies[0],
          rightEntropy: entropies[1]))
    }
    return words.sorted { $0.count == $1.count ? $0.word < $1.word : $0.count > $1.count }
  }

  /// The number of characters of a key.
  private static func length(of key: UInt128) -> Int {
    (128 - key.leadingZeroBitCount + NGramTable.bits - 1) / NGramTable.bits
  }

  private static func text(of key: UInt128) -> String {
    let scalars = (0..<length(of: key)).reversed().map { place in
      UInt32(truncatingIfNeeded: key >> UInt128(NGramTable.bits * place) & 0x7FFF) + characters.lowerBound - 1
    }
    return UTF8Encoder.string(scalars.span)
  }

  /// The characters of a block, and its longer n-grams by table.
  ///
  /// - Parameter known: bytes at the head of the block, whose characters count as neighbors alone.
  private static func nGrams(
    of block: TextBlock, known: Int, _ longest: Int
  ) -> (singles: [UInt16], keys: [[UInt128]]) {
    var singles: [UInt16] = []
    var keys = [[UInt128]](repeating: [], count: partitions)
    var text = ScalarText()
    for line in block.lineEnds.indices {
      text.decode(block.bytes.span.extracting(block.range(ofLine: line)))
      let scalars = text.scalars.span
      let counted = known > 0 && line == 0 ? text.offsets.dropFirst().prefix { $0 <= Int32(known) }.count : 0
      // How many Chinese characters stand before and up to the place, at most `longest`.
      var run = 0
      var window: UInt128 = 0
      for index in scalars.indices {
        guard characters.contains(scalars[index]) else {
          (run, window) = (0, 0)
          continue
        }
        let character = scalars[index] - characters.lowerBound + 1
        run = min(run + 1, longest)
        window =
          (window << UInt128(NGramTable.bits) | UInt128(character)) & (1 << UInt128(NGramTable.bits * longest) - 1)
        if index < counted { continue }
        singles.append(UInt16(character))
        for length in stride(from: 2, through: run, by: 1) {
          let key = window & (1 << UInt128(NGramTable.bits * length) - 1)
          keys[Int(NGramTable.hash(key) & UInt64(partitions - 1))].append(key)
        }
      }
    }
    return (singles, keys)
  }
}
