// From the rows of a sequence to one row.

extension Graph {
  /// The maximum over time, column by column: `[U, d]` → `[S, d]`; zeros for an empty sequence.
  ///
  /// The gradient goes to the winner, the first of equals; NaN wins.
  public func maxPool(_ x: Variable, over sequences: RowSequences) -> Variable {
    let d = x.shape.columns
    // A convolution of width 1 by the identity, whose table is x itself.
    let bank = Kernel.BankColumns(width: 1, filters: d, tableColumn: 0, column: 0)
    var y = make(sequences.count, d)
    var winners = [Int32](repeating: 0, count: isTraining ? y.count : 0)
    Kernel.convolveMax(
      value(x), bank, bias: nil, relu: false, over: sequences, padding: 0, into: &y, winners: &winners)
    return record(y, from: [x]) { [winners] graph, dy in
      graph.accumulate(into: x) { dx in
        dx.withMutableSpan { dx in
          dy.withSpan { dy in
            for sequence in 0..<sequences.count {
              let positions = sequences.segments.rows(of: sequence)
              guard !positions.isEmpty else { continue }
              for column in 0..<d {
                let index = sequence * d + column
                let row = Int(sequences.rows[positions.lowerBound + Int(winners[index])])
                if row >= 0 { dx[row * d + column] += dy[index] }
              }
            }
          }
        }
      }
    }
  }

  /// The mean over time: `[U, d]` → `[S, d]`; zeros for an empty sequence.
  public func meanPool(_ x: Variable, over sequences: RowSequences) -> Variable {
    var weights = make(sequences.positionCount, 1)
    weights.withMutableSpan { weights in
      for sequence in 0..<sequences.count {
        let positions = sequences.segments.rows(of: sequence)
        for position in positions { weights[position] = 1 / Float(positions.count) }
      }
    }
    return weightedSum(x, weights: constant(weights), over: sequences)
  }

  /// Σ over time of rows times weights: `[U, d]`, weights `[positions, 1]` → `[S, d]`.
  public func weightedSum(_ x: Variable, weights: Variable, over sequences: RowSequences) -> Variable {
    precondition(
      weights.shape == Shape(sequences.positionCount, 1),
      "weights \(weights.shape) of \(sequences.positionCount) positions")
    sequences.check(x.shape)
    let (rows, factors) = (value(x), value(weights))
    var y = makeZeros(sequences.count, x.shape.columns)
    factors.withSpan { factors in
      sequences.forEachRow { sequence, position, row in
        Kernel.addRow(rows, row: row, scale: factors[position], into: &y, row: sequence)
      }
    }
    return record(y, from: [x, weights]) { graph, dy in
      graph.accumulate(into: x) { dx in
        factors.withSpan { factors in
          sequences.forEachRow { sequence, position, row in
            Kernel.addRow(dy, row: sequence, scale: factors[position], into: &dx, row: row)
          }
        }
      }
      graph.accumulate(into: weights) { dw in
        dw.withMutableSpan { dw in
          sequences.forEachRow { sequence, position, row in
            dw[position] += Kernel.dot(rows, row: row, dy, row: sequence)
          }
        }
      }
    }
  }

  /// The soft maximum of the scores within each sequence: `[U, 1]` → `[positions, 1]`, in the order of the positions.
  public func softmax(_ scores: Variable, within sequences: RowSequences) -> Variable {
    precondition(
      scores.shape.columns == 1 && sequences.hasNoZeros, "a soft maximum over \(scores.shape) and rows of zeros")
    sequences.check(scores.shape)
    var y = make(sequences.positionCount, 1)
    let rows = sequences.rows
    y.withMutableSpan { y in
      value(scores).withSpan { scores in for position in y.indices { y[position] = scores[Int(rows[position])] } }
    }
    for sequence in 0..<sequences.count {
      Kernel.softmaxInPlace(&y, elements: sequences.segments.rows(of: sequence))
    }
    return record(y, from: [scores]) { [y] graph, dy in
      // d score = y · (dy - Σ dy·y)
      graph.accumulate(into: scores) { dx in
        dx.withMutableSpan { dx in
          y.withSpan { y in
            dy.withSpan { dy in
              for sequence in 0..<sequences.count {
                let positions = sequences.segments.rows(of: sequence)
                let sum = positions.reduce(Float(0)) { $0 + y[$1] * dy[$1] }
                for position in positions { dx[Int(rows[position])] += y[position] * (dy[position] - sum) }
              }
            }
          }
        }
      }
    }
  }
}
