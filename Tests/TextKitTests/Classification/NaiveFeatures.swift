import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

/// n-grams with strings, the slow way.
enum NaiveFeatures {
  /// For every n-gram how often each text holds it: `[n-grams][texts]`, in no order but that of the numbers.
  static func columns(_ texts: [String], _ groups: [FeatureGroup]) -> [[Float]] {
    var counts: [String: [Int]] = [:]
    for (number, text) in texts.enumerated() {
      for (index, group) in groups.enumerated() {
        for name in names(text, group) {
          counts["\(index) \(name)", default: [Int](repeating: 0, count: texts.count)][number] += 1
        }
      }
    }
    return sorted(counts.values.map { $0.map(Float.init) })
  }

  private static func names(_ text: String, _ group: FeatureGroup) -> [String] {
    let words =
      group.tokens.unit == .characters
      ? text.unicodeScalars.filter { $0 != " " }.map { String($0) } : text.split(separator: " ").map(String.init)
    if group.unit == .tokens { return grams(words, group).map { $0.joined(separator: " ") } }
    return words.flatMap { word in
      let scalars = [" "] + word.unicodeScalars.map { String($0) } + [" "]
      if scalars.count < group.minimumN { return [scalars.joined()] }
      return grams(scalars, group).map { $0.joined() }.filter { $0 != " " }
    }
  }

  private static func grams(_ parts: [String], _ group: FeatureGroup) -> [ArraySlice<String>] {
    (group.minimumN...group.maximumN).flatMap { length in
      parts.count < length ? [] : (0...parts.count - length).map { parts[$0..<$0 + length] }
    }
  }

  /// The columns of a matrix that aren't all zeros.
  static func columns(_ matrix: SparseMatrix) -> [[Float]] {
    var columns: [Int32: [Float]] = [:]
    for row in 0..<matrix.rowCount {
      for entry in matrix.entries(ofRow: row) {
        columns[matrix.columns[entry], default: [Float](repeating: 0, count: matrix.rowCount)][row] =
          matrix.values[entry]
      }
    }
    return sorted(Array(columns.values))
  }

  static func sorted(_ columns: [[Float]]) -> [[Float]] { columns.sorted { $0.lexicographicallyPrecedes($1) } }

  /// Texts of few words, some empty, of one to four letters.
  static func texts(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    let words = ["a", "b", "ab", "abc", "bca", "好", "né", "cabb", "é", "dd"]
    return (0..<count).map { _ in
      (0..<random.integer(in: 0..<9)).map { _ in random.pick(words) }.joined(separator: " ")
    }
  }

  /// Counts, nothing else.
  static func counting(_ groups: [FeatureGroup]) -> FeatureConfiguration {
    var configuration = FeatureConfiguration()
    (configuration.tokens, configuration.unit) = (groups[0].tokens, groups[0].unit)
    (configuration.minimumN, configuration.maximumN) = (groups[0].minimumN, groups[0].maximumN)
    configuration.more = Array(groups.dropFirst())
    (configuration.value, configuration.sublinear, configuration.norm) = (.count, false, .none)
    return configuration
  }

  static func group(_ tokens: TokenUnit, _ unit: NGramUnit, _ lengths: ClosedRange<Int>) -> FeatureGroup {
    var group = FeatureGroup()
    (group.tokens, group.unit) = (TokenizerConfiguration(tokens), unit)
    (group.minimumN, group.maximumN) = (lengths.lowerBound, lengths.upperBound)
    return group
  }
}

extension FeatureExtractor {
  /// What fits texts, on one thread unless told.
  static func fit(
    _ configuration: FeatureConfiguration, _ texts: [String], threads: Int = 1
  ) throws -> (extractor: FeatureExtractor, features: SparseMatrix) {
    try fit(configuration, texts: TextBlock(texts), segmenter: nil, threads: threads)
  }
}
