import TextKitTensor
import TextKitTestSupport

/// The random scores of one sequence, as the code under test and as the oracle read them.
struct CRFCase: CustomStringConvertible {
  /// How scores are drawn.
  enum Scores {
    /// Uniform in ± the bound.
    case uniform(Float)
    /// Whole numbers from -1 to 1: many ties, and every sum exact.
    case whole
    /// Mostly -200 and 200.
    case extreme
  }

  let seed: UInt64
  let tagCount: Int
  let length: Int
  let constraints: TransitionConstraints?
  let transitions: Tensor
  let start: Tensor
  let end: Tensor
  /// `[length, tagCount]`, row after row.
  let emissions: [Float]
  let naive: NaiveCRF

  init(seed: UInt64, tagCount: Int, length: Int, isConstrained: Bool, scores: Scores) {
    var random = SeededRandom(seed: seed &* 1000 &+ UInt64(tagCount * 10 + length))
    func draw(_ shape: Shape) -> Tensor {
      switch scores {
      case .uniform(let bound): return random.tensor(shape, bound: bound)
      case .whole: return Tensor(shape, (0..<shape.count).map { _ in Float(random.integer(in: -1..<2)) })
      case .extreme:
        return Tensor(
          shape, (0..<shape.count).map { _ in random.pick([-200, 200, random.floats(1, bound: 200)[0]]) })
      }
    }
    self.seed = seed
    self.tagCount = tagCount
    self.length = length
    transitions = draw(Shape(tagCount, tagCount))
    start = draw(Shape(1, tagCount))
    end = draw(Shape(1, tagCount))
    emissions = draw(Shape(length, tagCount)).values
    constraints =
      isConstrained
      ? TransitionConstraints(
        tagCount: tagCount, start: { _ in random.chance(0.7) }, end: { _ in random.chance(0.7) },
        transition: { _, _ in random.chance(0.7) }) : nil
    naive = NaiveCRF(
      emissions: emissions, transitions: transitions, start: start, end: end, constraints: constraints)
  }

  /// The scores under test.
  var crf: LinearChainCRF {
    LinearChainCRF(transitions: transitions, start: start, end: end, constraints: constraints)
  }

  var description: String {
    "seed \(seed), \(tagCount) tags, \(length) steps\(constraints == nil ? "" : ", constrained")"
  }

  /// Sequences of 0...5 steps over 1...4 tags.
  static func all(seed: UInt64, isConstrained: Bool, scores: Scores) -> [CRFCase] {
    (1...4).flatMap { tagCount in
      (0...5).map { length in
        CRFCase(seed: seed, tagCount: tagCount, length: length, isConstrained: isConstrained, scores: scores)
      }
    }
  }

  /// With and without constraints.
  static func all(seed: UInt64, scores: Scores) -> [CRFCase] {
    all(seed: seed, isConstrained: false, scores: scores)
      + all(seed: seed, isConstrained: true, scores: scores)
  }
}
