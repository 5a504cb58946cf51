// Products, sums and element-wise functions. Each operation is its forward value and, under it, its pullback.

extension Graph {
  /// A·B: `[m, k]` · `[k, n]` → `[m, n]`.
  public func multiply(_ a: Variable, _ b: Variable) -> Variable {
    let (x, y) = (value(a), value(b))
    var z = make(x.rows, y.columns)
    Kernel.multiply(x, y, into: &z)
    return record(z, from: [a, b]) { graph, dz in
      graph.accumulateOrSet(into: a) { dx, fresh in
        Kernel.multiply(dz, y, transposeB: true, into: &dx, accumulate: !fresh)
      }
      graph.accumulateOrSet(into: b) { dy, fresh in
        Kernel.multiply(x, transposeA: true, dz, into: &dy, accumulate: !fresh)
      }
    }
  }

  /// x + bias: the row `[1, n]` added to every row of `[m, n]`.
  public func addBias(_ x: Variable, _ bias: Variable) -> Variable {
    var y = make(x.shape.rows, x.shape.columns)
    Kernel.copy(value(x), count: y.rows, width: y.columns, into: &y)
    Kernel.addRow(value(bias), into: &y)
    return record(y, from: [x, bias]) { graph, dy in
      graph.accumulate(into: x) { Kernel.add(dy, into: &$0) }
      graph.accumulate(into: bias) { Kernel.sumRows(dy, into: &$0) }
    }
  }

  /// a + b, of the same shape.
  public func add(_ a: Variable, _ b: Variable) -> Variable {
    var z = make(a.shape.rows, a.shape.columns)
    Kernel.sum(value(a), value(b), into: &z)
    return record(z, from: [a, b]) { graph, dz in
      graph.accumulate(into: a) { Kernel.add(dz, into: &$0) }
      graph.accumulate(into: b) { Kernel.add(dz, into: &$0) }
    }
  }

  /// a · b element by element, of the same shape.
  public func multiplyElements(_ a: Variable, _ b: Variable) -> Variable {
    let (x, y) = (value(a), value(b))
    var z = make(x.rows, x.columns)
    Kernel.product(x, y, into: &z)
    return record(z, from: [a, b]) { graph, dz in
      graph.accumulate(into: a) { Kernel.product(dz, y, into: &$0, accumulate: true) }
      graph.accumulate(into: b) { Kernel.product(dz, x, into: &$0, accumulate: true) }
    }
  }

  /// factor · x.
  public func scale(_ x: Variable, by factor: Float) -> Variable {
    var y = makeZeros(x.shape.rows, x.shape.columns)
    Kernel.add(value(x), scale: factor, into: &y)
    return record(y, from: [x]) { graph, dy in
      graph.accumulate(into: x) { Kernel.add(dy, scale: factor, into: &$0) }
    }
  }

  /// tanh x.
  public func tanh(_ x: Variable) -> Variable { activate(.tanh, x) }

  /// 1 / (1 + e⁻ˣ).
  public func sigmoid(_ x: Variable) -> Variable { activate(.sigmoid, x) }

  /// max(0, x).
  public func relu(_ x: Variable) -> Variable { activate(.relu, x) }

  private func activate(_ function: Kernel.Activation, _ x: Variable) -> Variable {
    var y = make(x.shape.rows, x.shape.columns)
    Kernel.activate(function, value(x), into: &y)
    return record(y, from: [x]) { [y] graph, dy in
      graph.accumulate(into: x) { Kernel.activateBackward(function, output: y, gradient: dy, into: &$0) }
    }
  }

  /// Σ of all elements: `[m, n]` → `[1, 1]`.
  public func sum(_ x: Variable) -> Variable {
    let y = Tensor(scalar: Float(Kernel.sum(value(x))))
    return record(y, from: [x]) { graph, dy in
      let gradient = Tensor(x.shape, repeating: dy.scalar)
      graph.accumulate(into: x) { Kernel.add(gradient, into: &$0) }
    }
  }

  /// The mean of all elements: `[m, n]` → `[1, 1]`; 0 for an empty tensor.
  public func mean(_ x: Variable) -> Variable { scale(sum(x), by: 1 / Float(max(1, x.shape.count))) }

  /// Inverted dropout: each element is zeroed with probability `rate`, the others divided by `1 - rate`.
  ///
  /// - Parameters:
  ///   - x: any shape.
  ///   - rate: in [0, 1).
  ///   - rows: numbers of the rows; rows with the same number share a mask. Given the sequence of each packed token,
  ///     this is the variational dropout of Gal & Ghahramani (2016): one mask over all time steps.
  public func dropout(_ x: Variable, rate: Float, rows: [Int32]? = nil) -> Variable {
    precondition(rate >= 0 && rate < 1, "a dropout rate is in [0, 1), not \(rate)")
    guard isTraining, rate > 0 else { return x }
    let seed = nextDropoutSeed()
    var y = make(x.shape.rows, x.shape.columns)
    Kernel.dropout(value(x), keep: 1 - rate, seed: seed, rows: rows, into: &y)
    return record(y, from: [x]) { graph, dy in
      var masked = graph.make(dy.rows, dy.columns)
      Kernel.dropout(dy, keep: 1 - rate, seed: seed, rows: rows, into: &masked)
      graph.accumulate(into: x) { Kernel.add(masked, into: &$0) }
    }
  }
}
