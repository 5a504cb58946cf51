// Losses against targets that are numbers between 0 and 1 rather than one label a row.

extension Graph {
  /// Softmax cross-entropy against a distribution a row, summed: -Σ tᵢⱼ log softmax(x)ᵢⱼ, `[m, n]` → `[1, 1]`.
  ///
  /// Targets of a row may sum to another number than 1, which weighs the row. The gradient is Σⱼ tᵢⱼ · softmax - t.
  public func crossEntropy(_ x: Variable, targets: Tensor) -> Variable {
    precondition(targets.shape == x.shape, "targets \(targets.shape) for scores \(x.shape)")
    var logProbabilities = make(x.shape.rows, x.shape.columns)
    Kernel.softmax(value(x), logarithm: true, into: &logProbabilities)
    let loss = logProbabilities.withSpan { p in
      targets.withSpan { t in p.indices.reduce(0.0) { $0 - (t[$1] == 0 ? 0 : Double(t[$1]) * Double(p[$1])) } }
    }
    return record(Tensor(scalar: Float(loss)), from: [x]) { [logProbabilities] graph, dy in
      let (scale, columns) = (dy.scalar, targets.columns)
      var probabilities = graph.make(targets.rows, columns)
      Kernel.exp(logProbabilities, into: &probabilities)
      graph.accumulate(into: x) { dx in
        dx.withMutableSpan { dx in
          probabilities.withSpan { p in
            targets.withSpan { t in
              for start in stride(from: 0, to: t.count, by: max(1, columns)) {
                var weight: Float = 0
                for index in start..<(start + columns) { weight += t[index] }
                for index in start..<(start + columns) { dx[index] += scale * (weight * p[index] - t[index]) }
              }
            }
          }
        }
      }
    }
  }

  /// Logistic cross-entropy of every element, weighted and summed: Σ wᵢⱼ (log(1 + eˣ) - t x), `[m, n]` → `[1, 1]`.
  ///
  /// What labels that don't exclude each other are trained with. The gradient is w · (sigmoid(x) - t).
  public func binaryCrossEntropy(_ x: Variable, targets: Tensor, weights: Tensor? = nil) -> Variable {
    precondition(
      targets.shape == x.shape && (weights.map { $0.shape == x.shape } ?? true),
      "targets \(targets.shape), weights \(weights?.shape ?? x.shape) for scores \(x.shape)")
    let weights = weights ?? Tensor(x.shape, repeating: 1)
    let loss = value(x).withSpan { x in
      targets.withSpan { t in
        weights.withSpan { w in
          x.indices.reduce(0.0) { sum, index in
            let score = Double(x[index])
            // log(1 + eˣ) = max(x, 0) + log(1 + e^-|x|); a NaN comes through.
            let softplus = (score < 0 ? 0 : score) + logarithm(1 + exponential(-abs(score)))
            return sum + Double(w[index]) * (softplus - Double(t[index]) * score)
          }
        }
      }
    }
    return record(Tensor(scalar: Float(loss)), from: [x]) { graph, dy in
      let scale = dy.scalar
      var probabilities = graph.make(targets.rows, targets.columns)
      Kernel.activate(.sigmoid, graph.value(x), into: &probabilities)
      graph.accumulate(into: x) { dx in
        dx.withMutableSpan { dx in
          probabilities.withSpan { p in
            targets.withSpan { t in
              weights.withSpan { w in
                for index in t.indices { dx[index] += scale * w[index] * (p[index] - t[index]) }
              }
            }
          }
        }
      }
    }
  }
}
