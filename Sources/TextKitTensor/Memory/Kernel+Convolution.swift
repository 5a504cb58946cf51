import CTextKitKernels

/// Convolution over time by table. Unsafe code lives here, as in `Kernel.swift`: shapes and row numbers are checked, then
/// addresses that stay valid for the call are passed on.
extension Kernel {
  /// Columns that one bank of filters takes of a table and of the result.
  struct BankColumns {
    let width: Int
    let filters: Int
    /// The bank's first column in the table, of `width · filters`.
    let tableColumn: Int
    /// The bank's first column in the result, of `filters`.
    let column: Int
  }

  /// y = xᵀ: x `[m, n]`, y `[n, m]`.
  static func transpose(_ x: Tensor, into y: inout Tensor) {
    precondition(x.rows == y.columns && x.columns == y.rows, "\(x.shape) transposed into \(y.shape)")
    unsafe tk_transpose(x.rows, x.columns, x.row(0), x.columns, y.mutableRow(0), y.columns)
    keep(x, x, y)
  }

  /// The maxima over time of one bank into its columns of y; `winners`, of y's shape where it isn't empty, gets the
  /// positions of the windows.
  static func convolveMax(
    _ table: Tensor, _ bank: BankColumns, bias: Tensor?, relu: Bool, over sequences: RowSequences, padding: Int,
    into y: inout Tensor, winners: inout [Int32]
  ) {
    check(bank, table.shape, bias: bias, sequences, y.shape)
    precondition(winners.isEmpty || winners.count == y.count, "\(winners.count) winners of \(y.shape)")
    let (from, to) = unsafe (table.row(0) + bank.tableColumn, y.mutableRow(0) + bank.column)
    let offset = unsafe bias.map { unsafe $0.row(0) }
    unsafe withSequences(sequences, padding: padding) { list in
      unsafe winners.withUnsafeMutableBufferPointer { winners in
        unsafe tk_conv_max(
          list, bank.width, bank.filters, from, table.columns, offset, relu, to, y.columns,
          winners.count == 0 ? nil : winners.baseAddress.map { unsafe $0 + bank.column }, y.columns)
      }
    }
    keep(table, bias ?? table, y)
  }

  /// The same from a table in half precision, `[table.count / columns, columns]`.
  static func convolveMax(
    _ table: [UInt16], columns: Int, _ bank: BankColumns, bias: Tensor, relu: Bool, over sequences: RowSequences,
    padding: Int, into y: inout Tensor
  ) {
    check(bank, Shape(columns == 0 ? 0 : table.count / columns, columns), bias: bias, sequences, y.shape)
    let to = unsafe y.mutableRow(0) + bank.column
    unsafe withSequences(sequences, padding: padding) { list in
      unsafe table.withUnsafeBufferPointer { table in
        guard let base = table.baseAddress else { return }
        unsafe tk_conv_max_half(
          list, bank.width, bank.filters, base + bank.tableColumn, columns, bias.row(0), relu, to, y.columns)
      }
    }
    keep(bias, bias, y)
  }

  /// Adds to the gradients of x (nil: none is wanted), of the filters as rows `[F, width · d]` (nil likewise) and of the
  /// bias what the winners of one bank get. y and dy: result and its gradient, of all banks.
  static func convolveMaxBackward(
    _ x: Tensor, _ bank: BankColumns, filterRows: Tensor, over sequences: RowSequences, y: Tensor,
    gradient dy: Tensor,
    winners: [Int32], dx: inout Tensor?, dFilterRows: inout Tensor?, dBias: inout Tensor
  ) {
    let rows = Shape(bank.filters, bank.width * x.columns)
    sequences.check(x.shape)
    precondition(
      y.shape == dy.shape && winners.count == y.count && y.rows == sequences.count && filterRows.shape == rows
        && bank.column + bank.filters <= y.columns && dBias.count == bank.filters
        && (dx.map { $0.shape == x.shape } ?? true) && (dFilterRows.map { $0.shape == rows } ?? true),
      "gradient \(dy.shape) of \(x.shape) convolved by \(filterRows.shape)")
    let inputs = unsafe dx?.mutableRow(0)
    let weights = unsafe dFilterRows?.mutableRow(0)
    unsafe withSequences(sequences, padding: 0) { list in
      unsafe winners.withUnsafeBufferPointer { winners in
        guard let base = winners.baseAddress else { return }
        unsafe tk_conv_max_backward(
          list, bank.width, bank.filters, x.columns, x.row(0), filterRows.row(0), y.row(0) + bank.column,
          dy.row(0) + bank.column, y.columns, base + bank.column, y.columns, inputs, weights, dBias.mutableRow(0))
      }
    }
    keep(x, filterRows, y)
    keep(dy, dx ?? dy, dFilterRows ?? dy)
  }

  /// Appends the elements of x as halves.
  static func appendHalves(of x: Tensor, to halves: inout [UInt16]) {
    halves += unsafe [UInt16](count: x.count) { unsafe tk_float_to_half(x.count, x.row(0), $0) }
    keep(x, x, x)
  }

  private static func check(_ bank: BankColumns, _ table: Shape, bias: Tensor?, _ sequences: RowSequences, _ y: Shape)
  {
    sequences.check(table)
    precondition(
      bank.width > 0 && bank.tableColumn + bank.width * bank.filters <= table.columns
        && bank.column + bank.filters <= y.columns && y.rows == sequences.count
        && (bias.map { $0.count == bank.filters } ?? true),
      "\(bank.filters) filters of width \(bank.width) from \(table) into \(y)")
  }

  private static func withSequences(
    _ sequences: RowSequences, padding: Int, _ body: (UnsafePointer<tk_row_sequences>) -> Void
  ) {
    unsafe sequences.segments.offsets.withUnsafeBufferPointer { offsets in
      unsafe sequences.rows.withUnsafeBufferPointer { rows in
        var list = unsafe tk_row_sequences(
          count: sequences.count, offsets: offsets.baseAddress, rows: rows.baseAddress, padding: padding)
        unsafe body(&list)
      }
    }
  }
}
