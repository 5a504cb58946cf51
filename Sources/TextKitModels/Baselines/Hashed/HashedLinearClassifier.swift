import Foundation
import TextKitCorpus

/// A linear classifier over hashed features; of features without weights it holds nothing but that.
package struct HashedLinearClassifier: StorableClassifier {
  /// How scores become probabilities.
  package enum Link: String, CaseIterable, Sendable {
    /// A softmax of all.
    case softmax
    /// A sigmoid of each; divided by their sum where labels exclude each other.
    case sigmoid
    /// (1 + s) / 2 within 0 and 1, as fits the modified Huber loss (Zhang 2004); divided by their sum where labels
    /// exclude each other, equal where all are 0.
    case clipped
  }

  package static let fileKind = "hashed-linear"

  package let labels: [String]
  package let isMultiLabel: Bool
  package let features: HashedFeatures
  package let link: Link
  /// The features that have weights, ascending, `[rows]`, their weights, `[rows, labels]`, and the biases, `[labels]`.
  package let rows: [Int]
  package let weights: [Float]
  package let biases: [Float]
  /// For each feature the number of its row; -1 without, `[features]`.
  private let places: [Int32]

  /// Takes the weights of some features.
  package init(
    labels: [String], isMultiLabel: Bool, features: HashedFeatures, link: Link, rows: [Int], weights: [Float],
    biases: [Float]
  ) {
    precondition(
      weights.count == rows.count * labels.count && biases.count == labels.count,
      "\(weights.count) weights and \(biases.count) biases for [\(rows.count), \(labels.count)]")
    self.labels = labels
    self.isMultiLabel = isMultiLabel
    self.features = features
    self.link = link
    self.rows = rows
    self.weights = weights
    self.biases = biases
    var places = [Int32](repeating: -1, count: features.configuration.featureCount)
    for (place, row) in rows.enumerated() { places[row] = Int32(place) }
    self.places = places
  }

  /// Takes all weights, `[features + 1, labels]` with the biases last, and keeps the features with one that isn't 0.
  package init(
    labels: [String], isMultiLabel: Bool, features: HashedFeatures, link: Link, all: [Float]
  ) {
    let (count, width) = (features.configuration.featureCount, labels.count)
    precondition(all.count == (count + 1) * width, "\(all.count) weights for [\(count + 1), \(width)]")
    let rows = (0..<count).filter { row in all[row * width..<(row + 1) * width].contains { $0 != 0 } }
    self.init(
      labels: labels, isMultiLabel: isMultiLabel, features: features, link: link, rows: rows,
      weights: rows.flatMap { all[$0 * width..<($0 + 1) * width] }, biases: Array(all[(count * width)...]))
  }

  package var needsSegmenter: Bool { features.configuration.tokenizer.unit == .segmented }

  package func probabilities(of texts: TextBlock) -> [Float] {
    let matrix = features.features(of: texts)
    var result = [Float](repeating: 0, count: matrix.rowCount * labels.count)
    var scores = [Double](repeating: 0, count: labels.count)
    for row in 0..<matrix.rowCount {
      for label in labels.indices { scores[label] = Double(biases[label]) }
      for entry in matrix.entries(ofRow: row) {
        let place = Int(places[Int(matrix.columns[entry])])
        if place < 0 { continue }
        let value = matrix.values[entry]
        for label in scores.indices { scores[label] += Double(weights[place * scores.count + label] * value) }
      }
      linked(&scores)
      for label in scores.indices { result[row * scores.count + label] = Float(scores[label]) }
    }
    return result
  }

  /// Replaces scores by probabilities.
  private func linked(_ scores: inout [Double]) {
    switch link {
    case .softmax:
      let most = scores.max() ?? 0
      for label in scores.indices { scores[label] = exp(scores[label] - most) }
    case .sigmoid: for label in scores.indices { scores[label] = 1 / (1 + exp(-scores[label])) }
    case .clipped: for label in scores.indices { scores[label] = (min(1, max(-1, scores[label])) + 1) / 2 }
    }
    if isMultiLabel && link != .softmax { return }
    let sum = scores.reduce(0, +)
    for label in scores.indices { scores[label] = sum > 0 ? scores[label] / sum : 1 / Double(scores.count) }
  }

  /// Every n-gram's value times its weight against the mean of the other labels' weights.
  package func attributions(of text: [UInt8], label: Int) -> [Attribution] {
    precondition(labels.indices.contains(label), "label \(label) of \(labels.count)")
    return features.occurrences(in: text).occurrences.compactMap { found in
      let place = Int(places[Int(found.column)])
      if place < 0 { return nil }
      let row = weights[place * labels.count..<(place + 1) * labels.count]
      let own = Double(row[row.startIndex + label])
      let others =
        isMultiLabel || labels.count == 1 ? 0 : (row.reduce(0) { $0 + Double($1) } - own) / Double(labels.count - 1)
      let weight = (own - others) * Double(found.value)
      return weight == 0 ? nil : Attribution(span: found.span, weight: weight)
    }
  }
}

extension HashedLinearClassifier {
  private enum Key {
    static let link = "linear.link"
    static let rows = "linear.rows"
    static let weights = "linear.weights"
    static let biases = "linear.biases"
  }

  package func add(to section: inout ClassifierSectionWriter) throws {
    try features.add(to: &section)
    section.writer.metadata[section.name(Key.link)] = link.rawValue
    section.writer.add(section.name(Key.rows), int64: rows, shape: [rows.count])
    section.writer.add(section.name(Key.weights), floats: weights, shape: [rows.count, labels.count])
    section.writer.add(section.name(Key.biases), floats: biases, shape: [labels.count])
  }

  package init(section: ClassifierSection, resources: ClassifierResources) throws {
    let (file, width) = (section.file, section.labels.count)
    let features = try HashedFeatures(section: section, resources: resources)
    let name = try section.metadata(Key.link)
    guard let link = Link(rawValue: name) else {
      throw file.invalid(
        section.name(Key.link), expected: "one of \(Link.allCases.map(\.rawValue).joined(separator: ", "))",
        found: name)
    }
    let rows = try file.int64(section.name(Key.rows), shape: [nil])
    let limit = features.configuration.featureCount
    guard rows.allSatisfy({ (0..<limit).contains($0) }), zip(rows, rows.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw file.invalid(
        section.name(Key.rows), expected: "ascending numbers below \(limit)", found: "others")
    }
    func floats(_ key: String, _ shape: [Int]) throws -> [Float] {
      let values = try file.floats(section.name(key), shape: shape)
      guard values.allSatisfy(\.isFinite) else {
        throw ModelFileError(path: file.path, reason: .notFinite(tensor: section.name(key)))
      }
      return values
    }
    self.init(
      labels: section.labels, isMultiLabel: section.isMultiLabel, features: features, link: link, rows: rows,
      weights: try floats(Key.weights, [rows.count, width]), biases: try floats(Key.biases, [width]))
  }
}
