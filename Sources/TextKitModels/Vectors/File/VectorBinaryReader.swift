import Foundation
import TextKitCorpus

/// Finds the rows of word2vec's binary format; the numbers stay in the mapped file.
struct VectorBinaryReader {
  let data: Data
  let path: String
  let layout: VectorFileLayout
  /// Where no blank ends a word within so many bytes, there is no word.
  private static let wordLimit = 1 << 16

  /// The words and their vectors, at most `limit` of them.
  func read(limit: Int) throws(VectorFileError) -> WordVectors {
    let bytes = data.span
    var table = TokenTable()
    var starts: [Int] = []
    var word: [UInt8] = []
    var report = VectorFileReport(format: .binary)
    report.declaredCount = layout.declaredCount
    var position = layout.bodyStart
    while true {
      // word2vec.c ends a row with a line end, others don't.
      while position < bytes.count, bytes[position] == 0x0A { position += 1 }
      guard position < bytes.count else { break }
      if table.count == limit {
        report.isLimited = true
        break
      }
      report.foundCount += 1
      guard let end = wordEnd(bytes, from: position), end + 1 + 4 * layout.dimension <= bytes.count else {
        report.truncated.note(line: report.foundCount)
        break
      }
      defer { position = end + 1 + 4 * layout.dimension }
      guard isFinite(bytes, from: end + 1) else {
        report.notFinite.note(line: report.foundCount)
        continue
      }
      word.removeAll(keepingCapacity: true)
      let isRepaired = VectorText.append(word: bytes.extracting(position..<end), to: &word)
      guard table.insert(word.span, word.indices) == starts.count else {
        report.duplicates.note(line: report.foundCount)
        continue
      }
      if isRepaired { report.repaired.note(line: report.foundCount) }
      starts.append(end + 1)
    }
    guard !starts.isEmpty else {
      throw VectorFileError(
        path: path,
        reason: .malformed(
          line: 2, expected: "a word, a blank and \(layout.dimension) numbers of 4 bytes",
          found: report.truncated.count > 0 && report.foundCount == 1
            ? "\(bytes.count - layout.bodyStart) bytes" : "no such row among \(report.foundCount)"))
    }
    return WordVectors(
      table: table, rows: VectorRows(data, starts: starts, dimension: layout.dimension), counts: nil, subwords: nil,
      metadata: [:], report: report)
  }

  /// The offset of the blank behind the word that starts at `position`.
  private func wordEnd(_ bytes: Span<UInt8>, from position: Int) -> Int? {
    var index = position
    let limit = min(bytes.count, position + Self.wordLimit)
    while index < limit {
      if bytes[index] == 0x20 { return index }
      index += 1
    }
    return nil
  }

  /// Whether the numbers from `start` are finite: not all 8 bits of an exponent are set.
  private func isFinite(_ bytes: Span<UInt8>, from start: Int) -> Bool {
    var index = start + 2
    for _ in 0..<layout.dimension {
      if bytes[index + 1] & 0x7F == 0x7F, bytes[index] & 0x80 == 0x80 { return false }
      index += 4
    }
    return true
  }
}
