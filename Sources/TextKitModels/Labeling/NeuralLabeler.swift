import TextKitCorpus
import TextKitTensor

/// Labels sequences by a model with emissions and a CRF: windows, batches, decoding.
///
/// Sequences are sorted by length across the call and packed into batches, so that a batch wastes nothing; long ones
/// are read through overlapping windows, so that time and memory stay linear in the length.
public struct NeuralLabeler: GuidedLabeling {
  package let model: any EmissionModel
  private let crf: LinearChainCRF

  /// Sequences in a batch: enough rows to fill the matrix kernels, few enough to stay in the cache.
  static let batchSize = 64

  package init(_ model: any EmissionModel) {
    self.model = model
    crf = model.scores
  }

  /// Loads a labeler, of any precision and any tags.
  ///
  /// - Throws: `ModelFileError` where the file is no valid labeler.
  package init(_ file: ModelFile) throws { self.init(try LabelerFile.load(file)) }

  public var tagSet: TagSet { model.tagSet }
  public var unit: LabelingUnit { model.configuration.unit }
  public var normalizer: Normalizer { model.configuration.normalizer }
  public var splitter: SentenceSplitter { model.configuration.splitter }

  package func readingEnds(of sequences: ScalarSequences) -> [Int] {
    var windows: [SequenceWindow] = []
    for sequence in sequences.ends.indices {
      SequenceWindow.append(over: sequences.tokens(ofSequence: sequence), to: &windows)
    }
    return windows.map(\.kept.upperBound)
  }

  public func tags(of sequences: ScalarSequences) -> [Int32] { tags(of: sequences, guide: WordGuide()) }

  package func tags(of sequences: ScalarSequences, guide: WordGuide) -> [Int32] {
    var tags = [Int32](repeating: 0, count: sequences.tokenCount)
    decode(sequences, guide) { window, path, _ in
      for index in window.kept { tags[index] = path[index - window.read.lowerBound] }
    }
    return tags
  }

  public func scoredSpans(of sequences: ScalarSequences) -> [ScoredSpan] {
    scoredSpans(of: sequences, guide: WordGuide())
  }

  package func scoredSpans(of sequences: ScalarSequences, guide: WordGuide) -> [ScoredSpan] {
    var tags = [Int32](repeating: 0, count: sequences.tokenCount)
    var confidences: [TypedRange: Double] = [:]
    decode(sequences, guide) { window, path, lattice in
      for index in window.kept { tags[index] = path[index - window.read.lowerBound] }
      for span in tagSet.spans(of: path.span)
      where window.kept.contains(window.read.lowerBound + span.range.lowerBound) {
        confidences[TypedRange(span.range.shifted(by: window.read.lowerBound), type: span.type)] =
          lattice().probability(crf, of: Array(path[span.range]), at: span.range)
      }
    }
    var spans: [ScoredSpan] = []
    for sequence in sequences.ends.indices {
      let range = sequences.tokens(ofSequence: sequence)
      for span in tagSet.spans(of: tags.span.extracting(range)) {
        let tokens = span.range.shifted(by: range.lowerBound)
        let confidence =
          confidences[TypedRange(tokens, type: span.type)]
          ?? probability(of: Array(tags[tokens]), at: tokens, of: sequences, in: range)
        spans.append(ScoredSpan(tokens: tokens, type: span.type, confidence: confidence))
      }
    }
    return spans
  }

  /// The probability of a span that two windows put together, read anew with a margin on either side.
  private func probability(
    of tags: [Int32], at tokens: Range<Int>, of sequences: ScalarSequences, in sequence: Range<Int>
  ) -> Double {
    let read =
      max(
        sequence.lowerBound, tokens.lowerBound - SequenceWindow.margin)..<min(
        sequence.upperBound, tokens.upperBound + SequenceWindow.margin)
    let lattice = CRFLattice(crf, emissions: emissions(of: sequences, tokens: read))
    return lattice.probability(crf, of: tags, at: tokens.shifted(by: -read.lowerBound))
  }

  public func nBest(
    of sequences: ScalarSequences, sequence: Int, count: Int
  ) -> [(tags: [Int32], probability: Double)] {
    let emissions = emissions(of: sequences, tokens: sequences.tokens(ofSequence: sequence))
    let lattice = CRFLattice(crf, emissions: emissions)
    return crf.nBest(emissions: emissions, count: count).map { path, score in
      (path, exponential(score - lattice.logPartition))
    }
  }

  /// The `count` best taggings of one sequence of characters with their probabilities, best first.
  ///
  /// The whole sequence is read at once: memory grows with its length.
  public func nBest(of scalars: [UInt32], count: Int) -> [(tags: [Int32], probability: Double)] {
    nBest(of: ScalarSequences(scalars: scalars, ends: [scalars.count]), sequence: 0, count: count)
  }

  /// Emissions `[T, K]` of one sequence.
  private func emissions(of sequences: ScalarSequences, tokens: Range<Int>) -> [Float] {
    guard !tokens.isEmpty else { return [] }
    let input = LabelerInput([model.vocabularies.sequence(sequences, tokens: tokens)])
    return model.emissions(input, workspace: Workspace()).values
  }

  // MARK: Batches

  /// Calls `body` for every window of all sequences with its best path, and its lattice for the asking.
  private func decode(
    _ sequences: ScalarSequences, _ guide: WordGuide,
    _ body: (SequenceWindow, _ path: [Int32], _ lattice: () -> CRFLattice) -> Void
  ) {
    precondition(guide.isEmpty || tagSet == .words, "words that are known, for the tags \(tagSet.labels)")
    var windows: [SequenceWindow] = []
    for sequence in sequences.ends.indices {
      SequenceWindow.append(over: sequences.tokens(ofSequence: sequence), to: &windows)
    }
    windows.sort { ($0.read.count, $0.read.lowerBound) < ($1.read.count, $1.read.lowerBound) }
    let workspace = Workspace()
    var scratch = ViterbiScratch()
    var path: [Int32] = []
    var lattice = CRFLattice()
    for first in stride(from: 0, to: windows.count, by: NeuralLabeler.batchSize) {
      let group = Array(windows[first..<min(first + NeuralLabeler.batchSize, windows.count)])
      let input = LabelerInput(group.map { model.vocabularies.sequence(sequences, tokens: $0.read) })
      let batch = input.batch
      model.emissions(input, workspace: workspace).withSpan { scores in
        for (position, place) in batch.order.enumerated() {
          let length = group[place].read.count
          func row(_ step: Int) -> Int { batch.row(sequence: position, step: step) }
          crf.viterbi(
            length: length, emissions: scores, row: row, guide: guide.chain(over: group[place].read),
            scratch: &scratch,
            path: &path)
          var isRun = false
          body(group[place], path) {
            if !isRun { lattice.run(crf, length: length, emissions: scores, row: row) }
            isRun = true
            return lattice
          }
        }
      }
    }
  }
}

extension Range<Int> {
  fileprivate func shifted(by count: Int) -> Range<Int> { lowerBound + count..<upperBound + count }
}

/// A stretch of tokens that a labeler reads at once, and the part of it whose tags are kept.
package struct SequenceWindow: Sendable {
  package let read: Range<Int>
  package let kept: Range<Int>

  /// Tokens of a window, and how many of them on an inner edge only serve as context.
  static let length = 512
  static let margin = 64

  /// Cuts a sequence into windows that overlap by twice the margin; each token is kept by the window that sees at
  /// least a margin of context on both its sides, or all there is.
  package static func append(over sequence: Range<Int>, to windows: inout [SequenceWindow]) {
    guard !sequence.isEmpty else { return }
    var keptFrom = sequence.lowerBound
    while true {
      let readFrom = max(sequence.lowerBound, keptFrom - margin)
      let readTo = min(sequence.upperBound, readFrom + length)
      let keptTo = readTo == sequence.upperBound ? readTo : readTo - margin
      windows.append(SequenceWindow(read: readFrom..<readTo, kept: keptFrom..<keptTo))
      if keptTo == sequence.upperBound { return }
      keptFrom = keptTo
    }
  }
}
