import Foundation
import TextKitModels
import TextKitTensor

extension FeatureExtractor {
  /// Finds the features of training texts and their rows.
  ///
  /// N-grams are counted block by block, dealt out by the top byte of their names, and sorted: the columns are in the
  /// order of the names, whatever the number of threads.
  ///
  /// - Throws: `TrainingError.noSegmenter` where segmented text is asked for and there is no segmenter,
  ///   `TrainingError.noExamples` where no feature is left.
  package static func fit(
    _ configuration: FeatureConfiguration, texts: TextBlock, segmenter: WordSegmenter?, threads: Int
  ) throws(TrainingError) -> (extractor: FeatureExtractor, features: SparseMatrix) {
    guard !configuration.needsSegmenter || segmenter != nil else { throw .noSegmenter }
    let reader = NGramReader(configuration, segmenter: segmenter)
    let parts = texts.parts(of: blockSize)
    let counts = Parallel.map(count: parts.count, threads: threads) { part, _ in reader.counts(of: parts[part]) }
    let textCount = texts.lineEnds.count
    var index: FeatureIndex?
    var documents: [Int32] = []
    if configuration.hashBits == nil {
      let found = frequencies(counts, threads: threads)
      var kept = found.names.indices.filter {
        Int(found.documents[$0]) >= configuration.minimumDocuments
          && Double(found.documents[$0]) <= configuration.maximumShare * Double(textCount)
      }
      if let limit = configuration.maximumFeatures, kept.count > limit {
        kept.sort { (-found.documents[$0], $0) < (-found.documents[$1], $1) }
        kept = kept.prefix(limit).sorted()
      }
      guard !kept.isEmpty else { throw .noExamples("no feature of the texts is within the limits") }
      index = FeatureIndex(kept.map { found.names[$0] })
      documents = kept.map { found.documents[$0] }
    }
    // Without a vocabulary, columns are counted once rows are there.
    let bare = FeatureExtractor(configuration, reader: reader, index: index, idf: [])
    if configuration.value == .tfidf, index == nil {
      documents = [Int32](repeating: 0, count: bare.columnCount)
      for part in counts {
        for column in bare.features(of: part).columns { documents[Int(column)] += 1 }
      }
    }
    let idf =
      configuration.value != .tfidf
      ? []
      : documents.map { Float(log(Double(1 + textCount) / Double(1 + $0)) + 1) }
    let extractor = FeatureExtractor(configuration, reader: reader, index: index, idf: idf)
    let rows = Parallel.map(count: counts.count, threads: threads) { part, _ in extractor.features(of: counts[part]) }
    let matrix = SparseMatrix.joined(rows, columnCount: extractor.columnCount)
    guard !matrix.columns.isEmpty else { throw .noExamples("the texts have no features") }
    return (extractor, matrix)
  }

  /// All names, ascending, with the number of texts that hold each.
  private static func frequencies(_ parts: [NGramCounts], threads: Int) -> (names: [UInt64], documents: [Int32]) {
    let dealt = Parallel.map(count: parts.count, threads: threads) { part, _ in DealtNames(parts[part].names) }
    let shards = Parallel.map(count: DealtNames.count, threads: threads) { shard, _ in
      var names: [UInt64] = []
      names.reserveCapacity(dealt.reduce(0) { $0 + $1.range(ofShard: shard).count })
      for part in dealt { names.append(contentsOf: part.names[part.range(ofShard: shard)]) }
      names.sort()
      return runs(names)
    }
    var result: (names: [UInt64], documents: [Int32]) = ([], [])
    for shard in shards {
      result.names.append(contentsOf: shard.names)
      result.documents.append(contentsOf: shard.documents)
    }
    return result
  }

  /// The distinct ones of sorted names and how often each is there.
  private static func runs(_ sorted: [UInt64]) -> (names: [UInt64], documents: [Int32]) {
    var names: [UInt64] = []
    var documents: [Int32] = []
    for name in sorted {
      if let last = names.last, last == name {
        documents[documents.count - 1] += 1
      } else {
        names.append(name)
        documents.append(1)
      }
    }
    return (names, documents)
  }
}

/// Names dealt out by their top byte (a counting sort).
private struct DealtNames: Sendable {
  static let count = 256
  let names: [UInt64]
  private let starts: [Int]

  init(_ source: [UInt64]) {
    var starts = [Int](repeating: 0, count: Self.count + 1)
    for name in source { starts[Int(name >> 56) + 1] += 1 }
    for shard in 1...Self.count { starts[shard] += starts[shard - 1] }
    var next = starts
    var names = [UInt64](repeating: 0, count: source.count)
    for name in source {
      let shard = Int(name >> 56)
      names[next[shard]] = name
      next[shard] += 1
    }
    self.names = names
    self.starts = starts
  }

  func range(ofShard shard: Int) -> Range<Int> { starts[shard]..<starts[shard + 1] }
}
