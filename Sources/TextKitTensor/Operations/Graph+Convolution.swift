// Convolution over time and its maximum, fused.

extension Graph {
  /// Convolution over time, then relu, then the maximum over time (Kim 2014, section 2): `[n, d]` → `[S, F]`.
  ///
  /// cₚ = relu(b + Σ windowₚ · W) with the window of `width` rows from p on, laid end to end; the result of a segment
  /// is the maximum over its windows. A segment shorter than `width` is padded with zero rows to one window. The
  /// gradient of a maximum touches its winning window only, so the backward pass costs O(S·F·width·d) whatever the
  /// lengths are; ties go to the first window.
  ///
  /// - Parameters:
  ///   - filters: `[width · d, F]`.
  ///   - bias: `[1, F]`.
  public func convolveMax(
    _ x: Variable, filters: Variable, bias: Variable, width: Int, segments: Segments
  ) -> Variable {
    let (d, filterCount) = (x.shape.columns, filters.shape.columns)
    precondition(
      width > 0 && filters.shape.rows == width * d && bias.shape == Shape(1, filterCount)
        && x.shape.rows == segments.rowCount,
      "convolution of \(x.shape) by \(filters.shape), bias \(bias.shape), width \(width)")
    let layout = ConvolutionLayout(segments, width: width)
    var padded = makeZeros(layout.rowCount, d)
    for segment in 0..<segments.count {
      let rows = segments.rows(of: segment)
      Kernel.copy(
        value(x), from: rows.lowerBound, count: rows.count, width: d, into: &padded, toRow: layout.starts[segment])
    }
    var scores = make(max(0, layout.rowCount - width + 1), filterCount)
    if segments.count > 0 { Kernel.convolve(padded, width: width, filters: value(filters), into: &scores) }
    var result = make(segments.count, filterCount)
    var winners = [Int](repeating: 0, count: segments.count * filterCount)
    let offset = value(bias)
    result.withMutableSpan { result in
      scores.withSpan { scores in
        offset.withSpan { bias in
          for segment in 0..<segments.count {
            let windows = layout.windows(of: segment)
            for filter in 0..<filterCount {
              var best = windows.lowerBound
              for window in windows where scores[window * filterCount + filter] > scores[best * filterCount + filter]
              {
                best = window
              }
              winners[segment * filterCount + filter] = best
              let score = scores[best * filterCount + filter] + bias[filter]
              // Not max(0, score), which takes NaN for 0.
              result[segment * filterCount + filter] = score < 0 ? 0 : score
            }
          }
        }
      }
    }
    return record(result, from: [x, filters, bias]) { [result, winners] graph, dy in
      // Where relu cut off, nothing flows.
      var live = graph.make(dy.rows, dy.columns)
      live.fillWithZeros()
      Kernel.activateBackward(.relu, output: result, gradient: dy, into: &live)
      graph.accumulate(into: bias) { Kernel.sumRows(live, into: &$0) }
      graph.convolveBackward(
        live, winners: winners, layout: layout, segments: segments, padded: padded, x: x, filters: filters)
    }
  }

  private func convolveBackward(
    _ live: Tensor, winners: [Int], layout: ConvolutionLayout, segments: Segments, padded: Tensor, x: Variable,
    filters: Variable
  ) {
    let (d, filterCount) = (x.shape.columns, live.columns)
    let span = filters.shape.rows
    let weights = value(filters)
    // Filters as rows, so that a winner's window and its filter are both contiguous.
    var filterRows = make(filterCount, span)
    transpose(weights, into: &filterRows)
    var dFilterRows = makeZeros(filterCount, span)
    var dPadded = makeZeros(padded.rows, d)
    live.withSpan { live in
      for index in winners.indices where live[index] != 0 {
        let filter = index % filterCount
        let window = winners[index] * d
        Kernel.addRun(
          padded, at: window, count: span, scale: live[index], into: &dFilterRows, at: filter * span)
        Kernel.addRun(
          filterRows, at: filter * span, count: span, scale: live[index], into: &dPadded, at: window)
      }
    }
    accumulate(into: filters) { dw in
      var transposed = make(span, filterCount)
      transpose(dFilterRows, into: &transposed)
      Kernel.add(transposed, into: &dw)
    }
    accumulate(into: x) { dx in
      for segment in 0..<segments.count {
        let rows = segments.rows(of: segment)
        Kernel.addBlock(
          dPadded, from: layout.starts[segment], count: rows.count, width: d, into: &dx, toRow: rows.lowerBound)
      }
    }
  }

  private func transpose(_ x: Tensor, into y: inout Tensor) {
    let (rows, columns) = (x.rows, x.columns)
    y.withMutableSpan { y in
      x.withSpan { x in
        for row in 0..<rows {
          for column in 0..<columns { y[column * rows + row] = x[row * columns + column] }
        }
      }
    }
  }
}

/// Where segments stand once each holds at least one window.
private struct ConvolutionLayout: Sendable {
  let starts: [Int]
  let lengths: [Int]
  let width: Int
  let rowCount: Int

  init(_ segments: Segments, width: Int) {
    self.width = width
    lengths = (0..<segments.count).map { max(width, segments.rows(of: $0).count) }
    var next = 0
    starts = lengths.map { length in
      defer { next += length }
      return next
    }
    rowCount = next
  }

  func windows(of segment: Int) -> Range<Int> {
    starts[segment]..<(starts[segment] + lengths[segment] - width + 1)
  }
}
