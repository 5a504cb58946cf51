import TextKitCorpus
import TextKitTensor

/// A BiLSTM-CRF in 8-bit integers, for prediction: a quarter of the memory, several times the speed.
///
/// It reads characters, bigrams and the ids of a lexicon; models with other features are stored with tables of bytes
/// instead (`LabelerPrecision.int8`) and computed with in Float32. Embedding columns are stored with one scale a column, so that the range of a column does not cost another one
/// precision; weights with one scale a gate column. Emissions and the CRF are Float32.
package struct QuantizedBiLSTMCRF: EmissionModel {
  package let configuration: LabelerConfiguration
  package let tagSet: TagSet
  package let vocabularies: LabelerVocabularies
  /// The CRF's scores as learned, before constraints.
  package let learnedScores: CRFScores
  package let scores: LinearChainCRF
  package let towers: [QuantizedTower]

  package init(
    configuration: LabelerConfiguration, tagSet: TagSet, vocabularies: LabelerVocabularies,
    learnedScores: CRFScores, towers: [QuantizedTower]
  ) {
    precondition(!towers.isEmpty, "a labeler has at least one tower")
    self.configuration = configuration
    self.tagSet = tagSet
    self.vocabularies = vocabularies
    self.learnedScores = learnedScores
    scores = learnedScores.constrained(to: tagSet)
    self.towers = towers
  }

  package func emissions(_ input: LabelerInput, workspace: Workspace) -> Tensor {
    var sum = towers[0].emissions(input, configuration, workspace: workspace)
    for tower in towers.dropFirst() {
      Kernel.add(tower.emissions(input, configuration, workspace: workspace), into: &sum)
    }
    if towers.count > 1 { Kernel.scale(&sum, by: 1 / Float(towers.count)) }
    return sum
  }
}

/// One network of a labeler in 8-bit integers.
package struct QuantizedTower: Sendable {
  /// `[V, d]`, zero point 128.
  package let characters: [UInt8]
  package let bigrams: [UInt8]
  package let lexicon: [UInt8]
  /// Forward and backward direction of each layer.
  package let layers: [(forward: QuantizedLSTM, backward: QuantizedLSTM)]
  /// `[2 · hidden, K]` and `[1, K]`.
  package let outputWeight: Tensor
  package let outputBias: Tensor

  /// Emission scores `[n, K]`, one row a packed row.
  func emissions(_ input: LabelerInput, _ configuration: LabelerConfiguration, workspace: Workspace) -> Tensor {
    let n = input.batch.tokenCount
    let (dc, db) = (configuration.characterDimension, configuration.bigramDimension)
    let lexiconColumn = bigrams.isEmpty ? dc : dc + 2 * db
    let columns = lexiconColumn + (configuration.lexiconDimension ?? 0)
    var x = [UInt8](repeating: 128, count: n * columns)
    QuantizedTable.gather(characters, width: dc, ids: input.characters, into: &x, columns: columns, column: 0)
    if !bigrams.isEmpty {
      QuantizedTable.gather(bigrams, width: db, ids: input.leftBigrams, into: &x, columns: columns, column: dc)
      QuantizedTable.gather(
        bigrams, width: db, ids: input.rightBigrams, into: &x, columns: columns, column: dc + db)
    }
    if let width = configuration.lexiconDimension {
      QuantizedTable.gather(
        lexicon, width: width, ids: input.lexicon, into: &x, columns: columns, column: lexiconColumn)
    }
    let width = 2 * configuration.hidden
    for layer in layers {
      var states = [UInt8](repeating: 128, count: n * width)
      layer.forward.run(x, batch: input.batch, into: &states, outputColumns: width, column: 0)
      layer.backward.run(
        x, batch: input.batch, into: &states, outputColumns: width, column: configuration.hidden)
      x = states
    }
    let states = QuantizedTable.dequantized(x, shape: Shape(n, width), scale: 1 / 127, in: workspace)
    var emissions = Tensor(Shape(n, outputBias.count))
    Kernel.multiply(states, outputWeight, into: &emissions)
    Kernel.addRow(outputBias, into: &emissions)
    return emissions
  }
}

/// The learned scores of a CRF: transitions `[K, K]`, start and end `[1, K]`.
package struct CRFScores: Sendable {
  package let transitions: Tensor
  package let start: Tensor
  package let end: Tensor

  package init(transitions: Tensor, start: Tensor, end: Tensor) {
    self.transitions = transitions
    self.start = start
    self.end = end
  }

  /// The scores with -infinity where the tag set forbids.
  package func constrained(to tagSet: TagSet) -> LinearChainCRF {
    LinearChainCRF(transitions: transitions, start: start, end: end, constraints: tagSet.constraints)
  }
}

extension TagSet {
  /// Which tags may follow which, for a CRF.
  package var constraints: TransitionConstraints {
    TransitionConstraints(
      tagCount: count, start: isLegalStart, end: isLegalEnd, transition: { isLegal(from: $0, to: $1) })
  }
}

extension LabelerConfiguration {
  /// Whether all features are ones that `QuantizedBiLSTMCRF` computes with in integers.
  package var computesInIntegers: Bool {
    unit == .characters && characterDimension > 0 && softLexicon.dimension == 0 && shapeDimension == 0
  }
}

extension BiLSTMCRF {
  /// The same model in 8-bit integers; its configuration must compute in integers.
  package func quantized() -> QuantizedBiLSTMCRF {
    QuantizedBiLSTMCRF(
      configuration: configuration, tagSet: tagSet, vocabularies: vocabularies,
      learnedScores: CRFScores(
        transitions: parameters[crf.transitions], start: parameters[crf.start], end: parameters[crf.end]),
      towers: towers.map(quantized))
  }

  private func quantized(_ tower: LabelerTower) -> QuantizedTower {
    guard let characters = tower.characters else { preconditionFailure("a labeler without a table of characters") }
    let characterTable = Quantization.columns(of: parameters[characters.table])
    let bigramTable = tower.bigrams.map { Quantization.columns(of: parameters[$0.table]) }
    let lexiconTable = tower.lexicon.map { Quantization.columns(of: parameters[$0.table]) }
    let inputScales =
      characterTable.scales + (bigramTable.map { $0.scales + $0.scales } ?? []) + (lexiconTable?.scales ?? [])
    let hidden = configuration.hidden
    let stateScales = [Float](repeating: 1 / 127, count: 2 * hidden)
    func direction(_ lstm: LSTM, _ scales: [Float]) -> QuantizedLSTM {
      let weights = Quantization.weights(
        parameters[lstm.inputWeight], rowScales: scales, above: parameters[lstm.recurrentWeight],
        rowScales: Array(stateScales.prefix(hidden)))
      return QuantizedLSTM(
        inputs: scales.count, hidden: hidden, weights: weights.values, scale: weights.scales,
        bias: parameters[lstm.bias].values, isReversed: lstm.isReversed)
    }
    return QuantizedTower(
      characters: characterTable.bytes, bigrams: bigramTable?.bytes ?? [], lexicon: lexiconTable?.bytes ?? [],
      layers: tower.layers.enumerated().map { index, layer in
        let scales = index == 0 ? inputScales : stateScales
        return (direction(layer.forward, scales), direction(layer.backward, scales))
      },
      outputWeight: parameters[tower.output.weight], outputBias: parameters[tower.output.bias])
  }
}

/// Rounding of tables and weights to bytes.
enum Quantization {
  /// A table `[V, d]` as bytes with zero point 128 and one scale a column: value ≈ (byte - 128) · scale.
  static func columns(of table: Tensor) -> (bytes: [UInt8], scales: [Float]) {
    let (values, width) = (table.values, table.columns)
    var largest = [Float](repeating: 0, count: width)
    for (index, value) in values.enumerated() { largest[index % width] = max(largest[index % width], abs(value)) }
    let scales = largest.map(ByteSteps.scale)
    let bytes = values.enumerated().map { index, value in
      UInt8(128 + Int(ByteSteps.count(value, of: scales[index % width])))
    }
    return (bytes, scales)
  }

  /// Two weights of as many columns, one above the other, each row times its scale, as signed bytes with one scale a
  /// column.
  static func weights(
    _ upper: Tensor, rowScales upperScales: [Float], above lower: Tensor, rowScales lowerScales: [Float]
  ) -> (values: [Int8], scales: [Float]) {
    let columns = upper.columns
    precondition(
      lower.columns == columns && upper.rows == upperScales.count && lower.rows == lowerScales.count,
      "weights \(upper.shape) above \(lower.shape) with \(upperScales.count) and \(lowerScales.count) scales")
    var scaled: [Float] = []
    for (tensor, scales) in [(upper, upperScales), (lower, lowerScales)] {
      for (index, value) in tensor.values.enumerated() { scaled.append(value * scales[index / columns]) }
    }
    var largest = [Float](repeating: 0, count: columns)
    for (index, value) in scaled.enumerated() {
      largest[index % columns] = max(largest[index % columns], abs(value))
    }
    let scales = largest.map(ByteSteps.scale)
    let values = scaled.enumerated().map { index, value in ByteSteps.count(value, of: scales[index % columns]) }
    return (values, scales)
  }
}
