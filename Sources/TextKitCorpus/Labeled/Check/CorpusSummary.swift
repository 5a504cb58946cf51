/// One part of a corpus in figures.
public struct CorpusSummary: Sendable, Hashable, Codable {
  /// `train`, `dev` or `test`.
  public var name: String
  /// The number of documents.
  public var documentCount: Int
  /// How many documents have each label; how many entities each type.
  public var labelCounts: [String: Int]
  /// Lengths of the texts in Unicode scalars.
  public var lengths: TextLengths
  /// Of entities: how the file is laid out and its tags are read.
  public var format: EntityFormat?
  public var scheme: TagScheme?

  /// Lengths of texts in Unicode scalars; all 0 where there is no text.
  public struct TextLengths: Sendable, Hashable, Codable {
    public var minimum = 0
    public var median = 0
    /// 95% of the texts are this long or shorter.
    public var percentile95 = 0
    public var maximum = 0
    public var mean = 0.0

    init(_ lengths: [Int]) {
      let sorted = lengths.sorted()
      guard let first = sorted.first, let last = sorted.last else { return }
      minimum = first
      maximum = last
      // The nearest rank: the least value that the share of all is at most.
      median = sorted[(sorted.count + 1) / 2 - 1]
      percentile95 = sorted[(sorted.count * 95 + 99) / 100 - 1]
      mean = Double(sorted.reduce(0, +)) / Double(sorted.count)
    }
  }

  /// Labels with their counts, the most frequent first, equal ones in the order of their bytes.
  public var distribution: [(label: String, count: Int)] {
    labelCounts.map { ($0.key, $0.value) }.sorted {
      $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
    }
  }
}
