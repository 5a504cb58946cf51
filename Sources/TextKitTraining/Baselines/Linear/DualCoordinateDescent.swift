import TextKitModels
import TextKitTensor

/// Linear support vector machines by dual coordinate descent with random permutation and shrinking (Hsieh, Chang, Lin,
/// Keerthi & Sundararajan 2008, algorithm 3): min ½‖w‖² + Σ C max(0, 1 - y w·x)ᵖ, one label against the rest.
package enum DualCoordinateDescent {
  /// p of the loss max(0, 1 - y w·x)ᵖ.
  package enum Loss: String, CaseIterable, Codable, Sendable {
    /// p = 1, liblinear's `-s 3`.
    case hinge
    /// p = 2, liblinear's `-s 1` and scikit-learn's LinearSVC.
    case squaredHinge = "squared-hinge"
  }

  /// How machines are solved.
  package struct Options: Sendable, Equatable {
    package var loss = Loss.squaredHinge
    /// What an error costs. The weights of labels multiply it, for two labels that of each side, otherwise that of the
    /// label which a machine tells from the rest, as in liblinear.
    package var cost = 1.0
    /// Whether rows get one more feature, always 1, whose weight is the bias and is penalized like others.
    package var hasBias = true
    /// How far apart the greatest and the least projected gradient may be. liblinear takes 0.1, LinearSVC 1e-4.
    package var tolerance = 1e-4
    package var maximumPasses = 1000
    package var seed: UInt64 = 1

    package init() {}
  }

  /// The machines of a problem: one for two labels, otherwise one for each.
  ///
  /// - Returns: weights, the same for any number of threads.
  package static func solve(_ problem: LinearProblem, _ options: Options = Options(), threads: Int) -> LinearSolution
  {
    let folded = FoldedMatrix(problem.matrix)
    let columns = Parallel.map(count: problem.columnCount, threads: threads) { column, _ in
      let label = problem.label(ofColumn: column)
      let machine = solve(
        folded, sides: problem.labels.map { $0 == label ? 1 : 0 }, options,
        costs: problem.costs(ofColumn: column, options.cost), part: column)
      return (weights: folded.unfold(machine.weights.span), bias: Float(machine.bias))
    }
    return LinearSolution(
      weights: LinearSolution.interleave(columns.map(\.weights), count: problem.matrix.columnCount),
      bias: columns.map(\.bias))
  }

  /// One machine: the rows of side 1 against those of side 0, an error of which costs as much as `costs` says.
  ///
  /// - Parameter part: a number that makes the order of rows differ among the machines of one seed.
  static func solve(
    _ folded: FoldedMatrix, sides: [UInt8], _ options: Options, costs: (Double, Double), part: Int
  ) -> DualMachine {
    let isSquared = options.loss == .squaredHinge
    // A cost of 0 would divide: α then is as good as held at 0.
    let diagonal = (0.5 / max(costs.0, 1e-12), 0.5 / max(costs.1, 1e-12))
    var machine = DualMachine(
      folded.rows, sides: sides, squares: folded.squares, diagonal: isSquared ? diagonal : (0, 0),
      upper: isSquared ? (.infinity, .infinity) : costs, hasBias: options.hasBias)
    let everything = -Double.infinity...Double.infinity
    var random = RandomSource(seed: options.seed, path: UInt64(part))
    var bounds = everything
    for _ in 0..<options.maximumPasses where machine.active > 0 {
      let found = machine.pass(folded.rows, bounds: bounds, random: &random)
      if found.greatest - found.least <= options.tolerance {
        if machine.active == sides.count { break }
        // Solved for the rows that are left: see whether it is for all.
        machine.activateAll()
        bounds = everything
      } else {
        bounds = (found.least < 0 ? found.least : -.infinity)...(found.greatest > 0 ? found.greatest : .infinity)
      }
    }
    return machine
  }
}
