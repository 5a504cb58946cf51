import Foundation
import TextKitCorpus

/// A linear classifier over features of text: naive Bayes, support vector machines, logistic regression and their kin
/// differ in how the weights were found, not in how they are used.
package struct LinearTextClassifier: StorableClassifier {
  package static let fileKind = "linear"

  package let labels: [String]
  package let isMultiLabel: Bool
  package let threshold: Float
  /// What turns texts into rows.
  package let features: FeatureExtractor
  /// `[rows, columns]` row by row: a column a label, or a single one for two labels that exclude each other, which scores
  /// the second one.
  let stored: [Float]
  /// The features that have rows, where not all have; all weights of the others are 0.
  let ranks: ColumnRanks?
  /// `[columns]`.
  package let bias: [Float]
  package let link: LinearLink
  /// How the weights are stored.
  package let precision: LinearPrecision

  package init(
    labels: [String], isMultiLabel: Bool, threshold: Float = 0.5, features: FeatureExtractor, weights: [Float],
    bias: [Float], link: LinearLink = .softmax, precision: LinearPrecision = .float32
  ) {
    self.init(
      labels: labels, isMultiLabel: isMultiLabel, threshold: threshold, features: features, stored: weights,
      ranks: nil, bias: bias, link: link, precision: precision)
  }

  /// Takes the rows of some features, or of all.
  init(
    labels: [String], isMultiLabel: Bool, threshold: Float, features: FeatureExtractor, stored: [Float],
    ranks: ColumnRanks?, bias: [Float], link: LinearLink, precision: LinearPrecision
  ) {
    let columns = bias.count
    let rows = ranks?.count ?? features.columnCount
    precondition(
      Self.isColumnCount(columns, labels: labels.count, isMultiLabel: isMultiLabel)
        && stored.count == rows * columns,
      "\(stored.count) weights and \(bias.count) biases for [\(rows), \(columns)]")
    self.labels = labels
    self.isMultiLabel = isMultiLabel
    self.threshold = threshold
    self.features = features
    // Computed with as they are stored.
    self.stored = precision == .float16 ? stored.map(HalfPrecision.rounded) : stored
    self.ranks = ranks
    self.bias = bias
    self.link = link
    self.precision = precision
  }

  /// Whether there is a column a label, or a single one for two labels that exclude each other.
  static func isColumnCount(_ columns: Int, labels: Int, isMultiLabel: Bool) -> Bool {
    columns == labels || columns == columnCount(labels: labels, isMultiLabel: isMultiLabel)
  }

  /// The columns that are needed: one for two labels that exclude each other, else one a label.
  package static func columnCount(labels: Int, isMultiLabel: Bool) -> Int {
    labels == 2 && !isMultiLabel ? 1 : labels
  }

  package var needsSegmenter: Bool { features.configuration.needsSegmenter }

  package func probabilities(of texts: TextBlock) -> [Float] {
    probabilities(scores: scores(of: features.features(of: texts)))
  }

  /// The scores of rows, `[rows, columns]`.
  package func scores(of matrix: SparseMatrix) -> [Float] {
    (ranks.map(matrix.selecting) ?? matrix).scores(weights: stored, bias: bias)
  }

  /// All weights, `[features, columns]`, row by row.
  package var weights: [Float] {
    guard let ranks else { return stored }
    let columns = bias.count
    var all = [Float](repeating: 0, count: features.columnCount * columns)
    for (place, row) in ranks.columns.enumerated() {
      for column in 0..<columns { all[row * columns + column] = stored[place * columns + column] }
    }
    return all
  }

  /// The probabilities that scores `[rows, columns]` stand for, `[rows, labels]`.
  package func probabilities(scores: [Float]) -> [Float] {
    let columns = bias.count
    var result: [Float] = []
    result.reserveCapacity(scores.count / columns * labels.count)
    for first in stride(from: 0, to: scores.count, by: columns) {
      let row = scores[first..<(first + columns)]
      switch link {
      case .softmax where columns < labels.count:
        let probability = Self.sigmoid(Double(row[first]))
        result += [Float(1 - probability), Float(probability)]
      case .softmax where isMultiLabel: result += row.map { Float(Self.sigmoid(Double($0))) }
      case .softmax:
        let highest = row.max() ?? 0
        let powers = row.map { exp(Double($0 - highest)) }
        let sum = powers.reduce(0, +)
        result += powers.map { Float($0 / sum) }
      case .sigmoid: append(row.map { Self.sigmoid(Double($0)) }, to: &result)
      case .clipped: append(row.map { (min(1, max(-1, Double($0))) + 1) / 2 }, to: &result)
      case .platt(let slopes, let offsets):
        append(
          row.enumerated().map { Self.sigmoid(-(Double(slopes[$0]) * Double($1) + Double(offsets[$0]))) }, to: &result
        )
      }
    }
    return result
  }

  /// Adds the probabilities of one text from those that each column has by itself.
  private func append(_ each: [Double], to result: inout [Float]) {
    if each.count < labels.count {
      result += [Float(1 - each[0]), Float(each[0])]
    } else if isMultiLabel {
      result += each.map { Float($0) }
    } else {
      let sum = each.reduce(0, +)
      result += each.map { sum > 0 ? Float($0 / sum) : 1 / Float(each.count) }
    }
  }

  private static func sigmoid(_ score: Double) -> Double { 1 / (1 + exp(-score)) }

  /// Each feature's value times its weight, dealt out over the tokens that it stands in.
  package func attributions(of text: [UInt8], label: Int) -> [Attribution] {
    precondition(labels.indices.contains(label), "label \(label) of \(labels.count)")
    let row = features.features(of: TextBlock(lines: [text]))
    return features.attributions(of: text, row: row) { contrast(feature: Int($0), label: label) }
  }

  /// What a feature adds to a label's score against the mean of the other labels.
  private func contrast(feature: Int, label: Int) -> Double {
    let columns = bias.count
    guard let place = ranks.map({ $0.number(of: feature) }) ?? feature else { return 0 }
    if columns < labels.count { return Double(stored[place]) * (label == 1 ? 1 : -1) }
    let row = stored[(place * columns)..<((place + 1) * columns)]
    let own = Double(row[row.startIndex + label])
    guard columns > 1, !isMultiLabel else { return own }
    return own - (row.reduce(0) { $0 + Double($1) } - own) / Double(columns - 1)
  }
}

/// How the weights of a linear classifier are stored.
public enum LinearPrecision: String, Codable, CaseIterable, Sendable {
  /// 4 bytes a weight.
  case float32
  /// 2 bytes a weight; computed with in Float32.
  case float16
}
