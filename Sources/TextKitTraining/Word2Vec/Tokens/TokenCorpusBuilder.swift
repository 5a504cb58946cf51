import Synchronization
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Turns text into a stream of token ids: reads and counts with provisional ids, joins phrases, and numbers anew the
/// tokens worth keeping.
package struct TokenCorpusBuilder: Sendable {
  private let options: TokenCorpusOptions
  private let inputs: [TextInput]
  private let tokenizer: BlockTokenizer

  /// Takes what to read and how.
  ///
  /// - Parameter segmenter: finds the words where the tokens are `segmented`.
  package init(_ options: TokenCorpusOptions, inputs: [TextInput], segmenter: WordSegmenter? = nil) {
    precondition(
      options.maximumSentenceLength >= 1, "a sentence has at least 1 token, got \(options.maximumSentenceLength)")
    precondition(options.pruneAbove >= 2, "at least 2 distinct tokens are held, got \(options.pruneAbove)")
    self.options = options
    self.inputs = inputs
    let kind: BlockTokenizer.Kind
    switch (options.tokens, segmenter) {
    case (.words, _): kind = .words
    case (.characters, _): kind = .characters
    case (.bigrams, _): kind = .bigrams
    case (.segmented, let segmenter?): kind = .segmented(segmenter)
    case (.segmented, nil): preconditionFailure("segmented tokens need a segmenter, got nil")
    }
    // A segmenter takes a hundred times longer a byte: small blocks keep all threads busy.
    let usual = options.tokens == .segmented ? 1 << 16 : 1 << 20
    tokenizer = BlockTokenizer(
      kind: kind, normalizer: options.normalizer,
      longestPiece: options.longestPiece ?? usual)
  }

  /// Reads the text and makes the stream.
  ///
  /// - Parameter observer: told how far it has come, by one thread at a time.
  /// - Throws: `CorpusError` where text can't be read or holds no token that occurs often enough; `AtomicFileError`
  ///   where the stream can't be written.
  package func build(observer: @escaping @Sendable (TokenProgress) -> Void = { _ in }) throws -> TokenCorpus {
    let files = try TextInput.files(of: inputs)
    var counting = try read(files, observer)
    guard counting.progress.tokens > 0 else {
      throw CorpusError(file: inputNames, expected: "text", found: "not one token")
    }
    var spool = try counting.writer.finish()
    if let phrases = options.phrases {
      spool = try counting.settle(spool, in: options.temporaryDirectory)
      let joining = PhraseJoining(
        phrases, directory: options.temporaryDirectory, threads: options.threads, limit: options.pruneAbove)
      for pass in 0..<phrases.passes {
        counting.progress.phase = .phrases(pass: pass + 1)
        counting.progress.types = counting.vocabulary.count
        observer(counting.progress)
        spool = try joining.join(spool, &counting.vocabulary, pass: pass)
      }
    }
    counting.progress.phase = .numbering
    observer(counting.progress)
    let corpus = try TokenNumbering(options, counting.vocabulary, segmentEnds: counting.segmentEnds).corpus(
      spool, progress: counting.progress)
    guard let corpus else {
      throw CorpusError(
        file: inputNames, expected: "a token that occurs \(options.minimumCount) times or more",
        found: "none among \(counting.progress.tokens) tokens")
    }
    return corpus
  }

  /// The inputs, for messages.
  private var inputNames: String {
    guard let first = inputs.first else { return "no input" }
    return inputs.count == 1 ? first.name : "\(first.name) and \(inputs.count - 1) more"
  }

  /// Reads all text: blocks are tokenized in parallel and counted in order.
  private func read(
    _ files: [TextInput], _ observer: @escaping @Sendable (TokenProgress) -> Void
  ) throws -> TokenCounting {
    let threads = max(1, options.threads)
    let blockSize = options.blockSize ?? (options.tokens == .segmented ? 1 << 16 : 1 << 20)
    let reader = Mutex(
      TokenBlockReader(files, blockSize: blockSize, longestPiece: tokenizer.longestPiece))
    var start = TokenCounting(try SpoolWriter(in: options.temporaryDirectory), limit: options.pruneAbove)
    start.progress.totalBytes = TextInput.byteCount(of: files)
    let counting = Mutex(start)
    let unused = Mutex<[TokenBlock]>([])
    let tokenizer = tokenizer
    try OrderedPipeline.run(
      threads: threads, inFlight: 2 * threads,
      read: { () throws -> TokenBlock? in
        let block = unused.withLock { $0.popLast() } ?? TokenBlock()
        return try block.content.withLock { content in
          try reader.withLock { reader throws(CorpusError) in
            content.count = try reader.next(into: &content.text)
            content.bytesRead = reader.byteCount
          }
          return content.count > 0 ? block : nil
        }
      },
      process: { (block: TokenBlock) -> TokenBlock in
        block.content.withLock { tokenizer.tokenize(&$0) }
        return block
      },
      write: { block in
        let progress = try counting.withLock { counting in
          try block.content.withLock { content throws(AtomicFileError) in try counting.add(content) }
          return counting.progress
        }
        unused.withLock { $0.append(block) }
        observer(progress)
      })
    return counting.withLock { $0 }
  }
}
