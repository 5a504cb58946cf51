import TextKitCorpus
import TextKitTensor

/// Labels sequences by a model with emissions and a CRF: windows, batches, decoding.
///
/// Sequences are sorted by length across the call and packed into batches, so that a batch wastes nothing; long ones
/// are read through overlapping windows, so that time and memory stay linear in the length.
public struct NeuralLabeler: SequenceLabeling {
  package let model: any EmissionModel
  private let crf: LinearChainCRF

  /// Sequences in a batch: enough rows to fill the matrix kernels, few enough to stay in the cache.
  static let batchSize = 64
  /// Scalars of a window, and how many of them on an inner edge only serve as context.
  static let windowLength = 512
  static let windowMargin = 64

  package init(_ model: any EmissionModel) {
    self.model = model
    crf = model.scores
  }

  /// Loads a labeler, of any precision, with the tags that a task needs.
  ///
  /// - Throws: `ModelFileError` where the file is no valid labeler or has other tags.
  package init(_ file: ModelFile, tagSet: TagSet) throws {
    let model = try LabelerFile.load(file)
    guard model.tagSet == tagSet else {
      throw file.invalid(
        "labeler.tags", expected: tagSet.labels.joined(separator: " "),
        found: model.tagSet.labels.joined(separator: " "))
    }
    self.init(model)
  }

  public var tagSet: TagSet { model.tagSet }
  public var normalizer: Normalizer { model.configuration.normalizer }
  public var splitter: SentenceSplitter { model.configuration.splitter }

  public func tags(of sequences: ScalarSequences) -> [Int32] {
    var tags = [Int32](repeating: 0, count: sequences.scalars.count)
    var scratch = ViterbiScratch()
    var path: [Int32] = []
    forEachBatch(of: sequences) { windows, batch, emissions in
      emissions.withSpan { scores in
        for (position, place) in batch.order.enumerated() {
          let window = windows[place]
          crf.viterbi(
            length: window.read.count, emissions: scores, row: { batch.row(sequence: position, step: $0) },
            scratch: &scratch, path: &path)
          for index in window.kept { tags[index] = path[index - window.read.lowerBound] }
        }
      }
    }
    return tags
  }

  /// The `count` best taggings of one sequence with their probabilities, best first.
  ///
  /// The whole sequence is read at once: memory grows with its length.
  public func nBest(of scalars: [UInt32], count: Int) -> [(tags: [Int32], probability: Double)] {
    let emissions = emissions(of: scalars)
    let lattice = CRFLattice(crf, emissions: emissions)
    return crf.nBest(emissions: emissions, count: count).map { path, score in
      (path, exponential(score - lattice.logPartition))
    }
  }

  /// The probability of each span's tags, whatever stands around it, given one sequence and its tags.
  ///
  /// - Parameter spans: ranges of scalars; each one's tags are taken from `tags`.
  public func confidences(of spans: [Range<Int>], tags: [Int32], in scalars: [UInt32]) -> [Double] {
    precondition(tags.count == scalars.count, "\(tags.count) tags for \(scalars.count) scalars")
    let lattice = CRFLattice(crf, emissions: emissions(of: scalars))
    return spans.map { lattice.probability(crf, of: Array(tags[$0]), at: $0) }
  }

  /// Emissions `[T, K]` of one sequence.
  private func emissions(of scalars: [UInt32]) -> [Float] {
    guard !scalars.isEmpty else { return [] }
    let input = LabelerInput([model.vocabularies.sequence(scalars.span)])
    return model.emissions(input, workspace: Workspace()).values
  }

  // MARK: Batches

  /// A stretch of scalars that the model reads, and the part of it whose tags are kept.
  struct Window {
    let read: Range<Int>
    let kept: Range<Int>
  }

  private func forEachBatch(
    of sequences: ScalarSequences, _ body: ([Window], PackedBatch, Tensor) -> Void
  ) {
    var windows: [Window] = []
    var start = 0
    for end in sequences.ends {
      NeuralLabeler.appendWindows(over: start..<end, to: &windows)
      start = end
    }
    windows.sort { ($0.read.count, $0.read.lowerBound) < ($1.read.count, $1.read.lowerBound) }
    let workspace = Workspace()
    for first in stride(from: 0, to: windows.count, by: NeuralLabeler.batchSize) {
      let group = Array(windows[first..<min(first + NeuralLabeler.batchSize, windows.count)])
      let input = LabelerInput(
        group.map { model.vocabularies.sequence(sequences.scalars.span.extracting($0.read)) })
      body(group, input.batch, model.emissions(input, workspace: workspace))
    }
  }

  /// Cuts a sequence into windows that overlap by twice the margin; each scalar is kept by the window that sees at
  /// least a margin of context on both its sides, or all there is.
  static func appendWindows(over sequence: Range<Int>, to windows: inout [Window]) {
    guard !sequence.isEmpty else { return }
    var keptFrom = sequence.lowerBound
    while true {
      let readFrom = max(sequence.lowerBound, keptFrom - windowMargin)
      let readTo = min(sequence.upperBound, readFrom + windowLength)
      let keptTo = readTo == sequence.upperBound ? readTo : readTo - windowMargin
      windows.append(Window(read: readFrom..<readTo, kept: keptFrom..<keptTo))
      if keptTo == sequence.upperBound { return }
      keptFrom = keptTo
    }
  }
}
