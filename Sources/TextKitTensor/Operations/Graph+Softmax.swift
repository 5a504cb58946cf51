// Soft maxima over rows and the losses made of them.

extension Graph {
  /// softmax of each row: `[m, n]` → `[m, n]`.
  public func softmax(_ x: Variable) -> Variable {
    var y = make(x.shape.rows, x.shape.columns)
    Kernel.softmax(value(x), into: &y)
    return record(y, from: [x]) { [y] graph, dy in
      // dx = y · (dy - Σ dy·y)
      graph.accumulate(into: x) { dx in
        Rows.combine(y, dy, into: &dx) { y, dy, dot in y * (dy - dot) }
      }
    }
  }

  /// The logarithm of the softmax of each row: `[m, n]` → `[m, n]`.
  public func logSoftmax(_ x: Variable) -> Variable {
    var y = make(x.shape.rows, x.shape.columns)
    Kernel.softmax(value(x), logarithm: true, into: &y)
    return record(y, from: [x]) { [y] graph, dy in
      // dx = dy - softmax · Σ dy
      graph.accumulate(into: x) { dx in
        var probabilities = graph.make(y.rows, y.columns)
        Kernel.exp(y, into: &probabilities)
        let ones = Tensor(dy.shape, repeating: 1)
        Rows.combine(ones, dy, into: &dx, other: probabilities) { probability, dy, sum in dy - probability * sum }
      }
    }
  }

  /// log Σ exp of each row: `[m, n]` → `[m, 1]`.
  public func logSumExp(_ x: Variable) -> Variable {
    var y = make(x.shape.rows, 1)
    Kernel.logSumExp(value(x), into: &y)
    return record(y, from: [x]) { graph, dy in
      var probabilities = graph.make(x.shape.rows, x.shape.columns)
      Kernel.softmax(graph.value(x), into: &probabilities)
      graph.accumulate(into: x) { dx in
        let columns = dx.columns
        dx.withMutableSpan { dx in
          probabilities.withSpan { p in
            dy.withSpan { dy in
              for index in p.indices { dx[index] += p[index] * dy[index / columns] }
            }
          }
        }
      }
    }
  }

  /// Softmax cross-entropy summed over the rows: -Σ log softmax(x)[i, labels[i]], `[m, n]` → `[1, 1]`.
  ///
  /// Fused: the gradient is softmax - one-hot. A row's loss is multiplied by `weights[labels[i]]` where given.
  public func crossEntropy(_ x: Variable, labels: [Int32], weights: [Float]? = nil) -> Variable {
    let (rows, columns) = (x.shape.rows, x.shape.columns)
    precondition(labels.count == rows, "\(labels.count) labels for \(rows) rows")
    precondition(labels.allSatisfy { $0 >= 0 && Int($0) < columns }, "a label is outside 0..<\(columns)")
    precondition(weights == nil || weights?.count == columns, "\(weights?.count ?? 0) weights of \(columns) classes")
    var logProbabilities = make(rows, columns)
    Kernel.softmax(value(x), logarithm: true, into: &logProbabilities)
    func weight(_ label: Int32) -> Float { weights?[Int(label)] ?? 1 }
    let loss = logProbabilities.withSpan { p in
      labels.indices.reduce(0.0) { sum, row in
        sum - Double(weight(labels[row]) * p[row * columns + Int(labels[row])])
      }
    }
    return record(Tensor(scalar: Float(loss)), from: [x]) { [logProbabilities] graph, dy in
      let scale = dy.scalar
      var probabilities = graph.make(rows, columns)
      Kernel.exp(logProbabilities, into: &probabilities)
      graph.accumulate(into: x) { dx in
        dx.withMutableSpan { dx in
          probabilities.withSpan { p in
            for row in 0..<rows {
              let factor = scale * weight(labels[row])
              for column in 0..<columns { dx[row * columns + column] += factor * p[row * columns + column] }
              dx[row * columns + Int(labels[row])] -= factor
            }
          }
        }
      }
    }
  }
}

/// Row-wise combinations of tensors.
private enum Rows {
  /// dx[i, j] += body(other[i, j] or a[i, j], b[i, j], Σⱼ a[i, j]·b[i, j]).
  static func combine(
    _ a: Tensor, _ b: Tensor, into dx: inout Tensor, other: Tensor? = nil,
    _ body: (Float, Float, Float) -> Float
  ) {
    let columns = a.columns
    dx.withMutableSpan { dx in
      (other ?? a).withSpan { first in
        a.withSpan { a in
          b.withSpan { b in
            for start in stride(from: 0, to: a.count, by: max(1, columns)) {
              var dot: Float = 0
              for index in start..<(start + columns) { dot += a[index] * b[index] }
              for index in start..<(start + columns) { dx[index] += body(first[index], b[index], dot) }
            }
          }
        }
      }
    }
  }
}
