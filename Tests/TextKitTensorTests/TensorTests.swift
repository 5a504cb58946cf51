import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Tensors are values")
struct TensorTests {
  private let original = Tensor(Shape(2, 3), [1, 2, 3, 4, 5, 6])

  /// Every way to write to a copy, and what it leaves in it.
  private static let writes: [(name: String, write: @Sendable (inout Tensor) -> Void, expected: [Float])] = [
    ("fill", { $0.fill(9) }, [9, 9, 9, 9, 9, 9]),
    ("fillWithZeros", { $0.fillWithZeros() }, [0, 0, 0, 0, 0, 0]),
    ("withMutableSpan", { $0.withMutableSpan { $0[4] = -1 } }, [1, 2, 3, 4, -1, 6]),
    ("scale", { Kernel.scale(&$0, by: 2) }, [2, 4, 6, 8, 10, 12]),
    ("zero", { Kernel.zero(&$0, rows: 1..<2) }, [1, 2, 3, 0, 0, 0]),
    ("addRow", { Kernel.addRow(Tensor(Shape(1, 3), [10, 20, 30]), into: &$0) }, [11, 22, 33, 14, 25, 36]),
    (
      "add itself",
      {
        let source = $0
        Kernel.add(source, into: &$0)
      }, [2, 4, 6, 8, 10, 12]
    ),
    (
      "multiply by itself",
      {
        let source = $0
        Kernel.product(source, source, into: &$0)
      }, [1, 4, 9, 16, 25, 36]
    ),
    (
      "moveToward", { Kernel.moveToward(Tensor(Shape(2, 3), repeating: 0), weight: 0.5, &$0) },
      [0.5, 1, 1.5, 2, 2.5, 3]
    ),
  ]

  @Test("writing to a copy leaves the original", arguments: TensorTests.writes.indices)
  func copyOnWrite(index: Int) {
    let (name, write, expected) = TensorTests.writes[index]
    var copy = original
    write(&copy)
    #expect(copy.values == expected, "\(name)")
    #expect(original.values == [1, 2, 3, 4, 5, 6], "\(name)")
    // And the other way around.
    var changed = original
    let kept = changed
    write(&changed)
    #expect(kept.values == [1, 2, 3, 4, 5, 6], "\(name)")
  }

  @Test("a reshaped tensor shares nothing that is written")
  func reshaped() {
    var seen = original.reshaped(Shape(3, 2))
    #expect(seen.shape == Shape(3, 2))
    #expect(seen.values == original.values)
    seen.withMutableSpan { $0[0] = 7 }
    #expect(seen.values == [7, 2, 3, 4, 5, 6])
    #expect(original.values == [1, 2, 3, 4, 5, 6])
    #expect(original.reshaped(Shape(1, 6)).reshaped(Shape(6, 1)).columns == 1)
    #expect(Tensor(Shape(0, 4)).reshaped(Shape(9, 0)).count == 0)
  }

  @Test("the values of a graph don't change under its inputs")
  func graphValues() {
    var x = original
    let graph = Graph(training: true)
    let input = graph.input(x)
    let doubled = graph.scale(input, by: 2)
    x.fill(0)
    var taken = graph.value(doubled)
    taken.fill(0)
    #expect(graph.value(input).values == original.values)
    #expect(graph.value(doubled).values == [2, 4, 6, 8, 10, 12])
    graph.backward(from: graph.sum(graph.multiplyElements(doubled, doubled)))
    #expect(graph.gradient(input)?.values == [8, 16, 24, 32, 40, 48])
    #expect(graph.value(doubled).values == [2, 4, 6, 8, 10, 12])
  }

  @Test("shapes and elements")
  func shapes() {
    #expect(original.rows == 2)
    #expect(original.columns == 3)
    #expect(original.count == 6)
    #expect(original.shape.description == "[2, 3]")
    #expect(Tensor(scalar: 4).scalar == 4)
    #expect(Tensor(Shape(2, 2)).values == [0, 0, 0, 0])
    #expect(Tensor(Shape(2, 1), repeating: 3).values == [3, 3])
    #expect(Tensor(Shape(0, 3)).values.isEmpty)
    // Larger than any block that a kernel unrolls.
    let many = (0..<1000).map(Float.init)
    #expect(Tensor(Shape(10, 100), many).values == many)
  }

  /// One element that is no number is found wherever it stands.
  @Test("finite or not", arguments: [1, 2, 7, 16, 17, 63, 64, 65, 200])
  func isFinite(count: Int) {
    let large = Float.greatestFiniteMagnitude
    var values = (0..<count).map { $0.isMultiple(of: 2) ? large : -large }
    #expect(Tensor(Shape(1, count), values).isFinite)
    for index in 0..<count {
      for wrong in [Float.nan, .infinity, -.infinity] {
        let kept = values[index]
        values[index] = wrong
        #expect(!Tensor(Shape(1, count), values).isFinite, "\(wrong) at \(index) of \(count)")
        values[index] = kept
      }
    }
    #expect(Tensor(Shape(0, count)).isFinite)
    #expect(Tensor(Shape(1, count), repeating: .leastNonzeroMagnitude).isFinite)
  }

  @Test("parameters keep names and shapes, and tell what isn't finite")
  func parameters() {
    var parameters = Parameters()
    let (a, b) = (parameters.add("a", original), parameters.add("b", Tensor(Shape(1, 2))))
    #expect(parameters.names == ["a", "b"])
    #expect(parameters.ids == [a, b])
    #expect(parameters.weightCount == 8)
    #expect(parameters.isFinite)
    let copy = parameters
    parameters[b] = Tensor(Shape(1, 2), [0, .nan])
    #expect(!parameters.isFinite)
    #expect(copy.isFinite)
    #expect(copy[b].values == [0, 0])
  }
}
