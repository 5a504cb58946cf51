/// How classifiers are compared.
public struct ComparisonOptions: Codable, Sendable, Equatable {
  /// What decides among settings, on dev.
  public enum Selection: String, Codable, CaseIterable, Sendable {
    case accuracy, macroF1
  }

  /// The settings that are searched.
  public var search = ComparisonSearch()
  /// What decides among them.
  public var selection = Selection.accuracy
  /// Recipes that depend on a seed are trained once with each of these; none stands for the recipe's own seed. The
  /// predictions that are tested and drawn are those of the first.
  public var seeds: [UInt64] = []
  /// Sizes of the training part for learning curves: shares up to 1, numbers of documents above.
  public var curve: [Double] = []
  /// How intervals are found.
  public var bootstrap = Bootstrap()
  /// What the choice of dev documents, of subsets and of random settings depends on.
  public var seed: UInt64 = 1

  /// The defaults: no search, no curve.
  public init() {}

  /// The numbers of documents of a learning curve over so many training documents, ascending, each once.
  func curveCounts(of documents: Int) -> [Int] {
    let counts = curve.map { $0 <= 1 ? Int(($0 * Double(documents)).rounded()) : Int(min($0, Double(documents))) }
    return Set(counts.map { min(documents, max(1, $0)) }).sorted()
  }
}
