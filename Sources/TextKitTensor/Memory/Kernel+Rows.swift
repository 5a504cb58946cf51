import CTextKitKernels

/// Rows picked by number, and the optimizers' updates. Unsafe code lives here, as in `Kernel.swift`.
extension Kernel {
  /// y[i, from `column`] = table[ids[i]], for every row of y.
  package static func gather(_ table: Tensor, ids: [Int32], into y: inout Tensor, toColumn column: Int) {
    let width = table.columns
    precondition(
      ids.count == y.rows && column + width <= y.columns,
      "\(ids.count) rows of \(table.shape) into \(y.shape) at column \(column)")
    let (source, target) = unsafe (table.row(0), y.mutableRow(0))
    for (row, id) in ids.enumerated() {
      precondition(id >= 0 && Int(id) < table.rows, "row \(id) of a table with \(table.rows) rows")
      unsafe (target + row * y.columns + column).update(from: source + Int(id) * width, count: width)
    }
    keep(table, table, y)
  }

  /// y[row] += scale · x[xRow, columns from `column`], one row of y's width.
  @inline(__always)
  static func addRow(
    _ x: Tensor, row xRow: Int, column: Int = 0, scale: Float = 1, into y: inout Tensor, row: Int
  ) {
    precondition(
      xRow < x.rows && row < y.rows && column + y.columns <= x.columns,
      "row \(xRow) of \(x.shape) at \(column) to row \(row) of \(y.shape)")
    unsafe tk_axpy(y.columns, scale, x.row(xRow) + column, y.mutableRow(row))
    keep(x, x, y)
  }

  /// y[row, from column `place`] += scale · x[xRow], one row of x's width.
  @inline(__always)
  static func addRow(_ x: Tensor, row xRow: Int, scale: Float, into y: inout Tensor, row: Int, at place: Int) {
    precondition(
      xRow >= 0 && xRow < x.rows && row < y.rows && place + x.columns <= y.columns,
      "row \(xRow) of \(x.shape) to row \(row) of \(y.shape) at \(place)")
    unsafe tk_axpy(x.columns, scale, x.row(xRow), y.mutableRow(row) + place)
    keep(x, x, y)
  }

  /// Σ of the products of the elements of two rows.
  @inline(__always)
  static func dot(_ x: Tensor, row xRow: Int, _ y: Tensor, row: Int) -> Float {
    precondition(
      xRow < x.rows && row < y.rows && x.columns == y.columns,
      "row \(xRow) of \(x.shape) times row \(row) of \(y.shape)")
    defer { keep(x, x, y) }
    return unsafe tk_dot(x.columns, x.row(xRow), y.row(row))
  }

  /// What an optimizer's kernel does to one run of elements.
  enum Update {
    case sgd(rate: Float, momentum: Float, decay: Float)
    case adagrad(rate: Float, epsilon: Float, decay: Float)
    case adam(
      rate: Float, beta1: Float, beta2: Float, epsilon: Float, correction1: Float, correction2: Float, decay: Float,
      decoupled: Float)
    case ftrl(alpha: Float, beta: Float, l1: Float, l2: Float)
  }

  /// Updates `count` rows of `weight` from `row` by the rows of `gradient` from `gradientRow`, times `scale`.
  static func update(
    _ update: Update, _ weight: inout Tensor, row: Int, count: Int, gradient: Tensor, gradientRow: Int,
    scale: Float, first: inout Tensor, second: inout Tensor
  ) {
    precondition(
      row + count <= weight.rows && gradientRow + count <= gradient.rows && gradient.columns == weight.columns,
      "\(count) rows from \(row) of \(weight.shape) by \(gradient.shape) from \(gradientRow)")
    let n = count * weight.columns
    let (w, g) = unsafe (weight.mutableRow(row), gradient.row(gradientRow))
    func state(_ tensor: inout Tensor) -> UnsafeMutablePointer<Float> {
      precondition(tensor.shape == weight.shape, "optimizer state \(tensor.shape) of a weight \(weight.shape)")
      return unsafe tensor.mutableRow(row)
    }
    switch update {
    case .sgd(let rate, let momentum, let decay):
      let velocity = unsafe momentum == 0 ? nil : state(&first)
      unsafe tk_sgd(n, rate, momentum, decay, scale, g, velocity, w)
    case .adagrad(let rate, let epsilon, let decay):
      unsafe tk_adagrad(n, rate, epsilon, decay, scale, g, state(&first), w)
    case .adam(
      let rate, let beta1, let beta2, let epsilon, let correction1, let correction2, let decay, let decoupled):
      unsafe tk_adam(
        n, rate, beta1, beta2, epsilon, correction1, correction2, decay, decoupled, scale, g, state(&first),
        state(&second), w)
    case .ftrl(let alpha, let beta, let l1, let l2):
      unsafe tk_ftrl(n, alpha, beta, l1, l2, scale, g, state(&first), state(&second), w)
    }
    keep(gradient, gradient, weight)
  }
}

extension Kernel {
  /// Whether an element of the sum of two rows less a third is above a threshold.
  package static func anyAbove(_ threshold: Float, _ x: Tensor, plus: (Int, Int), minus: Int) -> Bool {
    let (a, b, c) = unsafe rows(x, plus, minus)
    var count: Int32 = 0
    for index in 0..<x.columns {
      let value = unsafe a[index] + b[index] - c[index]
      count &+= value > threshold ? 1 : 0
    }
    keep(x, x, x)
    return count > 0
  }

  /// Whether an element of the quotient of rows of cosines that 3CosMul asks for is above a threshold: each moved to
  /// 0...1, the product of two divided by the third and a millionth.
  package static func anyQuotientAbove(_ threshold: Float, _ x: Tensor, times: (Int, Int), over: Int) -> Bool {
    let (a, b, c) = unsafe rows(x, times, over)
    var count: Int32 = 0
    for index in 0..<x.columns {
      let value = unsafe (1 + a[index]) / 2 * ((1 + b[index]) / 2) / ((1 + c[index]) / 2 + 0.000001)
      count &+= value > threshold ? 1 : 0
    }
    keep(x, x, x)
    return count > 0
  }

  private static func rows(
    _ x: Tensor, _ pair: (Int, Int), _ third: Int
  ) -> (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) {
    let valid = 0..<x.rows
    precondition(
      valid.contains(pair.0) && valid.contains(pair.1) && valid.contains(third),
      "rows \(pair.0), \(pair.1) and \(third) of \(x.shape)")
    return unsafe (x.row(pair.0), x.row(pair.1), x.row(third))
  }
}
