import CTextKitKernels

/// Activations, rows of soft maxima, dropout and LSTM steps. Unsafe code lives here, as in `Kernel.swift`.
extension Kernel {
  /// An element-wise function with a gradient that its own output tells.
  package enum Activation: Sendable, CaseIterable {
    case tanh, sigmoid, relu
  }

  /// y = f(x)
  package static func activate(_ function: Activation, _ x: Tensor, into y: inout Tensor) {
    precondition(x.shape == y.shape, "\(function) of \(x.shape) into \(y.shape)")
    let (source, target) = unsafe (x.row(0), y.mutableRow(0))
    switch function {
    case .tanh: unsafe tk_tanh(x.count, source, target)
    case .sigmoid: unsafe tk_sigmoid(x.count, source, target)
    case .relu: unsafe tk_relu(x.count, source, target)
    }
    keep(x, x, y)
  }

  /// dx += dy · f′(x), from y = f(x).
  package static func activateBackward(
    _ function: Activation, output y: Tensor, gradient dy: Tensor, into dx: inout Tensor
  ) {
    precondition(y.shape == dy.shape && dy.shape == dx.shape, "gradient of \(function): \(dy.shape) to \(dx.shape)")
    let (value, gradient, target) = unsafe (y.row(0), dy.row(0), dx.mutableRow(0))
    switch function {
    case .tanh: unsafe tk_tanh_backward(y.count, value, gradient, target)
    case .sigmoid: unsafe tk_sigmoid_backward(y.count, value, gradient, target)
    case .relu: unsafe tk_relu_backward(y.count, value, gradient, target)
    }
    keep(y, dy, dx)
  }

  /// y = eˣ
  package static func exp(_ x: Tensor, into y: inout Tensor) {
    precondition(x.shape == y.shape, "exp of \(x.shape) into \(y.shape)")
    unsafe tk_exp(x.count, x.row(0), y.mutableRow(0))
    keep(x, x, y)
  }

  /// y = softmax (or its logarithm) of each row of x.
  package static func softmax(_ x: Tensor, logarithm: Bool = false, into y: inout Tensor) {
    precondition(x.shape == y.shape, "softmax of \(x.shape) into \(y.shape)")
    let (source, target) = unsafe (x.row(0), y.mutableRow(0))
    if logarithm {
      unsafe tk_log_softmax_rows(x.rows, x.columns, source, x.columns, target, y.columns)
    } else {
      unsafe tk_softmax_rows(x.rows, x.columns, source, x.columns, target, y.columns)
    }
    keep(x, x, y)
  }

  /// The elements of a range, counted through all rows, replaced by their softmax.
  static func softmaxInPlace(_ x: inout Tensor, elements: Range<Int>) {
    precondition(
      elements.lowerBound >= 0 && elements.upperBound <= x.count, "elements \(elements) of \(x.shape)")
    let row = unsafe x.mutableRow(0) + elements.lowerBound
    unsafe tk_softmax_rows(1, elements.count, row, elements.count, row, elements.count)
  }

  /// out `[m, 1]` = log Σ exp of each row of x `[m, n]`.
  package static func logSumExp(_ x: Tensor, into out: inout Tensor) {
    precondition(out.count == x.rows, "log-sum-exp of the rows of \(x.shape) into \(out.shape)")
    unsafe tk_logsumexp_rows(x.rows, x.columns, x.row(0), x.columns, out.mutableRow(0))
    keep(x, x, out)
  }

  /// Inverted dropout of x into y; the same call on a gradient is its backward pass.
  ///
  /// Rows with the same number in `rows` share a mask; nil numbers the rows by their position.
  package static func dropout(
    _ x: Tensor, keep probability: Float, seed: UInt64, rows: [Int32]?, into y: inout Tensor
  ) {
    precondition(x.shape == y.shape, "dropout of \(x.shape) into \(y.shape)")
    precondition(probability > 0 && probability <= 1, "a probability of keeping in (0, 1], not \(probability)")
    precondition(rows == nil || rows?.count == x.rows, "row numbers for \(rows?.count ?? 0) of \(x.rows) rows")
    let (source, target) = unsafe (x.row(0), y.mutableRow(0))
    if let rows {
      unsafe rows.withUnsafeBufferPointer { numbers in
        unsafe tk_dropout(
          x.rows, x.columns, seed, numbers.baseAddress, probability, source, x.columns, target, y.columns)
      }
    } else {
      unsafe tk_dropout(x.rows, x.columns, seed, nil, probability, source, x.columns, target, y.columns)
    }
    Kernel.keep(x, x, y)
  }

  /// The tensors that one direction of an LSTM fills, row by packed token.
  package struct LSTMState: Sendable {
    /// `[n, 4 · hidden]`: pre-activations, then activations, then (backward) gradients of the pre-activations.
    package var gates: Tensor
    /// `[n, hidden]`: cells, their tanh, and hidden states.
    package var cell: Tensor
    package var cellTanh: Tensor
    package var hidden: Tensor
  }

  /// One step for `count` rows from `row`; the previous cells are the rows from `previous`, or zeros when nil.
  package static func lstmForward(_ state: inout LSTMState, row: Int, count: Int, previous: Int?) {
    let width = state.hidden.columns
    precondition(
      state.gates.columns == 4 * width && row + count <= state.gates.rows
        && (previous.map { $0 >= 0 && $0 + count <= state.cell.rows } ?? true),
      "\(count) rows from \(row), previous \(previous ?? -1), of gates \(state.gates.shape)")
    let cell = unsafe state.cell.mutableRow(0)
    let previousCell = unsafe previous.map { unsafe UnsafePointer(cell + $0 * width) }
    unsafe tk_lstm_forward(
      count, width, state.gates.mutableRow(row), 4 * width, previousCell, width, cell + row * width, width,
      state.cellTanh.mutableRow(row), width, state.hidden.mutableRow(row), width)
  }

  /// The gradient of one step. dh: rows of gradients of the hidden state, from `row`; dc: `[≥ count, hidden]`, in
  /// the gradient of the cell from the later step, out that of the previous cell.
  package static func lstmBackward(
    _ state: inout LSTMState, row: Int, count: Int, previous: Int?, hiddenGradient dh: Tensor,
    cellGradient dc: inout Tensor, cellRow: Int
  ) {
    let width = state.hidden.columns
    precondition(
      row + count <= dh.rows && cellRow + count <= dc.rows && dh.columns == width && dc.columns == width
        && (previous.map { $0 >= 0 && $0 + count <= state.cell.rows } ?? true),
      "\(count) rows from \(row) of \(dh.shape), cells \(dc.shape)")
    let previousCell = unsafe previous.map { unsafe state.cell.row($0) }
    unsafe tk_lstm_backward(
      count, width, state.gates.mutableRow(row), 4 * width, previousCell, width, state.cellTanh.row(row), width,
      dh.row(row), width, dc.mutableRow(cellRow), width)
    keep(state.cell, state.cellTanh, dh)
  }
}
