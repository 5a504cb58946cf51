import CTextKitKernels

/// The safe face of the C kernels over whole tensors and ranges of their rows.
///
/// Unsafe code lives here: every function checks shapes and ranges, then passes addresses that stay valid for the
/// call.
package enum Kernel {
  /// C = A·B, or C += A·B. A `[m, k]`, B `[k, n]`, C `[m, n]`; each may be given transposed (not both).
  package static func multiply(
    _ a: Tensor, transposeA: Bool = false, _ b: Tensor, transposeB: Bool = false, into c: inout Tensor,
    accumulate: Bool = false
  ) {
    precondition(!(transposeA && transposeB), "one side of a product may be transposed, not both")
    let (m, k) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      k == inner && c.rows == m && c.columns == n,
      "product of \(a.shape)\(transposeA ? "ᵀ" : "") and \(b.shape)\(transposeB ? "ᵀ" : "") into \(c.shape)")
    let (x, y, z) = unsafe (a.row(0), b.row(0), c.mutableRow(0))
    if transposeA {
      unsafe tk_gemm_tn(m, n, k, x, a.columns, y, b.columns, z, c.columns, accumulate)
    } else if transposeB {
      unsafe tk_gemm_nt(m, n, k, x, a.columns, y, b.columns, z, c.columns, accumulate)
    } else {
      unsafe tk_gemm_nn(m, n, k, x, a.columns, y, b.columns, z, c.columns, accumulate)
    }
    keep(a, b, c)
  }

  /// Packs a right-hand side `[k, n]` (of `b`, or of its transpose) for `multiplyRows`.
  package static func pack(_ b: Tensor, transposed: Bool, in workspace: Workspace) -> PackedMatrix {
    let (k, n) = transposed ? (b.columns, b.rows) : (b.rows, b.columns)
    var packed = workspace.make(Shape(1, tk_gemm_packed_size(k, n)))
    unsafe tk_gemm_pack(k, n, b.row(0), b.columns, transposed, packed.mutableRow(0))
    keep(b, packed, packed)
    return PackedMatrix(rows: k, columns: n, values: packed)
  }

  /// C[rows from `cRow`] += or = A[rows from `aRow`] · B for `count` rows, B packed.
  package static func multiplyRows(
    _ a: Tensor, from aRow: Int, count: Int, _ b: PackedMatrix, into c: inout Tensor, from cRow: Int,
    accumulate: Bool
  ) {
    precondition(
      a.columns == b.rows && c.columns == b.columns && aRow + count <= a.rows && cRow + count <= c.rows,
      "\(count) rows of \(a.shape) from \(aRow) by [\(b.rows), \(b.columns)] into \(c.shape) from \(cRow)")
    unsafe tk_gemm_packed(
      count, b.columns, b.rows, a.row(aRow), a.columns, b.values.row(0), c.mutableRow(cRow), c.columns, accumulate)
    keep(a, b.values, c)
  }

  /// y[rows from `yRow`] = x[rows from `xRow`], for `count` rows and the columns that both have at the offsets.
  package static func copy(
    _ x: Tensor, from xRow: Int = 0, column xColumn: Int = 0, count: Int, width: Int, into y: inout Tensor,
    toRow yRow: Int = 0, toColumn yColumn: Int = 0
  ) {
    precondition(
      xRow + count <= x.rows && yRow + count <= y.rows && xColumn + width <= x.columns
        && yColumn + width <= y.columns && xRow >= 0 && yRow >= 0,
      "copy of \(count) rows × \(width) columns from \(x.shape) at \(xRow),\(xColumn) to \(y.shape) at \(yRow)")
    guard count > 0, width > 0 else { return }
    let (source, target) = unsafe (x.row(xRow), y.mutableRow(yRow))
    if width == x.columns && width == y.columns {
      unsafe target.update(from: source, count: count * width)
    } else {
      for row in 0..<count {
        unsafe (target + row * y.columns + yColumn).update(
          from: source + row * x.columns + xColumn, count: width)
      }
    }
    keep(x, x, y)
  }

  /// y[rows from `yRow`, columns from `yColumn`] += x[rows from `xRow`, columns from `xColumn`].
  package static func addBlock(
    _ x: Tensor, from xRow: Int = 0, column xColumn: Int = 0, count: Int, width: Int, into y: inout Tensor,
    toRow yRow: Int = 0, toColumn yColumn: Int = 0
  ) {
    precondition(
      xRow + count <= x.rows && yRow + count <= y.rows && xColumn + width <= x.columns
        && yColumn + width <= y.columns && xRow >= 0 && yRow >= 0,
      "adding \(count) rows × \(width) columns of \(x.shape) at \(xRow),\(xColumn) to \(y.shape) at \(yRow)")
    guard count > 0, width > 0 else { return }
    let (source, target) = unsafe (x.row(xRow), y.mutableRow(yRow))
    for row in 0..<count {
      unsafe tk_axpy(width, 1, source + row * x.columns + xColumn, target + row * y.columns + yColumn)
    }
    keep(x, x, y)
  }

  /// Sets the given rows to 0.
  package static func zero(_ x: inout Tensor, rows: Range<Int>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= x.rows, "rows \(rows) of \(x.shape)")
    unsafe x.mutableRow(rows.lowerBound).update(repeating: 0, count: rows.count * x.columns)
  }

  /// y += alpha · x
  package static func add(_ x: Tensor, scale alpha: Float = 1, into y: inout Tensor) {
    precondition(x.count == y.count, "adding \(x.shape) to \(y.shape)")
    unsafe tk_axpy(x.count, alpha, x.row(0), y.mutableRow(0))
    keep(x, x, y)
  }

  /// z = x + y
  package static func sum(_ x: Tensor, _ y: Tensor, into z: inout Tensor) {
    precondition(x.shape == y.shape && y.shape == z.shape, "sum of \(x.shape) and \(y.shape) into \(z.shape)")
    unsafe tk_add(x.count, x.row(0), y.row(0), z.mutableRow(0))
    keep(x, y, z)
  }

  /// z = x · y, or z += x · y, element by element
  package static func product(_ x: Tensor, _ y: Tensor, into z: inout Tensor, accumulate: Bool = false) {
    precondition(x.shape == y.shape && y.shape == z.shape, "product of \(x.shape), \(y.shape) into \(z.shape)")
    if accumulate {
      unsafe tk_mul_add(x.count, x.row(0), y.row(0), z.mutableRow(0))
    } else {
      unsafe tk_mul(x.count, x.row(0), y.row(0), z.mutableRow(0))
    }
    keep(x, y, z)
  }

  /// x *= alpha
  package static func scale(_ x: inout Tensor, by alpha: Float) {
    let count = x.count
    unsafe tk_scale(count, alpha, x.mutableRow(0))
  }

  /// Adds `row` `[1, n]` to every row of x.
  package static func addRow(_ row: Tensor, into x: inout Tensor) {
    precondition(row.count == x.columns, "adding the row \(row.shape) to \(x.shape)")
    unsafe tk_add_row(x.rows, x.columns, row.row(0), x.mutableRow(0), x.columns)
    keep(row, row, x)
  }

  /// out `[1, n]` += the sum of x's rows.
  package static func sumRows(_ x: Tensor, into out: inout Tensor) {
    precondition(out.count == x.columns, "summing the rows of \(x.shape) into \(out.shape)")
    unsafe tk_sum_rows(x.rows, x.columns, x.row(0), x.columns, out.mutableRow(0))
    keep(x, x, out)
  }

  /// Σ x, in Double.
  package static func sum(_ x: Tensor) -> Double {
    defer { keep(x, x, x) }
    return unsafe tk_sum(x.count, x.row(0))
  }

  /// Σ x², in Double.
  package static func sumOfSquares(_ x: Tensor) -> Double {
    defer { keep(x, x, x) }
    return unsafe tk_sum_squares(x.count, x.row(0))
  }

  /// Σ x·y.
  package static func dot(_ x: Tensor, _ y: Tensor) -> Float {
    precondition(x.count == y.count, "dot product of \(x.shape) and \(y.shape)")
    defer { keep(x, y, y) }
    return unsafe tk_dot(x.count, x.row(0), y.row(0))
  }

  @inline(__always)
  static func keep(_ a: Tensor, _ b: Tensor, _ c: Tensor) {
    withExtendedLifetime(a.storage) {}
    withExtendedLifetime(b.storage) {}
    withExtendedLifetime(c.storage) {}
  }
}

/// A right-hand side of many products, laid out for the kernel in use.
package struct PackedMatrix: Sendable {
  /// Rows of the matrix before packing (k).
  package let rows: Int
  /// Columns of the matrix before packing (n).
  package let columns: Int
  let values: Tensor
}

extension Kernel {
  /// y += weight · (x - y)
  package static func moveToward(_ x: Tensor, weight: Float, _ y: inout Tensor) {
    scale(&y, by: 1 - weight)
    add(x, scale: weight, into: &y)
  }
}
