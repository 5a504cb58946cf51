import Foundation

/// Rows of numbers, each a vector: in memory, or in a mapped file and converted when they are read.
///
/// Unsafe code lives here: rows are read from the bytes of a file at any alignment, after the ranges of all rows have
/// been checked against its size.
package struct VectorRows: Sendable {
  /// How the elements of a mapped file are stored; all little-endian.
  package enum Element: Int, Sendable {
    case int8 = 1
    case float16 = 2
    case float32 = 4
  }

  private enum Content: Sendable {
    /// `[count, dimension]`.
    case floats([Float])
    /// Row after row without a gap; `scales` is `[count]` for int8, empty otherwise.
    case matrix(Data, Element, scales: [Float])
    /// Float32 rows at any places, `[count]`.
    case scattered(Data, starts: [Int])
  }

  /// The number of rows.
  package let count: Int
  /// The length of each row.
  package let dimension: Int
  private let content: Content

  /// Rows in memory, `[values.count / dimension, dimension]`.
  package init(_ values: [Float], dimension: Int) {
    precondition(
      dimension > 0 ? values.count % dimension == 0 : values.isEmpty,
      "\(values.count) values can't be rows of \(dimension)")
    self.dimension = dimension
    count = dimension > 0 ? values.count / dimension : 0
    content = .floats(values)
  }

  /// Rows one after another in `bytes`; an int8 is multiplied by the scale of its row.
  init(_ bytes: Data, _ element: Element, count: Int, dimension: Int, scales: [Float] = []) {
    precondition(
      bytes.count == count * dimension * element.rawValue && scales.count == (element == .int8 ? count : 0),
      "\(count) rows of \(dimension) \(element)s in \(bytes.count) bytes with \(scales.count) scales")
    self.count = count
    self.dimension = dimension
    content = .matrix(bytes, element, scales: scales)
  }

  /// Float32 rows that start at `starts`, counted from the first byte of `bytes`.
  init(_ bytes: Data, starts: [Int], dimension: Int) {
    for start in starts {
      precondition(
        start >= 0 && start + 4 * dimension <= bytes.count,
        "a row of \(dimension) at \(start) of \(bytes.count) bytes")
    }
    count = starts.count
    self.dimension = dimension
    content = .scattered(bytes, starts: starts)
  }

  /// One row.
  package subscript(row: Int) -> [Float] {
    var values = [Float](repeating: 0, count: dimension)
    var target = values.mutableSpan
    copy(row..<(row + 1), into: &target)
    return values
  }

  /// All rows, `[count, dimension]`; no copy where they are in memory.
  package var values: [Float] {
    if case .floats(let values) = content { return values }
    var values = [Float](repeating: 0, count: count * dimension)
    var target = values.mutableSpan
    copy(0..<count, into: &target)
    return values
  }

  /// The first `count` rows.
  func prefix(_ count: Int) -> VectorRows {
    precondition(count <= self.count, "\(count) of \(self.count) rows")
    switch content {
    case .floats(let values): return VectorRows(Array(values.prefix(count * dimension)), dimension: dimension)
    case .matrix(let bytes, let element, let scales):
      let size = count * dimension * element.rawValue
      return VectorRows(
        bytes.prefix(size), element, count: count, dimension: dimension,
        scales: Array(scales.prefix(element == .int8 ? count : 0)))
    case .scattered(let bytes, let starts):
      return VectorRows(bytes, starts: Array(starts.prefix(count)), dimension: dimension)
    }
  }

  /// Copies rows into `target` from element `offset` on.
  package func copy(_ rows: Range<Int>, into target: inout MutableSpan<Float>, at offset: Int = 0) {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= count && offset >= 0
        && offset + rows.count * dimension <= target.count,
      "rows \(rows) of [\(count), \(dimension)] into \(target.count) elements at \(offset)")
    unsafe target.withUnsafeMutableBufferPointer { buffer in
      guard dimension > 0, let base = buffer.baseAddress else { return }
      unsafe copy(rows, to: base + offset)
    }
  }

  /// Copies rows into `target` from element `offset` on, each multiplied by its entry of `scales` `[count]`.
  func copy(_ rows: Range<Int>, scaledBy scales: [Float], into target: inout MutableSpan<Float>, at offset: Int = 0) {
    precondition(scales.count == count, "\(scales.count) scales for \(count) rows")
    copy(rows, into: &target, at: offset)
    unsafe target.withUnsafeMutableBufferPointer { buffer in
      for (position, row) in rows.enumerated() {
        let scale = scales[row]
        let start = offset + position * dimension
        for index in start..<(start + dimension) { unsafe buffer[index] *= scale }
      }
    }
  }

  private func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    let elements = rows.count * dimension
    switch content {
    case .floats(let values):
      unsafe values.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        unsafe target.update(from: base + rows.lowerBound * dimension, count: elements)
      }
    case .matrix(let bytes, let element, let scales):
      let first = rows.lowerBound * dimension * element.rawValue
      unsafe bytes.withUnsafeBytes { source in
        switch element {
        case .float32: unsafe Self.copy(source, at: first, count: elements, to: target)
        case .float16:
          for index in 0..<elements {
            let bits = unsafe UInt16(
              littleEndian: source.loadUnaligned(fromByteOffset: first + 2 * index, as: UInt16.self))
            unsafe target[index] = HalfPrecision.float(fromFloat16: bits)
          }
        case .int8:
          for (position, row) in rows.enumerated() {
            let scale = scales[row]
            for column in position * dimension..<(position + 1) * dimension {
              unsafe target[column] = scale * Float(Int8(bitPattern: source[first + column]))
            }
          }
        }
      }
    case .scattered(let bytes, let starts):
      unsafe bytes.withUnsafeBytes { source in
        for (position, row) in rows.enumerated() {
          unsafe Self.copy(source, at: starts[row], count: dimension, to: target + position * dimension)
        }
      }
    }
  }

  private static func copy(
    _ source: UnsafeRawBufferPointer, at offset: Int, count: Int, to target: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count {
      let bits = unsafe UInt32(
        littleEndian: source.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self))
      unsafe target[index] = Float(bitPattern: bits)
    }
  }
}
