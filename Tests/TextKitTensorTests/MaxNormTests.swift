import Testing
import TextKitTensor

@Suite("Largest norm of weight vectors")
struct MaxNormTests {
  @Test("long columns are scaled down, others keep their bytes")
  func limit() {
    var parameters = Parameters()
    let weight = parameters.add("w", Tensor(Shape(2, 4), [3, 0.3, 0, 2, 4, 0.4, 3, 0]))
    let other = parameters.add("v", Tensor(Shape(1, 1), [100]))
    parameters.limitColumnNorms(of: weight, to: 3)
    // Norms 5, 0.5, 3 and 2.
    let found = parameters[weight].values
    #expect(abs(found[0] - 1.8) < 1e-6 && abs(found[4] - 2.4) < 1e-6)
    #expect([found[1], found[2], found[3], found[5], found[6], found[7]] == [0.3, 0, 2, 0.4, 3, 0])
    #expect(parameters[other].values == [100])
  }

  @Test("nothing to do for no columns or NaN")
  func edges() {
    var parameters = Parameters()
    let empty = parameters.add("e", Tensor(Shape(3, 0)))
    let broken = parameters.add("b", Tensor(Shape(1, 2), [.nan, 9]))
    parameters.limitColumnNorms(of: empty, to: 1)
    parameters.limitColumnNorms(of: broken, to: 2)
    #expect(parameters[broken].values[0].isNaN && parameters[broken].values[1] == 2)
  }
}
