import TextKitCorpus

/// Words and their vectors: a table made by word2vec, GloVe or fastText.
///
/// A word's id is its row; by custom the rows are in the order of falling frequency. Words are told apart by their
/// UTF-8 bytes. A value is immutable: one serves many tasks at once. Vectors of binary files stay in the mapped file.
public struct WordVectors: Sendable {
  /// The length of a vector.
  public var dimension: Int { rows.dimension }
  /// The number of words.
  public var count: Int { rows.count }
  /// How often each word was seen when the vectors were made, `[count]`, where that is known.
  public let counts: [Int]?
  /// What else a model file says of the vectors; empty for other formats.
  public let metadata: [String: String]
  /// What the reader of the file met; nil for vectors that come from no file.
  public let report: VectorFileReport?
  /// Vectors of pieces of words, for words that are not in the table.
  package let subwords: Subwords?
  let rows: VectorRows
  let table: TokenTable
  let norms: NormCache

  /// Creates vectors from memory.
  ///
  /// - Parameters:
  ///   - words: Distinct words.
  ///   - values: Their vectors, `[words.count, dimension]`, finite.
  ///   - counts: How often each word was seen, `[words.count]`.
  public init(words: [String], values: [Float], counts: [Int]? = nil) {
    self.init(words: words, values: values, counts: counts, subwords: nil)
  }

  /// Creates vectors from memory, with those of pieces of words.
  package init(
    words: [String], values: [Float], counts: [Int]? = nil, subwords: Subwords?, metadata: [String: String] = [:]
  ) {
    precondition(
      words.isEmpty ? values.isEmpty : values.count % words.count == 0,
      "\(values.count) values for \(words.count) words")
    var table = TokenTable()
    for word in words {
      let bytes = Array(word.utf8)
      let expected = table.count
      precondition(table.insert(bytes.span, bytes.indices) == expected, "\(CorpusError.quoted(word)) is there twice")
    }
    let rows = VectorRows(values, dimension: words.isEmpty ? 0 : values.count / words.count)
    self.init(table: table, rows: rows, counts: counts, subwords: subwords, metadata: metadata, report: nil)
  }

  init(
    table: TokenTable, rows: VectorRows, counts: [Int]?, subwords: Subwords?, metadata: [String: String],
    report: VectorFileReport?
  ) {
    precondition(table.count == rows.count, "\(table.count) words for \(rows.count) vectors")
    precondition(
      counts == nil || counts?.count == rows.count, "\(counts?.count ?? 0) counts for \(rows.count) vectors")
    precondition(
      subwords == nil || subwords?.rows.dimension == rows.dimension,
      "subwords of \(subwords?.rows.dimension ?? 0) elements beside words of \(rows.dimension)")
    self.table = table
    self.rows = rows
    self.counts = counts
    self.subwords = subwords
    self.metadata = metadata
    self.report = report
    norms = NormCache()
  }
}

// MARK: - Words and rows

extension WordVectors {
  /// All words, `[count]`, in the order of their ids.
  public var words: [String] { (0..<count).map(table.string) }

  /// The id of a word, nil if it is not in the table.
  public func id(of word: String) -> Int? {
    let bytes = Array(word.utf8)
    return id(of: bytes.span)
  }

  /// The id of a word given by its UTF-8 bytes, nil if it is not in the table.
  package func id(of word: Span<UInt8>) -> Int? { table.number(of: word, word.indices) }

  /// The word of an id.
  public func word(at id: Int) -> String {
    precondition(0 <= id && id < count, "the id \(id) is not in 0..<\(count)")
    return table.string(id)
  }

  /// The vector of an id, `[dimension]`.
  public func vector(at id: Int) -> [Float] {
    precondition(0 <= id && id < count, "the id \(id) is not in 0..<\(count)")
    return rows[id]
  }

  /// The vector of a word, `[dimension]`; of a word that is not in the table the mean of its pieces, where the vectors
  /// have such; nil otherwise.
  public func vector(for word: String) -> [Float]? {
    if let id = id(of: word) { return rows[id] }
    return subwords?.vector(for: word)
  }

  /// All vectors, `[count, dimension]`.
  package var values: [Float] { rows.values }
}
