import Foundation
import TextKitCorpus
import TextKitTensor

/// Reads vector text block by block on several threads.
struct VectorTextReader: Sendable {
  let data: Data
  let path: String
  let layout: VectorFileLayout
  /// Bytes of a block before it is extended to the end of a line.
  let blockSize: Int

  /// The words and their vectors, at most `limit` of them.
  func read(limit: Int, threads: Int) throws(VectorFileError) -> WordVectors {
    var table = TokenTable()
    var values: [Float] = []
    var report = VectorFileReport(format: layout.format)
    report.declaredCount = layout.declaredCount
    if limit == .max {
      // What a damaged first line declares is no more than the file can hold.
      let rows = min(layout.declaredCount ?? 0, data.count / 2 / max(1, layout.dimension))
      values.reserveCapacity(rows * layout.dimension)
    }
    var linesBefore = layout.headerLines
    // A wave of blocks at a time bounds what is in memory twice, and what is read for nothing at a limit.
    let blockCount = (data.count - layout.bodyStart + blockSize - 1) / blockSize
    let wave = 8 * threads
    var start = layout.bodyStart
    for first in stride(from: 0, to: blockCount, by: wave) {
      let last = min(first + wave, blockCount)
      let ends = ends(ofBlocks: first..<last, from: start)
      let starts = [start] + ends.dropLast()
      let blocks = Parallel.map(count: last - first, threads: threads) { item, _ in
        block(starts[item]..<ends[item])
      }
      start = ends.last ?? start
      for block in blocks {
        report.merge(block.report, linesBefore: linesBefore)
        append(block, to: &table, &values, limit: limit, &report, linesBefore: linesBefore)
        linesBefore += block.lineCount
      }
      if table.count == limit { break }
    }
    guard table.count > 0 else {
      throw VectorFileError(
        path: path,
        reason: .malformed(
          line: report.firstSkippedLine ?? layout.headerLines + 1,
          expected: "a word and \(layout.dimension) numbers",
          found: report.foundCount == 0 ? "the end of the file" : "no such line among \(report.foundCount)"))
    }
    return WordVectors(
      table: table, rows: VectorRows(values, dimension: layout.dimension), counts: nil, subwords: nil, metadata: [:],
      report: report)
  }

  private func append(
    _ block: VectorTextBlock, to table: inout TokenTable, _ values: inout [Float], limit: Int,
    _ report: inout VectorFileReport, linesBefore: Int
  ) {
    var start = 0
    // Runs of rows that are all new are copied at once.
    var run = 0..<0
    for (row, end) in block.wordEnds.enumerated() {
      if table.count == limit {
        report.isLimited = true
        break
      }
      let expected = table.count
      if table.insert(block.words.span, start..<end) == expected {
        run = run.lowerBound..<(row + 1)
      } else {
        report.duplicates.note(line: linesBefore + Int(block.lines[row]))
        values += block.values[run.lowerBound * layout.dimension..<run.upperBound * layout.dimension]
        run = (row + 1)..<(row + 1)
      }
      start = end
    }
    values += block.values[run.lowerBound * layout.dimension..<run.upperBound * layout.dimension]
  }

  private func block(_ range: Range<Int>) -> VectorTextBlock {
    var block = VectorTextBlock(dimension: layout.dimension, format: layout.format)
    block.read(data.span, range)
    return block
  }

  /// Where some blocks end: at the first start of a line at or after the nominal place of the next one. A line over many
  /// blocks is passed through once.
  private func ends(ofBlocks blocks: Range<Int>, from start: Int) -> [Int] {
    let bytes = data.span
    var ends: [Int] = []
    var position = start
    for block in blocks {
      let nominal = min(layout.bodyStart + (block + 1) * blockSize, bytes.count)
      if nominal > position {
        position = nominal
        while position < bytes.count, bytes[position - 1] != 0x0A { position += 1 }
      }
      ends.append(position)
    }
    return ends
  }
}
