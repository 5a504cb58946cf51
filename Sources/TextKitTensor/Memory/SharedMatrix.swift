import CTextKitKernels
import Foundation

/// A table of Float32 rows that several threads read and write at once, without locks.
///
/// Unsafe code lives here, and it races on purpose ('Hogwild', Recht et al. 2011): word2vec's threads each touch a few
/// rows of a large table at a time, an update that is lost now and then does no harm, and locks would cost more than
/// the work. A Float32 is read and written whole on every machine that Swift runs on. Nothing else in the package
/// shares what it changes. Whoever wants the same bytes every time lets threads work on tables of their own and adds
/// the changes in a fixed order.
@safe
package final class SharedMatrix: @unchecked Sendable {
  /// The number of rows.
  package let rows: Int
  /// Columns in use, and the distance between rows: the next multiple of 16, zeros behind the columns.
  package let columns: Int
  package let stride: Int
  let base: UnsafeMutablePointer<Float>

  /// Makes a table of zeros.
  package init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns > 0, "a table of [\(rows), \(columns)]")
    self.rows = rows
    self.columns = columns
    stride = (columns + 15) / 16 * 16
    let bytes = max(rows, 1) * stride * MemoryLayout<Float>.stride
    // Whole large pages where there is enough to fill some: rows are visited at random.
    let page = 1 << 21
    let isLarge = bytes >= 4 * page
    let size = isLarge ? (bytes + page - 1) / page * page : bytes
    let raw = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: isLarge ? page : 64)
    #if os(Linux)
      // Advice only: what the system makes of it changes speed and nothing else.
      if isLarge { _ = unsafe madvise(raw, size, Int32(MADV_HUGEPAGE)) }
    #endif
    unsafe raw.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    unsafe base = raw.bindMemory(to: Float.self, capacity: size / MemoryLayout<Float>.stride)
  }

  deinit { unsafe UnsafeMutableRawPointer(base).deallocate() }

  /// Fills the columns of every row with numbers uniform in ±bound that depend on the seed and the row alone.
  package func fillUniform(bound: Float, seed: UInt64, threads: Int) {
    let block = 4096
    Parallel.forEach(count: (rows + block - 1) / block, threads: threads) { item, _ in
      for row in item * block..<min(rows, (item + 1) * block) {
        var random = RandomSource(seed: seed, path: UInt64(row))
        for column in 0..<columns {
          unsafe base[row * stride + column] = Float(random.uniform(-1, 1)) * bound
        }
      }
    }
  }

  /// The columns of one row: `[columns]`.
  package func row(_ index: Int) -> [Float] {
    precondition(rowRange.contains(index), "row \(index) of \(rows)")
    return unsafe Array(UnsafeBufferPointer(start: base + index * stride, count: columns))
  }

  /// The columns of a range of rows, row by row: `[range.count, columns]`.
  package func values(_ range: Range<Int>) -> [Float] {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    var values: [Float] = []
    values.reserveCapacity(range.count * columns)
    for index in range {
      unsafe values.append(contentsOf: UnsafeBufferPointer(start: base + index * stride, count: columns))
    }
    return values
  }

  /// Sets the columns of the rows from `first` on to `values`, `[n, columns]`.
  package func set(_ values: [Float], from first: Int = 0) {
    let count = values.count / columns
    precondition(
      values.count == count * columns && first >= 0 && first + count <= rows,
      "\(values.count) values for rows of \(columns) from \(first) of \(rows)")
    for row in 0..<count {
      for column in 0..<columns {
        unsafe base[(first + row) * stride + column] = values[row * columns + column]
      }
    }
  }

  /// Whether all elements are finite.
  package var isFinite: Bool {
    for row in 0..<rows where unsafe !tk_sum(stride, base + row * stride).isFinite { return false }
    return true
  }

  /// Copies the rows `ids` of another table to the rows from `first` on.
  package func copyRows(_ ids: ArraySlice<Int32>, of other: SharedMatrix, to first: Int) {
    check(ids, of: other, first)
    var to = unsafe base + first * stride
    for id in ids {
      unsafe to.update(from: other.base + Int(id) * stride, count: stride)
      unsafe to += stride
    }
  }

  /// Subtracts the rows `ids` of another table from the first rows: what is left is how they changed.
  package func subtractRows(_ ids: ArraySlice<Int32>, of other: SharedMatrix) {
    check(ids, of: other, 0)
    var to = unsafe base
    for id in ids {
      unsafe tk_axpy(stride, -1, other.base + Int(id) * stride, to)
      unsafe to += stride
    }
  }

  /// Adds those of the first rows of another table whose `ids` leave `remainder` when divided by `parts`, each times
  /// its share, to the rows of these ids.
  package func addRows(
    _ ids: ArraySlice<Int32>, shares: ArraySlice<Float>, from other: SharedMatrix, remainder: Int, parts: Int
  ) {
    other.check(ids, of: self, 0)
    precondition(shares.count == ids.count, "\(shares.count) shares of \(ids.count) rows")
    var from = unsafe other.base
    for (id, share) in zip(ids, shares) {
      if Int(id) % parts == remainder {
        unsafe tk_axpy(stride, share, from, base + Int(id) * stride)
      }
      unsafe from += stride
    }
  }

  private var rowRange: Range<Int> { 0..<rows }

  private func check(_ ids: ArraySlice<Int32>, of other: SharedMatrix, _ first: Int) {
    precondition(
      other.stride == stride && first >= 0 && first + ids.count <= rows,
      "\(ids.count) rows of \(other.stride) from \(first) of [\(rows), \(stride)]")
    precondition(ids.allSatisfy { $0 >= 0 && Int($0) < other.rows }, "a row beyond \(other.rows)")
  }
}
