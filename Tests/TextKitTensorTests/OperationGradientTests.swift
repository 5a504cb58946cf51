import Foundation
import Testing
import TextKitTensor
import TextKitTestSupport

/// One operation of the graph, with inputs of several shapes, 0 and 1 among them.
struct OperationCase: Sendable, CustomTestStringConvertible {
  /// The name of the operation's method on `Graph`.
  let name: String
  /// Shapes of the inputs, one list a check.
  let shapes: [[Shape]]
  /// Shapes of parameters that are checked like inputs.
  var parameterShapes: [Shape] = []
  var tolerance = 2e-3
  /// Keeps values away from where the operation has a kink.
  var gap: Float = 0
  let build: @Sendable (Graph, [Variable], [ParameterID]) -> Variable

  var testDescription: String { name }
}

/// Lengths of sequences whose tokens add up to `count`, falling and uneven, with an empty one where there is room.
func lengths(_ count: Int) -> [Int] {
  guard count > 0 else { return [] }
  let first = (count + 1) / 2
  let second = (count - first + 1) / 2
  return [second, first, count - first - second].filter { $0 > 0 }
}

/// Sequences in which each of `count` rows stands twice, an empty one among them.
func pooled(_ count: Int) -> RowSequences {
  let rows = (0..<2 * count).map { Int32($0 * 3 % max(1, count)) }
  return RowSequences(rows: rows, segments: Segments(lengths: lengths(count) + [0] + lengths(count)))
}

let operationCases: [OperationCase] = [
  OperationCase(
    name: "weightedRows", shapes: [[]], parameterShapes: [Shape(5, 3)]
  ) { graph, _, parameters in
    // Two bags a row: rows that stand in several bags, with several weights, and an empty bag.
    var bags = WeightedBags()
    for bag: [(Int32, Float)] in [[(0, 0.5), (3, -2)], [(3, 1)], [], [(4, 1.5), (0, 2), (0, 1)]] {
      for (id, weight) in bag { bags.append(id, weight: weight) }
      bags.endBag()
    }
    return graph.weightedRows(parameters[0], bags, perRow: 2)
  },
  OperationCase(
    name: "multiply",
    shapes: [
      [Shape(3, 4), Shape(4, 5)], [Shape(1, 1), Shape(1, 1)], [Shape(0, 3), Shape(3, 2)],
      [Shape(2, 0), Shape(0, 3)],
      [Shape(17, 3), Shape(3, 49)],
    ]
  ) { graph, x, _ in graph.multiply(x[0], x[1]) },
  OperationCase(
    name: "addBias",
    shapes: [[Shape(3, 4), Shape(1, 4)], [Shape(1, 1), Shape(1, 1)], [Shape(0, 2), Shape(1, 2)]]
  ) {
    graph, x, _ in graph.addBias(x[0], x[1])
  },
  OperationCase(
    name: "add",
    shapes: [[Shape(3, 4), Shape(3, 4)], [Shape(1, 1), Shape(1, 1)], [Shape(0, 2), Shape(0, 2)]]
  ) {
    graph, x, _ in graph.add(x[0], x[1])
  },
  OperationCase(
    name: "multiplyElements",
    shapes: [[Shape(3, 4), Shape(3, 4)], [Shape(1, 1), Shape(1, 1)], [Shape(0, 2), Shape(0, 2)]]
  ) { graph, x, _ in graph.add(graph.multiplyElements(x[0], x[1]), graph.multiplyElements(x[0], x[0])) },
  OperationCase(name: "scale", shapes: [[Shape(3, 4)], [Shape(1, 1)], [Shape(0, 2)]]) { graph, x, _ in
    graph.scale(x[0], by: -1.5)
  },
  OperationCase(name: "tanh", shapes: [[Shape(3, 5)], [Shape(1, 1)], [Shape(0, 2)], [Shape(4, 33)]]) {
    graph, x, _ in
    graph.tanh(x[0])
  },
  OperationCase(name: "sigmoid", shapes: [[Shape(3, 5)], [Shape(1, 1)], [Shape(0, 2)], [Shape(4, 33)]]) {
    graph, x, _ in
    graph.sigmoid(x[0])
  },
  OperationCase(
    name: "relu", shapes: [[Shape(3, 5)], [Shape(1, 1)], [Shape(0, 2)], [Shape(4, 33)]], gap: 0.05
  ) {
    graph, x, _ in graph.relu(x[0])
  },
  OperationCase(name: "sum", shapes: [[Shape(3, 4)], [Shape(1, 1)], [Shape(0, 2)]]) { graph, x, _ in
    graph.sum(x[0])
  },
  OperationCase(name: "mean", shapes: [[Shape(3, 4)], [Shape(1, 1)], [Shape(0, 2)]]) { graph, x, _ in
    graph.mean(x[0])
  },
  OperationCase(name: "dropout", shapes: [[Shape(6, 5)], [Shape(1, 1)], [Shape(0, 2)]]) { graph, x, _ in
    let rows = (0..<Int32(x[0].shape.rows)).map { $0 / 2 }
    return graph.add(graph.dropout(x[0], rate: 0.5), graph.dropout(x[0], rate: 0.3, rows: rows))
  },
  OperationCase(
    name: "concatenateColumns",
    shapes: [
      [Shape(3, 4), Shape(3, 1), Shape(3, 2)], [Shape(1, 1), Shape(1, 0)], [Shape(0, 2), Shape(0, 3)],
    ]
  ) { graph, x, _ in graph.concatenateColumns(x + [x[0]]) },
  OperationCase(
    name: "concatenateRows",
    shapes: [[Shape(3, 4), Shape(1, 4)], [Shape(1, 1), Shape(0, 1)], [Shape(0, 2), Shape(0, 2)]]
  ) { graph, x, _ in graph.concatenateRows(x + [x[0]]) },
  OperationCase(name: "slice", shapes: [[Shape(5, 6)], [Shape(1, 1)], [Shape(0, 3)]]) { graph, x, _ in
    let shape = x[0].shape
    let some = graph.slice(
      graph.slice(x[0], columns: shape.columns / 2..<shape.columns), rows: 0..<shape.rows / 2)
    return graph.concatenateColumns([some, graph.slice(some, columns: 0..<some.shape.columns / 2)])
  },
  OperationCase(name: "gather", shapes: [[]], parameterShapes: [Shape(5, 3), Shape(4, 2), Shape(1, 1)]) {
    graph, _, tables in
    let picked = graph.gather([
      (tables[0], [0, 4, 4, 1]), (tables[1], [3, 3, 0, 0]), (tables[0], [4, 2, 0, 0]),
    ])
    let again = graph.gather([(tables[0], [2, 2, 4, 1])])
    let one = graph.gather([(tables[2], [0, 0, 0, 0])])
    // Each row once, in order and out of it.
    let ordered = graph.gather([(tables[0], [0, 2, 3, 4])])
    let mixed = graph.gather([(tables[0], [3, 0, 4, 1])])
    return graph.concatenateColumns([
      picked, again, one, graph.gather([(tables[2], [0, 0, 0, 0])]), ordered, mixed,
    ])
  },
  OperationCase(name: "softmax", shapes: [[Shape(3, 4)], [Shape(1, 1)], [Shape(0, 2)], [Shape(2, 19)]]) {
    graph, x, _ in
    graph.softmax(x[0])
  },
  OperationCase(name: "logSoftmax", shapes: [[Shape(3, 4)], [Shape(1, 1)], [Shape(0, 2)], [Shape(2, 19)]]) {
    graph, x, _ in graph.logSoftmax(x[0])
  },
  OperationCase(name: "logSumExp", shapes: [[Shape(3, 4)], [Shape(1, 1)], [Shape(0, 2)], [Shape(2, 19)]]) {
    graph, x, _ in graph.logSumExp(x[0])
  },
  OperationCase(name: "pick", shapes: [[Shape(5, 3)], [Shape(1, 1)], [Shape(4, 17)]]) { graph, x, _ in
    let count = Int32(x[0].shape.rows)
    // Rows in any order, one of them twice.
    return graph.multiplyElements(
      graph.pick(x[0], rows: [count - 1, 0, count / 2, 0]), graph.pick(x[0], rows: [0, 0, count - 1, count / 2]))
  },
  OperationCase(name: "binaryCrossEntropy", shapes: [[Shape(3, 4)], [Shape(1, 1)], [Shape(0, 2)], [Shape(2, 19)]]) {
    graph, x, _ in
    let shape = x[0].shape
    let targets = Tensor(shape, (0..<shape.count).map { Float($0 % 3) / 2 })
    let weights = Tensor(shape, (0..<shape.count).map { 0.5 + Float($0 % 4) })
    return graph.add(
      graph.binaryCrossEntropy(x[0], targets: targets),
      graph.binaryCrossEntropy(x[0], targets: targets, weights: weights))
  },
  OperationCase(name: "crossEntropy", shapes: [[Shape(3, 4)], [Shape(1, 1)], [Shape(0, 2)], [Shape(2, 19)]]) {
    graph, x, _ in
    let labels = (0..<x[0].shape.rows).map { Int32($0 % x[0].shape.columns) }
    let weights = (0..<x[0].shape.columns).map { 0.5 + Float($0) }
    return graph.add(
      graph.crossEntropy(x[0], labels: labels), graph.crossEntropy(x[0], labels: labels, weights: weights))
  },
  OperationCase(
    name: "lstm",
    shapes: [
      [Shape(9, 3), Shape(3, 8), Shape(2, 8), Shape(1, 8)],
      [Shape(1, 1), Shape(1, 4), Shape(1, 4), Shape(1, 4)],
      [Shape(0, 2), Shape(2, 12), Shape(3, 12), Shape(1, 12)],
      [Shape(7, 2), Shape(2, 68), Shape(17, 68), Shape(1, 68)],
    ], tolerance: 4e-3
  ) { graph, x, _ in
    let batch = PackedBatch(lengths: lengths(x[0].shape.rows))
    return graph.concatenateColumns(
      [false, true].map {
        graph.lstm(
          x[0], inputWeight: x[1], recurrentWeight: x[2], bias: x[3], batch: batch, reversed: $0)
      })
  },
  OperationCase(
    name: "convolveMax",
    shapes: [
      [Shape(5, 3), Shape(6, 4), Shape(1, 4), Shape(9, 2), Shape(1, 2)],
      [Shape(1, 1), Shape(2, 1), Shape(1, 1), Shape(3, 1), Shape(1, 1)],
      [Shape(0, 2), Shape(4, 3), Shape(1, 3), Shape(6, 1), Shape(1, 1)],
    ], gap: 0.02
  ) { graph, x, _ in
    // Rows that repeat, a zero row, a segment shorter than both windows, an empty one.
    let count = x[0].shape.rows
    let rows = (0..<11).map { $0 == 4 ? -1 : Int32(count == 0 ? -1 : ($0 * $0) % count) }
    let sequences = RowSequences(rows: rows, segments: Segments(lengths: [6, 1, 4, 0]))
    return graph.convolveMax(
      x[0], over: sequences,
      banks: [
        FilterBank(filters: x[1], bias: x[2], width: 2), FilterBank(filters: x[3], bias: x[4], width: 3),
      ], padding: count % 2)
  },
  OperationCase(name: "maxPool", shapes: [[Shape(7, 5)], [Shape(1, 1)], [Shape(0, 2)]]) {
    graph, x, _ in graph.maxPool(x[0], over: pooled(x[0].shape.rows))
  },
  OperationCase(name: "meanPool", shapes: [[Shape(7, 5)], [Shape(1, 1)], [Shape(0, 2)], [Shape(4, 33)]]) {
    graph, x, _ in graph.meanPool(x[0], over: pooled(x[0].shape.rows))
  },
  OperationCase(
    name: "weightedSum",
    shapes: [[Shape(7, 5), Shape(14, 1)], [Shape(1, 1), Shape(2, 1)], [Shape(0, 2), Shape(0, 1)]]
  ) { graph, x, _ in graph.weightedSum(x[0], weights: x[1], over: pooled(x[0].shape.rows)) },
  OperationCase(
    name: "softmax", shapes: [[Shape(7, 5), Shape(7, 1)], [Shape(1, 1), Shape(1, 1)], [Shape(0, 2), Shape(0, 1)]]
  ) { graph, x, _ in
    let whole = graph.softmax(x[0])
    let sequences = pooled(x[0].shape.rows)
    return graph.concatenateRows([
      graph.weightedSum(whole, weights: graph.softmax(x[1], within: sequences), over: sequences), whole,
    ])
  },
  OperationCase(
    name: "crfLoss",
    shapes: [
      [Shape(9, 4), Shape(4, 4), Shape(1, 4), Shape(1, 4)],
      [Shape(1, 1), Shape(1, 1), Shape(1, 1), Shape(1, 1)],
      [Shape(0, 2), Shape(2, 2), Shape(1, 2), Shape(1, 2)],
      [Shape(1, 3), Shape(3, 3), Shape(1, 3), Shape(1, 3)],
    ]
  ) { graph, x, _ in
    let (rows, count) = (x[0].shape.rows, x[0].shape.columns)
    let tags = (0..<rows).map { Int32(($0 * 2) % count) }
    // With four tags, tag 3 may not follow itself nor begin a sequence; no gold path does so.
    let constraints = TransitionConstraints(
      tagCount: count, start: { count < 4 || $0 != 3 }, end: { _ in true },
      transition: { count < 4 || $0 != 3 || $1 != 3 })
    return graph.crfLoss(
      x[0], transitions: x[1], start: x[2], end: x[3], constraints: constraints, tags: tags,
      batch: PackedBatch(lengths: lengths(rows)))
  },
]

@Suite("Gradients of operations")
struct OperationGradientTests {
  @Test("agree with central differences", arguments: operationCases)
  func agreesWithCentralDifferences(_ operation: OperationCase) {
    for (number, shapes) in operation.shapes.enumerated() {
      var random = RandomSource(seed: 11, path: UInt64(number))
      func draw(_ shape: Shape) -> Tensor {
        let values = (0..<shape.count).map { _ in
          let value = Float(random.uniform(-1, 1))
          return value < 0 ? value - operation.gap : value + operation.gap
        }
        return Tensor(shape, values)
      }
      var parameters = Parameters()
      let ids = operation.parameterShapes.enumerated().map { parameters.add("p\($0)", draw($1)) }
      var check = GradientCheck()
      check.tolerance = operation.tolerance
      let wrong = check.mismatches(inputs: shapes.map(draw), parameters: parameters) {
        operation.build($0, $1, ids)
      }
      #expect(wrong.isEmpty, "\(operation.name) \(shapes): \(wrong.prefix(3))")
    }
  }

  /// Every public method of `Graph` under Operations/ stands in the table above.
  @Test("are checked for every operation")
  func everyOperationIsChecked() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/TextKitTensor/Operations")
    var found: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /\n  public func (\w+)\(/) { found.insert(String(match.1)) }
    }
    #expect(found.count > 15, "the operations' sources were not read")
    let checked = Set(operationCases.map(\.name))
    #expect(
      found.subtracting(checked).isEmpty, "without a gradient check: \(found.subtracting(checked).sorted())")
    #expect(checked.subtracting(found).isEmpty, "no such operation: \(checked.subtracting(found).sorted())")
  }

  /// The check itself fails where a gradient is wrong.
  @Test("are told from wrong ones")
  func noticesAWrongGradient() {
    let x = Tensor(Shape(2, 2), [0.5, -0.25, 1, 2])
    let wrong = GradientCheck().mismatches(inputs: [x]) { graph, inputs in
      // A value that depends on x behind the graph's back: its gradient is missing.
      graph.add(inputs[0], graph.constant(graph.value(inputs[0])))
    }
    #expect(wrong.count == 4)
  }
}
