import Synchronization

/// A block of text and what its tokens are. Blocks are used again, so that reading a corpus allocates next to nothing.
final class TokenBlock: Sendable {
  struct Content: Sendable {
    /// The text and then 8 blanks or more.
    var text: [UInt8] = []
    /// Bytes of all text read up to the end of this block and a little more.
    var bytesRead = 0
    /// The number of bytes of text.
    var count = 0
    /// The distinct tokens.
    var dictionary = BlockDictionary()
    /// The text as numbers of `dictionary`, with `TokenCorpus.sentenceEnd` after sentences.
    var ids: [UInt32] = []
    /// A buffer for text with its ill-formed UTF-8 replaced.
    var repaired: [UInt8] = []
  }

  /// The lock is for the compiler: a block is worked on by one thread at a time.
  let content = Mutex(Content())
}
