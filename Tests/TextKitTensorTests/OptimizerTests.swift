import Testing
import TextKitTensor
import TextKitTestSupport

let optimizerMethods: [OptimizerMethod] = [
  .sgd(), .sgd(momentum: 0.9), .adagrad(epsilon: 1e-6), .adam(), .adam(beta1: 0.5, beta2: 0.9, epsilon: 1e-3),
  .adamW(), .ftrl(), .ftrl(beta: 0.5, l1: 0.3, l2: 0.1),
]

@Suite("Optimizers")
struct OptimizerTests {
  /// Six steps with other gradients and rates, with a scale on the gradients.
  @Test("follow their papers", arguments: optimizerMethods, [0, 0.1] as [Float])
  func agreesWithOracle(method: OptimizerMethod, decay: Float) {
    if case .ftrl = method, decay > 0 { return }  // FTRL takes its L2 as `l2`.
    for seed in 1...5 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      let shapes = [Shape(5, 7), Shape(1, 1), Shape(3, 16), Shape(0, 4)]
      var parameters = Parameters()
      for (index, shape) in shapes.enumerated() { _ = parameters.add("p\(index)", random.tensor(shape)) }
      var exact = parameters.ids.map { parameters[$0].values.map(Double.init) }
      var optimizer = Optimizer(method, weightDecay: decay, for: parameters)
      var oracles = exact.map { NaiveOptimizer(method, weightDecay: Double(decay), count: $0.count) }
      for step in 1...6 {
        let rate = Float(0.3) / Float(step)
        var gradients = Gradients(count: shapes.count)
        for (index, shape) in shapes.enumerated() {
          let gradient = random.tensor(shape, bound: 4)
          gradients.parts[index].dense = gradient
          let scaled = gradient.values.map { Double($0) * 0.25 }
          oracles[index].update(&exact[index], by: scaled, rate: Double(rate))
        }
        _ = optimizer.update(&parameters, by: gradients, rate: rate, scale: 0.25)
        #expect(optimizer.step == step)
        for (id, expected) in zip(parameters.ids, exact) {
          for (element, (found, value)) in zip(parameters[id].values, expected).enumerated() {
            expectClose(
              Double(found), value, tolerance: 2e-5,
              "\(method), decay \(decay), seed \(seed), step \(step), parameter \(id.index), element \(element)"
            )
          }
        }
      }
    }
  }

  /// A parameter without a gradient stands still, with its state.
  @Test("leave parameters without a gradient alone", arguments: optimizerMethods)
  func noGradient(method: OptimizerMethod) {
    var random = SeededRandom(seed: 4)
    var parameters = Parameters()
    let (still, moving) = (
      parameters.add("still", random.tensor(Shape(2, 3))),
      parameters.add("moving", random.tensor(Shape(2, 3)))
    )
    let before = parameters
    var optimizer = Optimizer(method, weightDecay: 0.1, for: parameters)
    var gradients = Gradients(count: 2)
    gradients.parts[moving.index].dense = random.tensor(Shape(2, 3))
    _ = optimizer.update(&parameters, by: gradients, rate: 0.5)
    #expect(parameters[still].values == before[still].values, "\(method)")
    #expect(parameters[moving].values != before[moving].values, "\(method)")
  }

  @Test("update sparse rows as dense ones, and no other row", arguments: optimizerMethods)
  func sparseRows(method: OptimizerMethod) {
    for seed in 1...5 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      let shape = Shape(9, random.integer(in: 1..<20))
      var sparse = Parameters()
      let table = sparse.add("table", random.tensor(shape))
      let start = sparse
      var dense = sparse
      var (sparseOptimizer, denseOptimizer) = (
        Optimizer(method, weightDecay: 0.05, for: sparse), Optimizer(method, weightDecay: 0.05, for: dense)
      )
      let ids: [Int32] = [7, 2, 8, 2, 0]
      for _ in 0..<3 {
        let weights = random.tensor(Shape(ids.count, shape.columns))
        let graph = Graph(sparse, training: true)
        graph.backward(
          from: graph.sum(graph.multiplyElements(graph.gather([(table, ids)]), graph.constant(weights))))
        let gradients = graph.takeGradients()
        #expect(gradients.parts[0].dense == nil)
        #expect(gradients.parts[0].rows?.ids == [0, 2, 7, 8])
        var all = [Float](repeating: 0, count: shape.count)
        for (row, id) in ids.enumerated() {
          for column in 0..<shape.columns {
            all[Int(id) * shape.columns + column] += weights.values[row * shape.columns + column]
          }
        }
        var full = Gradients(count: 1)
        full.parts[0].dense = Tensor(shape, all)
        let norm = sparseOptimizer.update(&sparse, by: gradients, rate: 0.2, scale: 0.5)
        let fullNorm = denseOptimizer.update(&dense, by: full, rate: 0.2, scale: 0.5)
        expectClose(norm, fullNorm, "\(method), seed \(seed): norm")
      }
      let (found, expected, before) = (sparse[table].values, dense[table].values, start[table].values)
      for row in 0..<9 {
        let columns = (row * shape.columns)..<((row + 1) * shape.columns)
        let reference = ids.contains(Int32(row)) ? expected : before
        #expect(found[columns] == reference[columns], "\(method), seed \(seed), row \(row)")
      }
    }
  }

  /// A table that is looked up and multiplied with in one pass has both kinds of gradient.
  @Test("take one step where a gradient is dense and sparse", arguments: optimizerMethods)
  func bothKinds(method: OptimizerMethod) {
    var random = SeededRandom(seed: 21)
    var parameters = Parameters()
    let table = parameters.add("table", random.tensor(Shape(4, 3)))
    var expected = parameters
    let (factors, rowFactors) = (random.tensor(Shape(4, 3)), random.tensor(Shape(2, 3)))
    let graph = Graph(parameters, training: true)
    graph.backward(
      from: graph.add(
        graph.sum(graph.multiplyElements(graph.parameter(table), graph.constant(factors))),
        graph.sum(graph.multiplyElements(graph.gather([(table, [3, 1])]), graph.constant(rowFactors)))))
    let both = graph.takeGradients()
    #expect(both.parts[0].dense != nil && both.parts[0].rows != nil)
    var sum = factors.values
    for (position, row) in [3, 1].enumerated() {
      for column in 0..<3 { sum[row * 3 + column] += rowFactors.values[position * 3 + column] }
    }
    var dense = Gradients(count: 1)
    dense.parts[0].dense = Tensor(Shape(4, 3), sum)
    var optimizer = Optimizer(method, weightDecay: 0.1, clipNorm: 1, for: parameters)
    var reference = optimizer
    for _ in 0..<2 {
      let norm = optimizer.update(&parameters, by: both, rate: 0.1)
      expectClose(norm, reference.update(&expected, by: dense, rate: 0.1), "\(method): norm")
    }
    #expect(parameters[table].values == expected[table].values, "\(method)")
    #expect(both.parts[0].dense?.values == factors.values, "the caller's gradients changed")
  }

  @Test("clip by the norm of all gradients together")
  func clipping() {
    var random = SeededRandom(seed: 12)
    var start = Parameters()
    let (weight, table) = (
      start.add("weight", random.tensor(Shape(3, 4))), start.add("table", random.tensor(Shape(5, 2)))
    )
    let graph = Graph(start, training: true)
    let factors = (random.tensor(Shape(3, 4)), random.tensor(Shape(2, 2)))
    graph.backward(
      from: graph.add(
        graph.sum(graph.multiplyElements(graph.parameter(weight), graph.constant(factors.0))),
        graph.sum(graph.multiplyElements(graph.gather([(table, [4, 1])]), graph.constant(factors.1)))))
    let gradients = graph.takeGradients()
    let squares = (factors.0.values + factors.1.values).reduce(0.0) { $0 + Double($1) * Double($1) }
    let expectedNorm = squares.squareRoot() * 0.5
    for clipNorm in [0, Float(expectedNorm) * 2, Float(expectedNorm) / 3] {
      var parameters = start
      var optimizer = Optimizer(.sgd(), clipNorm: clipNorm, for: parameters)
      let norm = optimizer.update(&parameters, by: gradients, rate: 0.1, scale: 0.5)
      expectClose(norm, expectedNorm, "clipped at \(clipNorm): the norm before")
      let isClipped = clipNorm > 0 && clipNorm < Float(expectedNorm)
      let factor = 0.1 * 0.5 * (isClipped ? Double(clipNorm) / expectedNorm : 1)
      for (index, value) in start[weight].values.enumerated() {
        expectClose(
          Double(parameters[weight].values[index]), Double(value) - factor * Double(factors.0.values[index]),
          tolerance: 1e-6, "clipped at \(clipNorm): weight \(index)")
      }
      for (position, row) in [4, 1].enumerated() {
        for column in 0..<2 {
          let (at, from) = (row * 2 + column, position * 2 + column)
          expectClose(
            Double(parameters[table].values[at]),
            Double(start[table].values[at]) - factor * Double(factors.1.values[from]), tolerance: 1e-6,
            "clipped at \(clipNorm): row \(row), column \(column)")
        }
      }
    }
  }

  @Test("leave frozen parameters and their state as they are", arguments: optimizerMethods)
  func frozen(method: OptimizerMethod) {
    var random = SeededRandom(seed: 8)
    var parameters = Parameters()
    let (frozen, free) = (
      parameters.add("frozen", random.tensor(Shape(2, 5))), parameters.add("free", random.tensor(Shape(2, 5)))
    )
    let start = parameters
    var optimizer = Optimizer(method, weightDecay: 0.1, for: parameters)
    let state = optimizer.state[frozen.index].map(\.values)
    var gradients = Gradients(count: 2)
    gradients.parts[0].dense = random.tensor(Shape(2, 5))
    gradients.parts[1].dense = random.tensor(Shape(2, 5))
    _ = optimizer.update(&parameters, by: gradients, rate: 0.5, paces: [frozen: LearningPace(factor: 0)])
    #expect(parameters[frozen].values == start[frozen].values, "\(method)")
    #expect(optimizer.state[frozen.index].map(\.values) == state, "\(method)")
    #expect(parameters[free].values != start[free].values, "\(method)")
  }

  @Test("let only the leading rows learn where a pace says so", arguments: optimizerMethods, [false, true])
  func leadingRows(method: OptimizerMethod, isSparse: Bool) {
    var random = SeededRandom(seed: 10)
    var parameters = Parameters()
    let table = parameters.add("table", random.tensor(Shape(4, 3)))
    let start = parameters[table].values
    var optimizer = Optimizer(method, for: parameters)
    var gradients = Gradients(count: 1)
    if isSparse {
      let graph = Graph(parameters, training: true, seed: 1, workspace: Workspace())
      graph.backward(from: graph.sum(graph.gather([(table, [0, 1, 2, 3])])))
      gradients = graph.takeGradients()
      #expect(gradients.parts[0].rows?.ids == [0, 1, 2, 3])
    } else {
      gradients.parts[0].dense = random.tensor(Shape(4, 3))
    }
    _ = optimizer.update(&parameters, by: gradients, rate: 0.5, paces: [table: LearningPace(rows: 2)])
    #expect(Array(parameters[table].values[6...]) == Array(start[6...]), "\(method)")
    #expect(zip(parameters[table].values, start).prefix(6).allSatisfy { $0 != $1 }, "\(method)")
    for state in optimizer.state[table.index] {
      #expect(state.values[6...].allSatisfy { $0 == 0 }, "\(method)")
    }
  }

  @Test("multiply the rate by a pace's factor")
  func paceFactor() {
    var random = SeededRandom(seed: 11)
    let (weight, gradient) = (random.tensor(Shape(2, 5)), random.tensor(Shape(2, 5)))
    func updated(rate: Float, factor: Float) -> [Float] {
      var parameters = Parameters()
      let id = parameters.add("w", weight)
      var optimizer = Optimizer(.adam(), for: parameters)
      var gradients = Gradients(count: 1)
      gradients.parts[0].dense = gradient
      _ = optimizer.update(&parameters, by: gradients, rate: rate, paces: [id: LearningPace(factor: factor)])
      return parameters[id].values
    }
    #expect(updated(rate: 0.5, factor: 0.25) == updated(rate: 0.125, factor: 1))
    #expect(updated(rate: 0.5, factor: 0.25) != updated(rate: 0.5, factor: 1))
  }

  /// A copy of parameters and optimizer, such as a checkpoint, doesn't change with the training.
  @Test("update no copy", arguments: optimizerMethods)
  func copies(method: OptimizerMethod) {
    var random = SeededRandom(seed: 9)
    var parameters = Parameters()
    let id = parameters.add("weight", random.tensor(Shape(4, 5)))
    var optimizer = Optimizer(method, for: parameters)
    var gradients = Gradients(count: 1)
    gradients.parts[0].dense = random.tensor(Shape(4, 5))
    _ = optimizer.update(&parameters, by: gradients, rate: 0.1)
    let (savedParameters, savedOptimizer) = (parameters, optimizer)
    let (weights, state) = (parameters[id].values, optimizer.state[0].map(\.values))
    _ = optimizer.update(&parameters, by: gradients, rate: 0.1)
    #expect(savedParameters[id].values == weights, "\(method)")
    #expect(savedOptimizer.state[0].map(\.values) == state, "\(method)")
    #expect(savedOptimizer.step == 1)
    // And from the copies training goes on to the same bytes.
    var (again, resumed) = (savedParameters, savedOptimizer)
    _ = resumed.update(&again, by: gradients, rate: 0.1)
    #expect(again[id].values == parameters[id].values, "\(method)")
  }
}
