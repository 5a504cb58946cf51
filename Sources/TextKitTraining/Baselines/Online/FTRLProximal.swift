import TextKitModels

/// The rates and penalties of FTRL-Proximal.
public struct FTRLConfiguration: Configuration, Hashable {
  /// What the scores are trained for.
  public var loss = LinearLoss.softmax
  /// α and β of the rate of a coordinate: α / (β + √Σg²).
  public var alpha = 0.5
  public var beta = 1.0
  /// λ₁: the larger, the fewer weights are not 0. The bias is not penalized.
  public var l1 = 0.0
  /// λ₂.
  public var l2 = 0.0

  /// The defaults.
  public init() {}

  /// Refuses what can't be trained with.
  ///
  /// - Throws: `ConfigurationError.invalid` with the name of the entry.
  public func validate() throws(ConfigurationError) {
    try check(alpha, in: 1e-9...1e6, "alpha")
    try check(beta, in: 1e-9...1e6, "beta")
    try check(l1, in: 0...1e6, "l1")
    try check(l2, in: 0...1e6, "l2")
  }
}

/// A linear classifier that learns example by example: FTRL-Proximal with per-coordinate rates (McMahan et al. 2013,
/// algorithm 1), for each label with weights of its own.
///
/// Weights are not kept: w = 0 if |z| <= λ₁, otherwise -(z - sign(z) λ₁) / ((β + √n) / α + λ₂).
package struct FTRLProximal: Sendable, Equatable {
  package let configuration: FTRLConfiguration
  /// Features without the bias, which is the last row.
  package let featureCount: Int
  package private(set) var labelCount: Int
  /// Room for labels in a row.
  private var stride: Int
  /// z of algorithm 1, `[features + 1, stride]`.
  private var z: [Float]
  /// The sums of squared gradients, `[features + 1, stride]`.
  private var n: [Float]
  /// The weights of the row at hand, `[entries + 1, labels]`, and the scores of its labels.
  private var weights: [Float] = []
  private var scores: [Double] = []

  package init(_ configuration: FTRLConfiguration, featureCount: Int, labelCount: Int) {
    self.configuration = configuration
    self.featureCount = featureCount
    self.labelCount = labelCount
    stride = labelCount
    z = [Float](repeating: 0, count: (featureCount + 1) * labelCount)
    n = z
    scores = [Double](repeating: 0, count: labelCount)
  }

  /// Adds a label whose weights are 0; room doubles when it is used up.
  package mutating func addLabel() {
    if labelCount == stride {
      let wider = max(2, stride * 2)
      z = Self.widened(z, rows: featureCount + 1, from: stride, to: wider)
      n = Self.widened(n, rows: featureCount + 1, from: stride, to: wider)
      stride = wider
    }
    labelCount += 1
    scores.append(0)
  }

  private static func widened(_ values: [Float], rows: Int, from: Int, to: Int) -> [Float] {
    var result = [Float](repeating: 0, count: rows * to)
    for row in 0..<rows { for label in 0..<from { result[row * to + label] = values[row * from + label] } }
    return result
  }

  /// What an example told before it was learned.
  package struct Outcome {
    /// Its loss.
    package let loss: Double
    /// The label with the highest score, the first of equals.
    package let predicted: Int
  }

  /// Predicts a row, then learns from it.
  package mutating func learn(_ matrix: SparseMatrix, row: Int, gold: [Int]) -> Outcome {
    let entries = matrix.entries(ofRow: row)
    let columns = matrix.columns.span.extracting(entries)
    let values = matrix.values.span.extracting(entries)
    let wanted = (columns.count + 1) * labelCount
    if weights.count < wanted { weights = [Float](repeating: 0, count: wanted) }
    var (weights, scores) = (weights, scores)
    (self.weights, self.scores) = ([], [])
    predict(columns, values, &weights, &scores)
    var predicted = 0
    for label in 0..<labelCount where scores[label] > scores[predicted] { predicted = label }
    let loss = configuration.loss.derive(&scores, count: labelCount, gold: gold)
    update(columns, values, weights.span, derivatives: scores.span)
    (self.weights, self.scores) = (weights, scores)
    return Outcome(loss: loss, predicted: predicted)
  }

  /// Sets `weights` and `scores` for a row.
  private func predict(
    _ columns: Span<Int32>, _ values: Span<Float>, _ weights: inout [Float], _ scores: inout [Double]
  ) {
    let (width, stride) = (labelCount, stride)
    let (alpha, beta) = (Float(configuration.alpha), Float(configuration.beta))
    let (l1, l2) = (Float(configuration.l1), Float(configuration.l2))
    let (z, n) = (z.span, n.span)
    for label in 0..<width { scores[label] = 0 }
    for entry in 0...columns.count {
      let isBias = entry == columns.count
      let start = (isBias ? featureCount : Int(columns[entry])) * stride
      let value = isBias ? 1 : values[entry]
      for label in 0..<width {
        let weight = Self.weight(
          z[start + label], n[start + label], alpha, beta, isBias ? 0 : l1, isBias ? 0 : l2)
        weights[entry * width + label] = weight
        scores[label] += Double(weight * value)
      }
    }
  }

  @inline(__always)
  private static func weight(
    _ z: Float, _ n: Float, _ alpha: Float, _ beta: Float, _ l1: Float, _ l2: Float
  ) -> Float {
    guard z.magnitude > l1 else { return 0 }
    return -(z - (z < 0 ? -l1 : l1)) / ((beta + n.squareRoot()) / alpha + l2)
  }

  /// Learns from the derivatives of the loss by the scores, given the weights that made the scores.
  private mutating func update(
    _ columns: Span<Int32>, _ values: Span<Float>, _ weights: Span<Float>, derivatives: Span<Double>
  ) {
    let (width, stride, featureCount) = (labelCount, stride, featureCount)
    let alpha = Float(configuration.alpha)
    for entry in 0...columns.count {
      let isBias = entry == columns.count
      let start = (isBias ? featureCount : Int(columns[entry])) * stride
      let value = isBias ? 1 : values[entry]
      for label in 0..<width {
        let gradient = Float(derivatives[label]) * value
        if gradient == 0 { continue }
        let old = n[start + label]
        let new = old + gradient * gradient
        let sigma = (new.squareRoot() - old.squareRoot()) / alpha
        z[start + label] += gradient - sigma * weights[entry * width + label]
        n[start + label] = new
      }
    }
  }

  /// The weight of a feature (or, for `featureCount`, the bias) for a label.
  package func weight(ofFeature feature: Int, label: Int) -> Float {
    let isBias = feature == featureCount
    return Self.weight(
      z[feature * stride + label], n[feature * stride + label], Float(configuration.alpha),
      Float(configuration.beta), isBias ? 0 : Float(configuration.l1), isBias ? 0 : Float(configuration.l2))
  }

  /// Whether all numbers are finite.
  package var isFinite: Bool { z.allSatisfy(\.isFinite) && n.allSatisfy(\.isFinite) }

  /// z and n, each `[features + 1, labels]`, for a file.
  package var state: (z: [Float], n: [Float]) {
    func narrowed(_ values: [Float]) -> [Float] {
      if stride == labelCount { return values }
      var result: [Float] = []
      result.reserveCapacity((featureCount + 1) * labelCount)
      for row in 0...featureCount {
        result.append(contentsOf: values[row * stride..<row * stride + labelCount])
      }
      return result
    }
    return (narrowed(z), narrowed(n))
  }

  /// A learner that goes on from a state.
  package init(_ configuration: FTRLConfiguration, featureCount: Int, labelCount: Int, z: [Float], n: [Float]) {
    precondition(
      z.count == (featureCount + 1) * labelCount && n.count == z.count,
      "\(z.count) and \(n.count) numbers for [\(featureCount + 1), \(labelCount)]")
    self.init(configuration, featureCount: featureCount, labelCount: labelCount)
    self.z = z
    self.n = n
  }
}
