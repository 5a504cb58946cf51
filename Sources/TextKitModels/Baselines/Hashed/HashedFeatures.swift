import Foundation
import TextKitCorpus

/// Turns texts into rows of hashed features (Weinberger et al. 2009, without signs): n-grams of tokens.
package struct HashedFeatures: Sendable {
  package let configuration: HashedFeatureConfiguration
  private let tokenizer: TextTokenizer

  /// - Parameter segmenter: what finds words, where tokens are segmented.
  package init(_ configuration: HashedFeatureConfiguration, segmenter: WordSegmenter?) {
    self.configuration = configuration
    tokenizer = TextTokenizer(configuration.tokenizer, segmenter: segmenter)
  }

  /// The features of the texts of a block, a row a text.
  package func features(of block: TextBlock) -> SparseMatrix {
    var matrix = SparseMatrix(columnCount: configuration.featureCount)
    let texts = tokenizer.tokenize(block)
    var columns: [Int32] = []
    for text in 0..<texts.count {
      columns.removeAll(keepingCapacity: true)
      forEachFeature(of: texts, text) { column, _, _ in columns.append(column) }
      columns.sort()
      append(columns, to: &matrix)
    }
    return matrix
  }

  /// A feature of a text, where it stands, and its share of the feature's number: what occurs twice has half of it each.
  package struct Occurrence: Sendable {
    package let column: Int32
    package let span: TextSpan
    package let value: Float
  }

  /// All occurrences of features in one text, in its order.
  package func occurrences(in text: [UInt8]) -> (row: SparseMatrix, occurrences: [Occurrence]) {
    let block = TextBlock(lines: [text])
    let (row, texts) = (features(of: block), tokenizer.tokenize(block))
    var counts: [Int32: Int] = [:]
    forEachFeature(of: texts, 0) { column, _, _ in counts[column, default: 0] += 1 }
    var found: [Occurrence] = []
    forEachFeature(of: texts, 0) { column, first, last in
      let (start, end) = (Int(texts.sources[first].lowerBound), Int(texts.sources[last].upperBound))
      let value = row.value(ofColumn: column, in: row.entries(ofRow: 0)) / Float(counts[column] ?? 1)
      found.append(Occurrence(column: column, span: TextSpan(start..<end), value: value))
    }
    return (row, found)
  }

  /// Calls `body` with the number of each n-gram and its first and last token.
  private func forEachFeature(
    of texts: TokenizedTexts, _ text: Int, _ body: (_ column: Int32, _ first: Int, _ last: Int) -> Void
  ) {
    let tokens = texts.tokens(ofText: text)
    let mask = UInt64(configuration.featureCount - 1)
    let hashes = tokens.map { token in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for index in texts.range(ofToken: token) { hash = (hash ^ UInt64(texts.bytes[index])) &* 0x100_0000_01B3 }
      return hash
    }
    for first in tokens {
      var hash: UInt64 = 0
      for last in first..<min(tokens.upperBound, first + configuration.maximumTokens) {
        hash = Self.mixed(hash &+ hashes[last - tokens.lowerBound])
        if last - first + 1 >= configuration.minimumTokens { body(Int32(hash & mask), first, last) }
      }
    }
  }

  /// SplitMix64's last step: every bit of the result depends on every bit.
  private static func mixed(_ hash: UInt64) -> UInt64 {
    var mixed = hash &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Adds a row of sorted columns, each as often as it occurs.
  private func append(_ columns: [Int32], to matrix: inout SparseMatrix) {
    let start = matrix.values.count
    var index = 0
    while index < columns.count {
      var end = index + 1
      while end < columns.count, columns[end] == columns[index] { end += 1 }
      matrix.columns.append(columns[index])
      matrix.values.append(value(ofCount: end - index))
      index = end
    }
    if configuration.normalizes {
      var sum = 0.0
      for value in matrix.values[start...] { sum += Double(value) * Double(value) }
      let factor = sum > 0 ? Float(1 / sum.squareRoot()) : 1
      for place in start..<matrix.values.count { matrix.values[place] *= factor }
    }
    matrix.rowEnds.append(matrix.values.count)
  }

  private func value(ofCount count: Int) -> Float {
    switch configuration.value {
    case .presence: 1
    case .count: Float(count)
    case .logarithm: count == 1 ? 1 : Float(1 + log(Double(count)))
    }
  }
}

/// The configuration of hashed features in a model file.
extension HashedFeatures {
  private static let key = "hashed.features"

  func add(to section: inout ClassifierSectionWriter) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    section.writer.metadata[section.name(Self.key)] = String(
      decoding: try encoder.encode(configuration), as: UTF8.self)
  }

  init(section: ClassifierSection, resources: ClassifierResources) throws {
    let (name, text) = (section.name(Self.key), try section.metadata(Self.key))
    let configuration: HashedFeatureConfiguration
    do { configuration = try JSONDecoder().decode(HashedFeatureConfiguration.self, from: Data(text.utf8)) } catch {
      throw section.file.invalid(name, expected: "a configuration of hashed features", found: "\(error)")
    }
    if let (entry, expected, found) = configuration.firstUnusable {
      throw section.file.invalid("\(name).\(entry)", expected: expected, found: found)
    }
    guard configuration.tokenizer.unit != .segmented || resources.segmenter != nil else {
      throw section.file.invalid(name, expected: "a segmenter for segmented tokens", found: "none")
    }
    self.init(configuration, segmenter: resources.segmenter)
  }
}
