import TextKitCorpus
import TextKitModels

/// Reads a stream as blocks of documents, and knows it by a digest.
struct OnlineReader {
  /// Some documents in a row.
  struct Block: Sendable {
    var texts = TextBlock()
    var documents: [OnlineDocument] = []
    /// The digest of the whole stream up to the block's end.
    var digest: UInt64 = 0
  }

  private let reader: LabeledReader
  /// Blocks end where the number of documents is a multiple of it.
  private let interval: Int
  /// Documents read.
  private(set) var count = 0
  /// The hash of what was read before, chained document by document.
  private(set) var digest: UInt64 = 0

  /// Documents of a block, and bytes after which it is full.
  private static let mostDocuments = 128
  private static let mostBytes = 1 << 18

  init(_ reader: LabeledReader, interval: Int) {
    self.reader = reader
    self.interval = interval
  }

  /// The next documents; nil at the end.
  mutating func next() throws(CorpusError) -> Block? {
    var block = Block()
    while let document = try nextDocument() {
      block.texts.append(Array(document.text.utf8))
      block.documents.append(OnlineDocument(labels: document.labels, file: document.file, line: document.line))
      let isFull = block.documents.count >= Self.mostDocuments || block.texts.bytes.count >= Self.mostBytes
      if isFull || count % interval == 0 { break }
    }
    block.digest = digest
    return block.documents.isEmpty ? nil : block
  }

  /// Passes over documents; false where there are fewer.
  mutating func skip(_ documents: Int) throws(CorpusError) -> Bool {
    for _ in 0..<documents where try nextDocument() == nil { return false }
    return true
  }

  private mutating func nextDocument() throws(CorpusError) -> LabeledDocument? {
    guard let document = try reader.next() else { return nil }
    count += 1
    for label in document.labels { add(label) }
    add(document.text)
    return document
  }

  private mutating func add(_ text: String) {
    let seed = digest
    digest = Array(text.utf8).withRawBytes { XXHash64.hash($0, seed: seed) }
  }
}
