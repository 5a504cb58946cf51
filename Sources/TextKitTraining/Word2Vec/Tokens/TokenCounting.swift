import TextKitCorpus
import TextKitModels

/// What reading has found so far: the vocabulary, and the text as provisional ids.
///
/// The state depends on the tokens alone, not on how they come in blocks.
struct TokenCounting {
  var vocabulary = GrowingVocabulary()
  var writer: SpoolWriter
  /// Where each generation of the vocabulary ends in the spool, but for the last.
  var segmentEnds: [Int] = []
  var progress = TokenProgress()
  private let limit: Int
  /// The provisional id of each id of a block.
  private var map: [UInt32] = []
  /// Whether the spool is empty or a sentence has ended.
  private var isAtStart = true

  init(_ writer: SpoolWriter, limit: Int) {
    self.writer = writer
    self.limit = limit
  }

  /// Adds the tokens of the next block.
  mutating func add(_ block: TokenBlock.Content) throws(AtomicFileError) {
    if vocabulary.count + block.dictionary.count <= limit {
      vocabulary.merge(block.dictionary, ids: &map)
      try spool(block.ids)
    } else {
      try countEach(block)
    }
    progress.bytes = block.bytesRead
    progress.types = vocabulary.count
    progress.forgotten = vocabulary.forgotten
  }

  /// Writes the provisional ids.
  private mutating func spool(_ ids: [UInt32]) throws(AtomicFileError) {
    for id in ids {
      if id != TokenCorpus.sentenceEnd {
        try writer.append(map[Int(id)])
        progress.tokens &+= 1
        isAtStart = false
      } else if !isAtStart {
        try writer.append(id)
        isAtStart = true
      }
    }
  }

  /// Counts token by token and forgets the rarest at the very token that is too much.
  private mutating func countEach(_ block: TokenBlock.Content) throws(AtomicFileError) {
    map = Array(repeating: GrowingVocabulary.none, count: block.dictionary.count)
    for id in block.ids {
      guard id != TokenCorpus.sentenceEnd else {
        if !isAtStart { try writer.append(id) }
        isAtStart = true
        continue
      }
      if map[Int(id)] == GrowingVocabulary.none {
        map[Int(id)] = vocabulary.add(Int(id), of: block.dictionary)
      } else {
        vocabulary.count(map[Int(id)], 1)
      }
      try writer.append(map[Int(id)])
      progress.tokens &+= 1
      isAtStart = false
      if vocabulary.count > limit {
        vocabulary.prune(toAtMost: limit / 2)
        segmentEnds.append(writer.count)
        for place in map.indices { map[place] = GrowingVocabulary.none }
      }
    }
  }
}
