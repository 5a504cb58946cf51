import CTextKitKernels

/// One direction of an LSTM in 8-bit integers, for prediction.
///
/// Input and hidden state are unsigned bytes with zero point 128, weights signed bytes with one scale a column. The
/// scale of an input column is folded into the weights' rows before they are rounded, so one integer product serves
/// input and hidden state together. Integer sums are exact: a sequence's states depend on that sequence alone, and
/// are the same on every instruction set up to the rounding of the gates.
///
/// Unsafe code lives here: addresses of arrays are passed to the kernels after their sizes have been checked.
package struct QuantizedLSTM: Sendable {
  /// Columns of the input.
  package let inputs: Int
  package let hidden: Int
  package let isReversed: Bool
  /// `[inputs + hidden, 4 · hidden]`, row after row.
  package let weights: [Int8]
  /// `[4 · hidden]`.
  package let scale: [Float]
  package let bias: [Float]
  private let packed: [Int8]
  /// The bias less what the zero point adds to every sum.
  private let correctedBias: [Float]

  /// Takes quantized weights: columns i | f | g | o; `value ≈ scale[column] · weight` for inputs in units of their
  /// own scales and hidden states in units of 1/127.
  package init(
    inputs: Int, hidden: Int, weights: [Int8], scale: [Float], bias: [Float], isReversed: Bool
  ) {
    let (k, columns) = (inputs + hidden, 4 * hidden)
    precondition(
      weights.count == k * columns && scale.count == columns && bias.count == columns,
      "\(weights.count) weights, \(scale.count) scales, \(bias.count) biases for [\(k), \(columns)]")
    self.inputs = inputs
    self.hidden = hidden
    self.isReversed = isReversed
    self.weights = weights
    self.scale = scale
    self.bias = bias
    var sums = [Int32](repeating: 0, count: columns)
    for row in 0..<k {
      for column in 0..<columns { sums[column] += Int32(weights[row * columns + column]) }
    }
    correctedBias = bias.indices.map { bias[$0] - 128 * scale[$0] * Float(sums[$0]) }
    var packed = [Int8](repeating: 0, count: tk_q8_lstm_packed_size(k, hidden))
    unsafe packed.withUnsafeMutableBufferPointer { target in
      unsafe weights.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        unsafe tk_q8_lstm_pack(k, hidden, from, columns, to)
      }
    }
    self.packed = packed
  }

  /// Whether no weight and no bias is infinite or NaN, nor what is added for the zero point.
  package var isFinite: Bool {
    correctedBias.indices.allSatisfy { correctedBias[$0].isFinite && (128 * scale[$0]).isFinite }
  }

  /// Runs over a packed batch.
  ///
  /// - Parameters:
  ///   - x: `[n, inputs]`, one row a packed row.
  ///   - output: `[n, outputColumns]`; the hidden states go to the columns from `column` on.
  package func run(
    _ x: [UInt8], batch: PackedBatch, into output: inout [UInt8], outputColumns: Int, column: Int
  ) {
    let n = batch.tokenCount
    precondition(
      x.count == n * inputs && output.count == n * outputColumns && column + hidden <= outputColumns,
      "\(x.count) inputs and \(output.count) outputs for \(n) rows of \(inputs) and \(outputColumns)")
    guard n > 0 else { return }
    let k = inputs + hidden
    let largest = batch.sizes[0]
    var rows = [UInt8](repeating: 128, count: largest * k)
    var cells = [Float](repeating: 0, count: largest * hidden)
    let times = Array(0..<batch.sizes.count)
    let walk = isReversed ? times.reversed() : times
    unsafe rows.withUnsafeMutableBufferPointer { rows in
      unsafe cells.withUnsafeMutableBufferPointer { cells in
        unsafe x.withUnsafeBufferPointer { x in
          unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe packed.withUnsafeBufferPointer { packed in
              guard let a = rows.baseAddress, let c = cells.baseAddress, let x = x.baseAddress,
                let states = output.baseAddress, let w = packed.baseAddress
              else { return }
              var before: Int? = nil
              for time in walk {
                let (first, count) = (batch.offsets[time], batch.sizes[time])
                let continuing = before.map { min(count, batch.sizes[$0]) } ?? 0
                let previous = before.map { batch.offsets[$0] } ?? 0
                for row in 0..<count {
                  unsafe (a + row * k).update(from: x + (first + row) * inputs, count: inputs)
                  if row < continuing {
                    unsafe (a + row * k + inputs).update(
                      from: states + (previous + row) * outputColumns + column, count: hidden)
                  }
                }
                unsafe tk_q8_lstm_step(
                  count, k, hidden, a, k, w, scale, correctedBias, c, hidden,
                  states + first * outputColumns + column, outputColumns)
                before = time
              }
            }
          }
        }
      }
    }
  }
}

/// Tables of bytes with zero point 128.
package enum QuantizedTable {
  /// y[i, from `column`] = table[ids[i]]; rows of `width`, y with `columns` columns.
  package static func gather(
    _ table: [UInt8], width: Int, ids: [Int32], into y: inout [UInt8], columns: Int, column: Int
  ) {
    precondition(
      y.count == ids.count * columns && column + width <= columns,
      "\(ids.count) rows of \(width) into \(y.count) bytes of \(columns) columns")
    let rows = width == 0 ? 0 : table.count / width
    unsafe table.withUnsafeBufferPointer { table in
      unsafe y.withUnsafeMutableBufferPointer { y in
        guard let source = table.baseAddress, let target = y.baseAddress else { return }
        for (row, id) in ids.enumerated() {
          precondition(id >= 0 && Int(id) < rows, "row \(id) of a table with \(rows) rows")
          unsafe (target + row * columns + column).update(from: source + Int(id) * width, count: width)
        }
      }
    }
  }

  /// The values (byte - 128) · scale as a tensor `[rows, columns]` from a workspace.
  package static func dequantized(
    _ bytes: [UInt8], shape: Shape, scale: Float, in workspace: Workspace
  ) -> Tensor {
    precondition(bytes.count == shape.count, "\(bytes.count) bytes for \(shape)")
    var tensor = workspace.make(shape)
    let target = unsafe tensor.mutableRow(0)
    unsafe bytes.withUnsafeBufferPointer { source in
      for index in source.indices { unsafe target[index] = Float(Int32(source[index]) - 128) * scale }
    }
    return tensor
  }
}
