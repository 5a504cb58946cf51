// The long short-term memory over a packed batch, fused over time.

extension Graph {
  /// One direction of an LSTM layer over a packed batch: `[n, d]` → `[n, hidden]`, one row a token.
  ///
  /// Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000; gate columns are i | f | g | o.
  /// The products with the input are one matrix product for all steps; a step then multiplies the hidden states of
  /// the sequences still alive by the recurrent weights, packed once.
  ///
  /// - Parameters:
  ///   - x: `[n, d]`, a row for each packed token.
  ///   - inputWeight: `[d, 4 · hidden]`.
  ///   - recurrentWeight: `[hidden, 4 · hidden]`.
  ///   - bias: `[1, 4 · hidden]`.
  ///   - batch: which rows make a sequence.
  ///   - reversed: whether time runs from each sequence's last token to its first.
  public func lstm(
    _ x: Variable, inputWeight: Variable, recurrentWeight: Variable, bias: Variable, batch: PackedBatch,
    reversed: Bool
  ) -> Variable {
    let width = recurrentWeight.shape.rows
    precondition(
      x.shape.rows == batch.tokenCount && inputWeight.shape == Shape(x.shape.columns, 4 * width)
        && recurrentWeight.shape.columns == 4 * width && bias.shape == Shape(1, 4 * width),
      "LSTM of \(x.shape), weights \(inputWeight.shape), \(recurrentWeight.shape), bias \(bias.shape)")
    let n = batch.tokenCount
    let steps = LSTMSteps(batch, reversed: reversed)
    var state = Kernel.LSTMState(
      gates: make(n, 4 * width), cell: make(n, width), cellTanh: make(n, width), hidden: make(n, width))
    Kernel.multiply(value(x), value(inputWeight), into: &state.gates)
    Kernel.addRow(value(bias), into: &state.gates)
    let recurrent = Kernel.pack(value(recurrentWeight), transposed: false, in: workspace)
    for step in steps.forward {
      if let previous = step.previous, step.continuing > 0 {
        Kernel.multiplyRows(
          state.hidden, from: previous, count: step.continuing, recurrent, into: &state.gates, from: step.row,
          accumulate: true)
      }
      Kernel.lstmForward(&state, row: step.row, count: step.continuing, previous: step.previous)
      Kernel.lstmForward(
        &state, row: step.row + step.continuing, count: step.count - step.continuing, previous: nil)
    }
    let hidden = state.hidden
    let recorded = LSTMRecord(state)
    return record(hidden, from: [x, inputWeight, recurrentWeight, bias]) { graph, dh in
      graph.lstmBackward(
        recorded, steps, gradient: dh, x: x, inputWeight: inputWeight, recurrentWeight: recurrentWeight, bias: bias)
    }
  }

  private func lstmBackward(
    _ recorded: LSTMRecord, _ steps: LSTMSteps, gradient: Tensor, x: Variable, inputWeight: Variable,
    recurrentWeight: Variable, bias: Variable
  ) {
    let width = recurrentWeight.shape.rows
    let n = gradient.rows
    guard var state = recorded.take() else { return }
    var dh = make(n, width)
    Kernel.copy(gradient, count: n, width: width, into: &dh)
    var dc = makeZeros(steps.largest, width)
    let transposed = Kernel.pack(value(recurrentWeight), transposed: true, in: workspace)
    for step in steps.forward.reversed() {
      Kernel.lstmBackward(
        &state, row: step.row, count: step.continuing, previous: step.previous, hiddenGradient: dh,
        cellGradient: &dc, cellRow: 0)
      let fresh = step.count - step.continuing
      Kernel.lstmBackward(
        &state, row: step.row + step.continuing, count: fresh, previous: nil, hiddenGradient: dh,
        cellGradient: &dc, cellRow: step.continuing)
      // A sequence that began at this step hands no cell gradient on.
      Kernel.zero(&dc, rows: step.continuing..<step.count)
      if let previous = step.previous, step.continuing > 0 {
        Kernel.multiplyRows(
          state.gates, from: step.row, count: step.continuing, transposed, into: &dh, from: previous,
          accumulate: true)
      }
    }
    let dGates = state.gates
    accumulateOrSet(into: recurrentWeight) { dw, isFresh in
      // Row by row the hidden state that the token's step began with, so that time is summed in one product.
      var before = make(n, width)
      for step in steps.forward {
        if let previous = step.previous {
          Kernel.copy(
            state.hidden, from: previous, count: step.continuing, width: width, into: &before, toRow: step.row)
        }
        Kernel.zero(&before, rows: (step.row + step.continuing)..<(step.row + step.count))
      }
      Kernel.multiply(before, transposeA: true, dGates, into: &dw, accumulate: !isFresh)
    }
    accumulateOrSet(into: inputWeight) { dw, isFresh in
      Kernel.multiply(value(x), transposeA: true, dGates, into: &dw, accumulate: !isFresh)
    }
    accumulate(into: bias) { Kernel.sumRows(dGates, into: &$0) }
    accumulateOrSet(into: x) { dx, isFresh in
      Kernel.multiply(dGates, value(inputWeight), transposeB: true, into: &dx, accumulate: !isFresh)
    }
  }
}

/// What the forward pass leaves for the backward pass, taken once: the memory of the activations then becomes the
/// gradients of the pre-activations without a copy.
private final class LSTMRecord {
  private var state: Kernel.LSTMState?

  init(_ state: Kernel.LSTMState) { self.state = state }

  func take() -> Kernel.LSTMState? { state.take() }
}

/// The order in which a direction walks over the steps of a packed batch.
private struct LSTMSteps: Sendable {
  struct Step {
    /// The packed row of the step's first sequence.
    let row: Int
    /// The number of sequences at this step.
    let count: Int
    /// How many of them (the first ones) were alive at the step walked before.
    let continuing: Int
    /// The packed row of the first sequence at the step walked before; nil at the first.
    let previous: Int?
  }
  let forward: [Step]
  let largest: Int

  init(_ batch: PackedBatch, reversed: Bool) {
    let times = Array(0..<batch.sizes.count)
    let walk = reversed ? times.reversed() : times
    forward = walk.enumerated().map { index, time in
      guard index > 0 else {
        return Step(row: batch.offsets[time], count: batch.sizes[time], continuing: 0, previous: nil)
      }
      let before = walk[index - 1]
      return Step(
        row: batch.offsets[time], count: batch.sizes[time],
        continuing: min(batch.sizes[time], batch.sizes[before]), previous: batch.offsets[before])
    }
    largest = batch.sizes.first ?? 0
  }
}
