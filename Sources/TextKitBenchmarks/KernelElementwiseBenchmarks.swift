import CTextKitKernels

/// Time per element of what is not a matrix product, in the first-level cache.
func elementwiseBenchmarks(path: String) -> [Measurement] {
  let n = 3200
  let x = (0..<4 * n).map { Float($0 * 7 % 31) / 4 - 4 }
  var y = [Float](repeating: 0.1, count: 4 * n)
  var (z, w, u) = (y, y, y)
  var half = [UInt16](repeating: 0, count: n)
  func measure(_ name: String, of count: Int? = nil, _ work: () -> Void) -> Measurement {
    let time = Stopwatch.best(burst: .microseconds(200), total: .milliseconds(20), work)
    return Measurement("\(path)/\(name)", time / Double(count ?? n) * 1e9, "ns/element")
  }
  var results = [
    measure("exp") { unsafe tk_exp(n, x, &y) },
    measure("tanh") { unsafe tk_tanh(n, x, &y) },
    measure("sigmoid") { unsafe tk_sigmoid(n, x, &y) },
    measure("dropout") { unsafe tk_dropout(n / 160, 160, 1, nil, 0.5, x, 160, &y, 160) },
    measure("float to half") { unsafe tk_float_to_half(n, x, &half) },
    measure("half to float") { unsafe tk_half_to_float(n, half, &y) },
    measure("axpy") { unsafe tk_axpy(n, 1e-3, x, &y) },
    measure("adam") { unsafe tk_adam(n, 1e-3, 0.9, 0.999, 1e-8, 1, 1, 0, 0, 1, x, &z, &w, &u) },
  ]
  for columns in [4, 7, 40, 100] {
    let rows = n / columns
    results += [
      measure("softmax of \(columns) columns", of: rows * columns) {
        unsafe tk_softmax_rows(rows, columns, x, columns, &y, columns)
      },
      measure("log-sum-exp of \(columns) columns", of: rows * columns) {
        unsafe tk_logsumexp_rows(rows, columns, x, columns, &y)
      },
    ]
  }
  // One hidden unit is one element. Forward writes activations over gradients, so that the loop goes on for ever.
  let (m, hidden) = (n / 160, 160)
  var gates = x
  results += [
    measure("LSTM cell forward") {
      unsafe tk_lstm_forward(m, hidden, &gates, 4 * hidden, x, hidden, &y, hidden, &z, hidden, &w, hidden)
    },
    measure("LSTM cell forward and backward") {
      unsafe tk_lstm_forward(m, hidden, &gates, 4 * hidden, x, hidden, &y, hidden, &z, hidden, &w, hidden)
      unsafe tk_lstm_backward(m, hidden, &gates, 4 * hidden, x, hidden, z, hidden, x, hidden, &u, hidden)
    },
  ]
  return results
}
