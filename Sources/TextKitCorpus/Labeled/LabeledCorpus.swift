/// Texts with labels: what classifiers are trained and scored on.
public struct LabeledCorpus: Sendable, Hashable {
  /// The documents, in the order of their files.
  public var documents: [LabeledDocument]

  /// Creates a corpus.
  public init(_ documents: [LabeledDocument] = []) { self.documents = documents }

  /// The number of documents.
  public var count: Int { documents.count }

  /// All labels, each once, in the order of their UTF-8 bytes.
  public var labels: [String] {
    Set(documents.lazy.flatMap(\.labels)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a document has several labels or none.
  public var isMultiLabel: Bool { documents.contains { Set($0.labels).count != 1 } }

  /// The documents with the given numbers, in that order.
  public subscript(numbers: some Sequence<Int>) -> LabeledCorpus { LabeledCorpus(numbers.map { documents[$0] }) }
}
