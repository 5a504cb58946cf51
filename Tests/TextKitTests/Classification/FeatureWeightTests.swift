import Foundation
import Testing
import TextKitModels
import TextKitTraining

/// Numbers that scikit-learn 1.9 gives:
///
///     texts = ["a b b", "a c", "a b a b a", "c c c d", "d"]
///     TfidfVectorizer(token_pattern=r'\S+', **settings).fit_transform(texts).toarray().T
@Suite("Weights of features")
struct FeatureWeightTests {
  private static let texts = ["a b b", "a c", "a b a b a", "c c c d", "d"]

  private func check(_ expected: [[Float]], _ change: (inout FeatureConfiguration) -> Void) throws {
    var configuration = FeatureConfiguration()
    (configuration.maximumN, configuration.sublinear) = (1, false)
    change(&configuration)
    let found = NaiveFeatures.columns(try FeatureExtractor.fit(configuration, Self.texts).features)
    let sorted = NaiveFeatures.sorted(expected)
    #expect(found.count == sorted.count)
    for (column, other) in zip(found, sorted) {
      #expect(zip(column, other).allSatisfy { abs($0 - $1) < 2e-6 }, "\(column) is not \(other)")
    }
  }

  @Test("settings: none, sublinear_tf=True, norm='l1', norm=None")
  func weights() throws {
    try check([
      [0.383339, 0.638711, 0.779679, 0, 0], [0.923608, 0, 0.62618, 0, 0], [0, 0.769447, 0, 0.948683, 0],
      [0, 0, 0, 0.316228, 1],
    ]) { _ in }
    try check([
      [0.440207, 0.638711, 0.717098, 0, 0], [0.897896, 0, 0.696972, 0, 0], [0, 0.769447, 0, 0.90275, 0],
      [0, 0, 0, 0.430165, 1],
    ]) { $0.sublinear = true }
    try check([
      [0.293309, 0.453579, 0.554593, 0, 0], [0.706691, 0, 0.445407, 0, 0], [0, 0.546421, 0, 0.75, 0],
      [0, 0, 0, 0.25, 1],
    ]) { $0.norm = .l1 }
    try check([
      [1.405465, 1.405465, 4.216395, 0, 0], [3.386294, 0, 3.386294, 0, 0], [0, 1.693147, 0, 5.079442, 0],
      [0, 0, 0, 1.693147, 1.693147],
    ]) { $0.norm = .none }
  }

  @Test("settings: ngram_range=(1, 2) with min_df=2, max_df=0.5")
  func limits() throws {
    try check([
      [0.348021, 0.638711, 0.660816, 0, 0], [0.419257, 0, 0.530718, 0, 0], [0.838514, 0, 0.530718, 0, 0],
      [0, 0.769447, 0, 0.948683, 0], [0, 0, 0, 0.316228, 1],
    ]) { ($0.maximumN, $0.minimumDocuments) = (2, 2) }
    try check([[1, 0, 1, 0, 0], [0, 1, 0, 0.948683, 0], [0, 0, 0, 0.316228, 1]]) { $0.maximumShare = 0.5 }
  }

  @Test("binary values are 1, and a vocabulary's idf is a hash's where nothing meets")
  func others() throws {
    try check([[1, 1, 1, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 0, 1, 1]]) {
      ($0.value, $0.norm, $0.sublinear) = (.binary, .none, true)
    }
    try check([
      [1, 1, 1 + log(3), 0, 0], [1 + log(2), 0, 1 + log(2), 0, 0], [0, 1, 0, 1 + log(3), 0], [0, 0, 0, 1, 1],
    ]) { ($0.value, $0.norm, $0.sublinear) = (.count, .none, true) }
    try check([
      [0.383339, 0.638711, 0.779679, 0, 0], [0.923608, 0, 0.62618, 0, 0], [0, 0.769447, 0, 0.948683, 0],
      [0, 0, 0, 0.316228, 1],
    ]) { $0.hashBits = 20 }
  }
}
