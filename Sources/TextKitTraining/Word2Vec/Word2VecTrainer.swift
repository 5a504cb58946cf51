import Synchronization
import TextKitModels
import TextKitTensor

/// How far a training has come: the next chunk of the text to learn from.
package struct Word2VecPosition: Sendable, Equatable {
  package var epoch = 0
  package var chunk = 0
  /// The loss of this epoch's chunks so far, and the pairs that it is the sum over.
  package var loss = 0.0
  package var pairs = 0

  /// The start of the first epoch.
  package init(epoch: Int = 0) { self.epoch = epoch }
}

/// Trains the two tables of word2vec over the ids of a text.
///
/// The text is taken in chunks; what a chunk draws depends on the seed, the epoch and the chunk. Threads take the next
/// chunk each and work on the same tables ('Hogwild'), or, `deterministic`, on copies of the rows that they touch, see
/// `Word2VecRound`.
package final class Word2VecTrainer: Sendable {
  package let corpus: TokenCorpus
  package let configuration: Word2VecConfiguration
  /// Vectors of words and, behind them, of n-gram buckets.
  package let inputs: SharedMatrix
  /// Vectors of outputs: words, or nodes of the Huffman tree.
  package let outputs: SharedMatrix
  let bags: EmbeddingBags?
  let sampler: Word2VecSampler
  let threads: Int

  /// Makes the tables with their first values.
  package init(_ corpus: TokenCorpus, _ configuration: Word2VecConfiguration, threads: Int) {
    self.corpus = corpus
    self.configuration = configuration
    self.threads = max(1, threads)
    let words = corpus.counts.count
    sampler = Word2VecSampler(counts: corpus.counts, configuration)
    let hasher = Word2VecTrainer.hasher(configuration)
    bags = hasher.map { Word2VecTrainer.bags(corpus.words, $0) }
    inputs = SharedMatrix(rows: words + (hasher?.bucketCount ?? 0), columns: configuration.dimension)
    inputs.fillUniform(
      bound: 1 / Float(configuration.dimension), seed: configuration.seed, threads: threads)
    outputs = SharedMatrix(
      rows: sampler.tree == nil ? words : max(1, words - 1), columns: configuration.dimension)
  }

  /// Ids of a chunk.
  var chunkSize: Int { configuration.deterministic ? 1 << 9 : 1 << 13 }
  /// Chunks of the text.
  package var chunkCount: Int { (corpus.idCount + chunkSize - 1) / chunkSize }

  /// Learns from `position` to the end of its epoch, or until `shouldStop` says so; what is under way is finished.
  ///
  /// - Parameter observer: told the position after each chunk (or round of chunks), by one thread at a time.
  package func run(
    from position: inout Word2VecPosition, shouldStop: @escaping @Sendable () -> Bool,
    observer: @escaping @Sendable (Word2VecPosition) -> Void
  ) {
    if configuration.deterministic {
      runRounds(&position, shouldStop, observer)
    } else {
      runSharing(&position, shouldStop, observer)
    }
    if position.chunk == chunkCount { position = Word2VecPosition(epoch: position.epoch + 1) }
  }

  /// What one thread works with.
  private final class Lane: Sendable {
    struct State: Sendable {
      var planner: Word2VecPlanner
      var scratch: [Float] = []
    }
    let state: Mutex<State>
    init(_ planner: Word2VecPlanner) { state = Mutex(State(planner: planner)) }
  }

  private func runSharing(
    _ position: inout Word2VecPosition, _ shouldStop: @escaping @Sendable () -> Bool,
    _ observer: @escaping @Sendable (Word2VecPosition) -> Void
  ) {
    let planner = Word2VecPlanner(sampler, configuration)
    let lanes = (0..<threads).map { _ in Lane(planner) }
    let start = position
    let shared = Mutex((position: position, next: start.chunk, isStopped: false))
    Parallel.forEach(count: chunkCount - start.chunk, threads: threads) { _, lane in
      // Taken under the lock that stops, so that all chunks before the first one left are done.
      let taken = shared.withLock { shared -> Int? in
        guard !shared.isStopped else { return nil }
        defer { shared.next += 1 }
        return shared.next
      }
      guard let chunk = taken else { return }
      let (loss, pairs) = lanes[lane].state.withLock { lane in
        fill(&lane.planner, epoch: start.epoch, chunk: chunk)
        let loss = lane.planner.plan.train(
          inputs, outputs, bags: bags, rate: rate(epoch: start.epoch, chunk: chunk), scratch: &lane.scratch)
        return (loss, lane.planner.plan.pairCount)
      }
      shared.withLock { shared in
        shared.position.chunk += 1
        shared.position.loss += loss
        shared.position.pairs += pairs
        observer(shared.position)
        if shouldStop() { shared.isStopped = true }
      }
    }
    position = shared.withLock { $0.position }
  }

  /// The learning rate of a chunk.
  func rate(epoch: Int, chunk: Int) -> Float {
    let share = (Double(epoch) + Double(chunk) / Double(chunkCount)) / Double(configuration.epochs)
    return Float(configuration.rate(after: share))
  }

  /// Plans a chunk.
  func fill(_ planner: inout Word2VecPlanner, epoch: Int, chunk: Int) {
    var random = FastRandom(seed: configuration.seed, 1 + UInt64(epoch), UInt64(chunk))
    let range = chunk * chunkSize..<min(corpus.idCount, (chunk + 1) * chunkSize)
    corpus.withIDs { planner.fill($0, range, using: &random) }
  }
}
