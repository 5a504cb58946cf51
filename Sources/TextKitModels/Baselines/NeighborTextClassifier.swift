import Foundation
import TextKitCorpus

/// The k training texts most like a text vote for their labels, each by its cosine (Cover & Hart 1967).
package struct NeighborTextClassifier: StorableClassifier {
  package static let fileKind = "neighbors"

  package let labels: [String]
  package var isMultiLabel: Bool { false }
  /// What turns texts into rows.
  package let features: FeatureExtractor
  /// The training texts.
  package let matrix: SparseMatrix
  /// The label of each, `[documents]`.
  package let gold: [Int32]
  /// How many vote.
  package let count: Int
  /// How many may vote: each that is nearer than others is moved before them.
  package static let counts = 1...1000
  private let index: NeighborIndex

  package init(labels: [String], features: FeatureExtractor, matrix: SparseMatrix, gold: [Int32], count: Int) {
    precondition(Self.counts.contains(count), "\(count) neighbors")
    self.labels = labels
    self.features = features
    self.matrix = matrix
    self.gold = gold
    self.count = count
    index = NeighborIndex(matrix, labels: gold, labelCount: labels.count)
  }

  package var needsSegmenter: Bool { features.configuration.needsSegmenter }

  package func probabilities(of texts: TextBlock) -> [Float] {
    let rows = features.features(of: texts)
    return index.votes(of: rows, rows: 0..<rows.rowCount, count: count)
  }

  /// Each feature's part of the cosines of the neighbors of the label, less that of the others, over the sum of all.
  package func attributions(of text: [UInt8], label: Int) -> [Attribution] {
    precondition(labels.indices.contains(label), "label \(label) of \(labels.count)")
    let row = features.features(of: TextBlock(lines: [text]))
    let neighbors = index.neighbors(of: row, row: 0, count: count)
    let total = neighbors.reduce(0) { $0 + Double($1.similarity) }
    guard total > 0 else { return [] }
    let queryLength = Self.length(of: row.values[...])
    var parts: [Int32: Double] = [:]
    for neighbor in neighbors {
      let entries = matrix.entries(ofRow: neighbor.document)
      let sign = Int(gold[neighbor.document]) == label ? 1.0 : -1 / Double(max(1, labels.count - 1))
      let length = Self.length(of: matrix.values[entries]) * queryLength
      for entry in entries {
        parts[matrix.columns[entry], default: 0] += sign * Double(matrix.values[entry]) / length
      }
    }
    return features.attributions(of: text, row: row) { column in (parts[column] ?? 0) / total }
  }
}

extension NeighborTextClassifier {
  /// The Euclidean length of a row's values.
  private static func length(of values: ArraySlice<Float>) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}

extension NeighborTextClassifier {
  private enum Key {
    static let count = "neighbors.count"
    static let rowEnds = "neighbors.row_ends"
    static let columns = "neighbors.columns"
    static let values = "neighbors.values"
    static let gold = "neighbors.labels"
  }

  package func add(to section: inout ClassifierSectionWriter) throws {
    try features.add(to: &section)
    section.writer.metadata[section.name(Key.count)] = "\(count)"
    section.writer.add(section.name(Key.rowEnds), int64: matrix.rowEnds, shape: [matrix.rowCount])
    section.writer.add(
      section.name(Key.columns), int64: matrix.columns.map { Int($0) }, shape: [matrix.columns.count])
    section.writer.add(section.name(Key.values), floats: matrix.values, shape: [matrix.values.count])
    section.writer.add(section.name(Key.gold), int64: gold.map { Int($0) }, shape: [gold.count])
  }

  package init(section: ClassifierSection, resources: ClassifierResources) throws {
    let file = section.file
    func invalid(_ key: String, _ expected: String, _ found: String) -> ModelFileError {
      file.invalid(section.name(key), expected: expected, found: found)
    }
    guard !section.isMultiLabel else { throw invalid(Key.gold, "one label a text", "several") }
    let features = try FeatureExtractor(section: section, resources: resources)
    let text = try section.metadata(Key.count)
    guard let count = Int(text), Self.counts.contains(count) else {
      throw invalid(Key.count, "\(Self.counts.lowerBound) to \(Self.counts.upperBound)", text)
    }
    var matrix = SparseMatrix(columnCount: features.columnCount)
    matrix.values = try file.floats(section.name(Key.values), shape: [nil])
    let columns = try file.int64(section.name(Key.columns), shape: [matrix.values.count])
    guard columns.allSatisfy({ $0 >= 0 && $0 < features.columnCount }), matrix.values.allSatisfy(\.isFinite) else {
      throw invalid(Key.columns, "features of the vocabulary with finite values", "others")
    }
    matrix.columns = columns.map { Int32($0) }
    matrix.rowEnds = try file.int64(section.name(Key.rowEnds), shape: [nil])
    let gold = try file.int64(section.name(Key.gold), shape: [matrix.rowEnds.count])
    guard zip([0] + matrix.rowEnds, matrix.rowEnds).allSatisfy({ $0 <= $1 }), matrix.rowEnds.last == columns.count
    else { throw invalid(Key.rowEnds, "rows that cover \(columns.count) entries", "others") }
    guard
      (0..<matrix.rowCount).allSatisfy({ row in
        let columns = matrix.columns[matrix.entries(ofRow: row)]
        return zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 }
      })
    else { throw invalid(Key.columns, "columns that ascend within a row", "others") }
    guard gold.allSatisfy({ $0 >= 0 && $0 < section.labels.count }) else {
      throw invalid(Key.gold, "numbers of \(section.labels.count) labels", "others")
    }
    self.init(
      labels: section.labels, features: features, matrix: matrix, gold: gold.map { Int32($0) }, count: count)
  }
}
