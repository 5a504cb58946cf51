import Foundation
import TextKitCorpus

/// Word vectors as a model file of kind `textkit.vectors`, version 1.
///
///     vectors         [count, dimension]    F32, F16 or I8
///     vectors.scale   [count] F32           what an I8 row is multiplied with
///     words           U8                    a word a line, `\\`, LF and CR escaped with a backslash
///     counts          [count] I64           how often each word was seen, 2⁶⁰ in all at most (may be missing)
///     subwords        [buckets, dimension]  F32, F16 or I8 with subwords.scale (may be missing); then the metadata
///                                           holds vectors.subwords.min_n, .max_n and .buckets
enum VectorModelFile {
  static let kind = "textkit.vectors"
  static let versions = 1...1

  enum Key {
    static let vectors = "vectors"
    static let words = "words"
    static let counts = "counts"
    static let subwords = "subwords"
    static let minimumLength = "vectors.subwords.min_n"
    static let maximumLength = "vectors.subwords.max_n"
    static let bucketCount = "vectors.subwords.buckets"
  }

  /// What all words together may have been counted.
  private static let mostCounted = 1 << 60

  /// Whether a writer sets an entry of the metadata itself.
  private static func isOwn(_ key: String) -> Bool {
    key.hasPrefix("textkit.") || [Key.minimumLength, Key.maximumLength, Key.bucketCount].contains(key)
  }

  /// Reads the first `limit` words and their vectors.
  static func read(_ data: Data, path: String, limit: Int) throws(VectorFileError) -> WordVectors {
    do throws(ModelFileError) {
      let file = try ModelFile(data: data, path: path)
      try file.require(kind: kind, versions: versions)
      let all = try rows(file, Key.vectors)
      let table = try words(file, count: all.count, limit: limit)
      let counts = try counts(file, count: all.count)
      var report = VectorFileReport(format: .safetensors)
      report.declaredCount = all.count
      report.foundCount = all.count
      report.isLimited = table.count < all.count
      return WordVectors(
        table: table, rows: all.prefix(table.count), counts: counts.map { Array($0.prefix(table.count)) },
        subwords: try subwords(file, dimension: all.dimension), metadata: file.metadata.filter { !isOwn($0.key) },
        report: report)
    } catch {
      throw VectorFileError(path: path, reason: .modelFile(error.reason))
    }
  }

  /// A matrix of any of the three element types, used in place.
  private static func rows(_ file: ModelFile, _ name: String) throws(ModelFileError) -> VectorRows {
    guard let info = file.info(name) else { throw file.error(.missingTensor(name)) }
    let elements: [ModelFile.ElementType: VectorRows.Element] = [
      .float32: .float32, .float16: .float16, .int8: .int8,
    ]
    guard let element = elements[info.elementType] else {
      throw file.error(
        .elementType(tensor: name, expected: [.float32, .float16, .int8], found: info.elementType))
    }
    guard info.shape.count == 2, info.shape[0] > 0, info.shape[1] > 0 else {
      throw file.error(.shape(tensor: name, expected: [nil, nil], found: info.shape))
    }
    let scales = element == .int8 ? try file.floats("\(name).scale", shape: [info.shape[0]]) : []
    let rows = VectorRows(
      try file.bytes(name), element, count: info.shape[0], dimension: info.shape[1], scales: scales)
    guard rows.isFinite else { throw file.error(.notFinite(tensor: name)) }
    return rows
  }

  private static func words(_ file: ModelFile, count: Int, limit: Int) throws(ModelFileError) -> TokenTable {
    let bytes = try file.uint8(Key.words, shape: [nil])
    do throws(CorpusError) {
      return try TokenTable(records: bytes, count: count, prefix: min(count, limit))
    } catch {
      throw file.error(.words(tensor: Key.words, error))
    }
  }

  private static func counts(_ file: ModelFile, count: Int) throws(ModelFileError) -> [Int]? {
    guard file.info(Key.counts) != nil else { return nil }
    let counts = try file.int64(Key.counts, shape: [count])
    // Whoever adds them up, in part or in all, stays far from what a number can hold.
    var total = 0
    for count in counts {
      guard (0...mostCounted - total).contains(count) else {
        throw file.invalid(
          Key.counts, expected: "numbers of at least 0, \(mostCounted) together at most",
          found: count < 0 ? "\(count)" : "more")
      }
      total += count
    }
    return counts
  }

  private static func subwords(_ file: ModelFile, dimension: Int) throws(ModelFileError) -> Subwords? {
    guard file.info(Key.subwords) != nil else { return nil }
    let rows = try rows(file, Key.subwords)
    guard rows.dimension == dimension else {
      throw file.error(
        .shape(tensor: Key.subwords, expected: [nil, dimension], found: [rows.count, rows.dimension]))
    }
    let minimum = try integer(file, Key.minimumLength, in: 1...SubwordHasher.longest)
    let maximum = try integer(file, Key.maximumLength, in: minimum...SubwordHasher.longest)
    _ = try integer(file, Key.bucketCount, in: rows.count...rows.count)
    guard rows.count <= Int(Int32.max) else {
      throw file.error(
        .shape(tensor: Key.subwords, expected: [Int(Int32.max), dimension], found: [rows.count, dimension]))
    }
    return Subwords(
      hasher: SubwordHasher(minimumLength: minimum, maximumLength: maximum, bucketCount: rows.count), rows: rows)
  }

  private static func integer(_ file: ModelFile, _ key: String, in range: ClosedRange<Int>) throws(ModelFileError)
    -> Int
  {
    let text = try file.metadata(key)
    guard let value = Int(text), range.contains(value) else {
      let expected =
        range.count == 1 ? "\(range.lowerBound)" : "an integer from \(range.lowerBound) to \(range.upperBound)"
      throw file.error(.metadata(key: key, expected: expected, found: text))
    }
    return value
  }
}
