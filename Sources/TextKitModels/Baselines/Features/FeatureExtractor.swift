import Foundation
import TextKitCorpus
import TextKitTensor

/// Turns texts into rows of features; frozen, so that no column can appear at prediction.
package struct FeatureExtractor: Sendable {
  /// How.
  package let configuration: FeatureConfiguration
  /// What finds the n-grams.
  package let reader: NGramReader
  /// The columns of the vocabulary; nil where features are hashed.
  package let index: FeatureIndex?
  /// What tf is multiplied with, `[features]`; empty for ones.
  package let idf: [Float]

  package init(
    _ configuration: FeatureConfiguration, reader: NGramReader, index: FeatureIndex?, idf: [Float]
  ) {
    precondition((index == nil) == (configuration.hashBits != nil), "features are hashed or have a vocabulary")
    self.configuration = configuration
    self.reader = reader
    self.index = index
    self.idf = idf
    precondition(idf.isEmpty || idf.count == columnCount, "\(idf.count) weights for \(columnCount) features")
  }

  /// What needs no training texts: hashed features without idf.
  package init(hashing configuration: FeatureConfiguration, segmenter: WordSegmenter?) {
    precondition(configuration.value != .tfidf, "idf is that of training texts")
    self.init(
      configuration, reader: NGramReader(configuration, segmenter: segmenter), index: nil, idf: [])
  }

  /// The number of columns.
  package var columnCount: Int { index?.names.count ?? 1 << (configuration.hashBits ?? 0) }

  /// Texts that are worked on at a time.
  package static let blockSize = 256

  /// The rows of the texts of a block.
  package func features(of block: TextBlock) -> SparseMatrix {
    guard block.bytes.count > TextTokenizer.mostBytes else { return features(of: reader.counts(of: block)) }
    return features(of: block, threads: 1)
  }

  /// The rows of the texts of a block, on several threads; the result doesn't depend on their number.
  package func features(of block: TextBlock, threads: Int) -> SparseMatrix {
    let parts = block.parts(of: Self.blockSize)
    return SparseMatrix.joined(
      Parallel.map(count: parts.count, threads: threads) { part, _ in features(of: parts[part]) },
      columnCount: columnCount)
  }

  /// The rows of texts whose n-grams are counted.
  package func features(of counts: NGramCounts) -> SparseMatrix {
    var matrix = SparseMatrix(columnCount: columnCount)
    for text in counts.textEnds.indices {
      let first = matrix.columns.count
      for entry in counts.entries(ofText: text) {
        guard let column = column(of: counts.names[entry]) else { continue }
        let count = Float(counts.counts[entry])
        if matrix.columns.count > first, matrix.columns[matrix.columns.count - 1] == column {
          matrix.values[matrix.values.count - 1] += count
        } else {
          matrix.columns.append(column)
          matrix.values.append(count)
        }
      }
      weigh(&matrix, from: first)
      matrix.rowEnds.append(matrix.columns.count)
    }
    return matrix
  }

  /// The column of an n-gram.
  @inline(__always)
  package func column(of name: UInt64) -> Int32? {
    guard let index else { return Int32(truncatingIfNeeded: name >> UInt64(64 - (configuration.hashBits ?? 1))) }
    return index.column(of: name)
  }

  /// Turns the counts of the last row into its values.
  private func weigh(_ matrix: inout SparseMatrix, from first: Int) {
    let entries = first..<matrix.values.count
    if configuration.value == .binary {
      for entry in entries { matrix.values[entry] = 1 }
    } else if configuration.sublinear {
      for entry in entries where matrix.values[entry] > 1 {
        matrix.values[entry] = 1 + Float(log(Double(matrix.values[entry])))
      }
    }
    if !idf.isEmpty {
      for entry in entries { matrix.values[entry] *= idf[Int(matrix.columns[entry])] }
    }
    var norm = 0.0
    switch configuration.norm {
    case .none: return
    case .l1: for entry in entries { norm += Double(abs(matrix.values[entry])) }
    case .l2:
      for entry in entries { norm += Double(matrix.values[entry]) * Double(matrix.values[entry]) }
      norm = norm.squareRoot()
    }
    guard norm > 0 else { return }
    let factor = Float(1 / norm)
    for entry in entries { matrix.values[entry] *= factor }
  }
}

extension SparseMatrix {
  /// Matrices one under another.
  package static func joined(_ parts: [SparseMatrix], columnCount: Int) -> SparseMatrix {
    var result = SparseMatrix(columnCount: columnCount)
    result.columns.reserveCapacity(parts.reduce(0) { $0 + $1.columns.count })
    result.values.reserveCapacity(parts.reduce(0) { $0 + $1.values.count })
    for part in parts {
      let offset = result.columns.count
      result.rowEnds.append(contentsOf: part.rowEnds.lazy.map { $0 + offset })
      result.columns.append(contentsOf: part.columns)
      result.values.append(contentsOf: part.values)
    }
    return result
  }
}
