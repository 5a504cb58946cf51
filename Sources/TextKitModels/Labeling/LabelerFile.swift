import Foundation
import TextKitCorpus
import TextKitTensor

/// How the weights of a labeler are stored, and computed with.
public enum LabelerPrecision: String, Codable, CaseIterable, Sendable {
  /// 4 bytes a weight.
  case float32
  /// 2 bytes a weight; computed with in Float32.
  case float16
  /// 1 byte a weight of tables and LSTMs, computed with in integers. Models with features beside characters, bigrams and
  /// the ids of a lexicon have 1 byte a weight of large tables and 2 bytes of others, and are computed with in Float32.
  case int8
}

/// Labelers as model files: the names of tensors and metadata, and the checks on them.
///
/// Tensors are named as the parameters are; vocabularies ride along as U8 tensors of text; the configuration is JSON in
/// the metadata.
package enum LabelerFile {
  package static let kind = "textkit.labeler"
  package static let version = 1

  private enum Key {
    static let configuration = "labeler.configuration"
    static let precision = "labeler.precision"
    static let tagScheme = "labeler.tag_scheme"
    static let tags = "labeler.tags"
    static let characters = "vocabulary.characters"
    static let bigrams = "vocabulary.bigrams"
    static let lexicon = "vocabulary.lexicon"
    static let softLexicon = "vocabulary.soft_lexicon"
    static let frequencies = "vocabulary.soft_lexicon.frequencies"
    static let words = "vocabulary.words"
  }

  // MARK: Saving

  /// Writes a model; the same model and metadata give the same bytes.
  ///
  /// - Parameter metadata: what else the file is to say: seed, training figures, corpora and their licences.
  /// - Throws: `ModelFileError` where the file can't be written, or a weight is not finite as it would be stored.
  package static func save(
    _ model: BiLSTMCRF, precision: LabelerPrecision, metadata: [String: String], to url: URL
  ) throws {
    // Rounding to bytes would hide them.
    for id in model.parameters.ids where !model.parameters[id].isFinite {
      throw ModelFileError(path: url.path, reason: .notFinite(tensor: model.parameters.names[id.index]))
    }
    var writer = try header(model, precision: precision, metadata: metadata)
    if precision == .int8, model.configuration.computesInIntegers {
      let quantized = model.quantized()
      if let name = notFinite(quantized) { throw ModelFileError(path: url.path, reason: .notFinite(tensor: name)) }
      add(quantized, to: &writer)
    } else {
      for id in model.parameters.ids {
        let (name, tensor) = (model.parameters.names[id.index], model.parameters[id])
        let shape = [tensor.rows, tensor.columns]
        if precision == .int8, isTableOfBytes(name, tensor.shape) {
          let rows = QuantizedRows(tensor)
          writer.add(name, int8: rows.values, shape: shape)
          writer.add(name + scaleSuffix, floats: rows.scales, shape: [tensor.rows], as: .float16)
        } else {
          writer.add(name, floats: tensor.values, shape: shape, as: precision == .float32 ? .float32 : .float16)
        }
      }
    }
    try writer.write(to: url)
  }

  /// Whether a parameter is a table of so many rows that `int8` stores it in bytes with a scale a row.
  private static func isTableOfBytes(_ name: String, _ shape: Shape) -> Bool {
    shape.rows >= 1024
      && ["characters", "bigrams", "words", "soft_lexicon"].contains { name.hasSuffix("\($0).weight") }
  }

  private static let scaleSuffix = ".scales"

  private static func header(
    _ model: BiLSTMCRF, precision: LabelerPrecision, metadata: [String: String]
  ) throws -> ModelFileWriter {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var metadata = metadata
    metadata[Key.configuration] = String(decoding: try encoder.encode(model.configuration), as: UTF8.self)
    metadata[Key.precision] = precision.rawValue
    metadata[Key.tagScheme] = model.tagSet.scheme.rawValue
    metadata[Key.tags] = model.tagSet.labels.joined(separator: " ")
    var writer = ModelFileWriter(kind: kind, version: version, metadata: metadata)
    add(Key.characters, model.vocabularies.characters.serialized(), to: &writer)
    if let bigrams = model.vocabularies.bigrams { add(Key.bigrams, bigrams.serialized(), to: &writer) }
    if let lexicon = model.vocabularies.lexicon { add(Key.lexicon, lexicon.serialized(), to: &writer) }
    if let lexicon = model.vocabularies.softLexicon {
      add(Key.softLexicon, lexicon.serializedWords(), to: &writer)
      writer.add(Key.frequencies, floats: lexicon.frequencies, shape: [lexicon.frequencies.count])
    }
    if let words = model.vocabularies.words { add(Key.words, words.vocabulary.serialized(), to: &writer) }
    return writer
  }

  private static func add(_ name: String, _ bytes: [UInt8], to writer: inout ModelFileWriter) {
    writer.add(name, uint8: bytes, shape: [bytes.count])
  }

  /// The scales of the first direction of a layer whose bytes stand for numbers that are not finite.
  private static func notFinite(_ model: QuantizedBiLSTMCRF) -> String? {
    for (index, tower) in model.towers.enumerated() {
      let prefix = LabelerTower.prefix(index, of: model.towers.count)
      for (index, layer) in tower.layers.enumerated() {
        if !layer.forward.isFinite { return "\(prefix)bilstm.\(index).forward.scale" }
        if !layer.backward.isFinite { return "\(prefix)bilstm.\(index).backward.scale" }
      }
    }
    return nil
  }

  private static func add(_ model: QuantizedBiLSTMCRF, to writer: inout ModelFileWriter) {
    for (index, tower) in model.towers.enumerated() {
      add(tower, model.configuration, LabelerTower.prefix(index, of: model.towers.count), to: &writer)
    }
    // The learned scores: what constraints forbid is not stored.
    add("crf.transitions", model.learnedScores.transitions, to: &writer)
    add("crf.start", model.learnedScores.start, to: &writer)
    add("crf.end", model.learnedScores.end, to: &writer)
  }

  private static func add(
    _ tower: QuantizedTower, _ configuration: LabelerConfiguration, _ prefix: String,
    to writer: inout ModelFileWriter
  ) {
    func signed(_ bytes: [UInt8]) -> [Int8] { bytes.map { Int8(Int($0) - 128) } }
    let (dc, db) = (configuration.characterDimension, configuration.bigramDimension)
    writer.add(
      "\(prefix)characters.weight", int8: signed(tower.characters), shape: [tower.characters.count / dc, dc])
    if !tower.bigrams.isEmpty {
      writer.add("\(prefix)bigrams.weight", int8: signed(tower.bigrams), shape: [tower.bigrams.count / db, db])
    }
    if let dimension = configuration.lexiconDimension {
      writer.add("\(prefix)lexicon.weight", int8: signed(tower.lexicon), shape: [LabelerLexicon.idCount, dimension])
    }
    for (index, layer) in tower.layers.enumerated() {
      for (direction, lstm) in [("forward", layer.forward), ("backward", layer.backward)] {
        let name = "\(prefix)bilstm.\(index).\(direction)"
        let columns = 4 * lstm.hidden
        writer.add("\(name).weight", int8: lstm.weights, shape: [lstm.inputs + lstm.hidden, columns])
        writer.add("\(name).scale", floats: lstm.scale, shape: [1, columns])
        writer.add("\(name).bias", floats: lstm.bias, shape: [1, columns])
      }
    }
    add("\(prefix)output.weight", tower.outputWeight, to: &writer)
    add("\(prefix)output.bias", tower.outputBias, to: &writer)
  }

  private static func add(_ name: String, _ tensor: Tensor, to writer: inout ModelFileWriter) {
    writer.add(name, floats: tensor.values, shape: [tensor.rows, tensor.columns])
  }

  // MARK: Loading

  /// Reads a model of any precision.
  ///
  /// - Throws: `ModelFileError` where the file is not a whole and valid labeler.
  package static func load(_ file: ModelFile) throws -> any EmissionModel {
    try file.require(kind: kind, versions: 1...version)
    guard let precision = LabelerPrecision(rawValue: try file.metadata(Key.precision)) else {
      throw file.invalid(
        Key.precision, expected: "one of \(LabelerPrecision.allCases.map(\.rawValue))",
        found: try file.metadata(Key.precision))
    }
    let header = try Header(file)
    return precision == .int8 && header.configuration.computesInIntegers
      ? try quantized(file, header) : try float(file, header, tablesOfBytes: precision == .int8)
  }

  /// Reads a model whose weights can be trained on: `float32` or `float16`.
  package static func loadFloat(_ file: ModelFile) throws -> BiLSTMCRF {
    let model = try load(file)
    guard try file.metadata(Key.precision) != LabelerPrecision.int8.rawValue, let model = model as? BiLSTMCRF else {
      throw file.invalid(Key.precision, expected: "float32 or float16", found: "int8")
    }
    return model
  }

  private struct Header {
    let configuration: LabelerConfiguration
    let tagSet: TagSet
    let vocabularies: LabelerVocabularies

    init(_ file: ModelFile) throws {
      let text = try file.metadata(Key.configuration)
      do {
        configuration = try LabelerConfiguration(json: Data(text.utf8))
      } catch {
        throw file.invalid(Key.configuration, expected: "a labeler's configuration", found: "\(error)")
      }
      try Header.check(configuration, file)
      let labels = try file.metadata(Key.tags).split(separator: " ").map(String.init)
      guard (1...FeatureLabeler.mostTags).contains(labels.count) else {
        throw file.invalid(
          Key.tags, expected: "1 to \(FeatureLabeler.mostTags) tags", found: "\(labels.count)")
      }
      guard let scheme = TagScheme(rawValue: try file.metadata(Key.tagScheme)) else {
        throw file.invalid(
          Key.tagScheme, expected: "one of \(TagScheme.allCases.map(\.rawValue))",
          found: try file.metadata(Key.tagScheme))
      }
      do {
        tagSet = labels == TagSet.words.labels ? .words : try TagSet(scheme: scheme, labels: labels)
        vocabularies = try Header.vocabularies(configuration, file)
      } catch let error as CorpusError {
        throw file.invalid("labeler", expected: error.expected, found: error.found)
      }
    }

    private static func vocabularies(
      _ configuration: LabelerConfiguration, _ file: ModelFile
    ) throws -> LabelerVocabularies {
      func text(_ key: String) throws -> [UInt8] { try file.uint8(key, shape: [nil]) }
      return LabelerVocabularies(
        configuration, characters: try ScalarVocabulary(serialized: try text(Key.characters)),
        bigrams: configuration.bigramDimension > 0 ? try BigramVocabulary(serialized: try text(Key.bigrams)) : nil,
        lexicon: configuration.lexiconDimension == nil
          ? nil : try LabelerLexicon(serialized: try text(Key.lexicon)),
        softLexicon: configuration.softLexicon.dimension > 0
          ? try SoftLexicon(
            serialized: try text(Key.softLexicon), frequencies: try file.floats(Key.frequencies, shape: [nil])) : nil,
        words: configuration.words.dimension > 0 ? try Vocabulary(serialized: try text(Key.words)) : nil)
    }

    /// Sizes within what a file of tensors could hold, so that nothing overflows further on.
    private static func check(_ configuration: LabelerConfiguration, _ file: ModelFile) throws {
      let sizes = [
        ("characterDimension", configuration.characterDimension, 0...8192),
        ("bigramDimension", configuration.bigramDimension, 0...8192), ("hidden", configuration.hidden, 1...8192),
        ("lexiconDimension", configuration.lexiconDimension ?? 1, 1...8192),
        ("layers", configuration.layers, 1...16), ("towers", configuration.towers, 1...64),
        ("softLexicon.dimension", configuration.softLexicon.dimension, 0...8192),
        ("words.dimension", configuration.words.dimension, 0...8192),
        ("shapeDimension", configuration.shapeDimension, 0...8192),
        ("spelling.filters", configuration.spelling.filters, 1...8192),
        ("spelling.hidden", configuration.spelling.hidden, 1...8192),
        ("spelling.widths", configuration.spelling.widths.count, 1...16),
        ("spelling.widths", configuration.spelling.widths.min() ?? 1, 1...16),
        ("spelling.widths", configuration.spelling.widths.max() ?? 1, 1...16),
      ]
      for (name, value, range) in sizes where !range.contains(value) {
        throw file.invalid(
          "\(Key.configuration).\(name)", expected: "\(range.lowerBound) to \(range.upperBound)", found: "\(value)")
      }
      if let (name, expected, found) = configuration.firstMisfit {
        throw file.invalid("\(Key.configuration).\(name)", expected: expected, found: found)
      }
      for rate in [configuration.inputDropout, configuration.outputDropout, configuration.spelling.dropout]
      where !(rate >= 0 && rate < 1) {
        throw file.invalid("\(Key.configuration).dropout", expected: "a rate in [0, 1)", found: "\(rate)")
      }
    }
  }

  private static func float(
    _ file: ModelFile, _ header: Header, tablesOfBytes: Bool
  ) throws -> BiLSTMCRF {
    // Each shape is compared with the file's before memory for it is taken.
    var model = BiLSTMCRF(
      outline: header.configuration, tagSet: header.tagSet, vocabularies: header.vocabularies)
    for id in model.parameters.ids {
      let (name, shape) = (model.parameters.names[id.index], model.parameters.shape(of: id))
      if tablesOfBytes, isTableOfBytes(name, shape) {
        let values = try file.int8(name, shape: [shape.rows, shape.columns])
        let scales = try file.tensor(name + scaleSuffix, count: shape.rows)
        model.parameters[id] = try file.tensor(name, shape, of: QuantizedRows(values: values, scales: scales))
      } else {
        model.parameters[id] = try file.tensor(name, shape)
      }
    }
    return model
  }

  private static func quantized(_ file: ModelFile, _ header: Header) throws -> QuantizedBiLSTMCRF {
    let count = header.tagSet.count
    let scores = CRFScores(
      transitions: try file.tensor("crf.transitions", Shape(count, count)),
      start: try file.tensor("crf.start", Shape(1, count)), end: try file.tensor("crf.end", Shape(1, count)))
    let towers = header.configuration.towers
    return QuantizedBiLSTMCRF(
      configuration: header.configuration, tagSet: header.tagSet, vocabularies: header.vocabularies,
      learnedScores: scores,
      towers: try (0..<towers).map { try tower(file, header, LabelerTower.prefix($0, of: towers)) })
  }

  private static func tower(_ file: ModelFile, _ header: Header, _ prefix: String) throws -> QuantizedTower {
    let configuration = header.configuration
    func table(_ name: String, _ count: Int, _ width: Int) throws -> [UInt8] {
      try file.int8(prefix + name, shape: [count, width]).map { UInt8(Int($0) + 128) }
    }
    let (dc, db) = (configuration.characterDimension, configuration.bigramDimension)
    let hidden = configuration.hidden
    func direction(_ index: Int, _ name: String, reversed: Bool) throws -> QuantizedLSTM {
      let inputs = index > 0 ? 2 * hidden : dc + 2 * db + (configuration.lexiconDimension ?? 0)
      let name = "\(prefix)bilstm.\(index).\(name)"
      let lstm = QuantizedLSTM(
        inputs: inputs, hidden: hidden,
        weights: try file.int8("\(name).weight", shape: [inputs + hidden, 4 * hidden]),
        scale: try file.tensor("\(name).scale", Shape(1, 4 * hidden)).values,
        bias: try file.tensor("\(name).bias", Shape(1, 4 * hidden)).values, isReversed: reversed)
      // Finite numbers whose products are not.
      guard lstm.isFinite else {
        throw file.invalid("\(name).scale", expected: "scales of finite weights", found: "infinity or NaN")
      }
      return lstm
    }
    return QuantizedTower(
      characters: try table("characters.weight", header.vocabularies.characters.count, dc),
      bigrams: try header.vocabularies.bigrams.map { try table("bigrams.weight", $0.count, db) } ?? [],
      lexicon: try configuration.lexiconDimension.map { try table("lexicon.weight", LabelerLexicon.idCount, $0) }
        ?? [],
      layers: try (0..<configuration.layers).map { index in
        (
          forward: try direction(index, "forward", reversed: false),
          backward: try direction(index, "backward", reversed: true)
        )
      },
      outputWeight: try file.tensor("\(prefix)output.weight", Shape(2 * hidden, header.tagSet.count)),
      outputBias: try file.tensor("\(prefix)output.bias", Shape(1, header.tagSet.count)))
  }
}

extension ModelFile {
  /// The error that metadata or what follows from it is not as it must be.
  func invalid(_ key: String, expected: String, found: String) -> ModelFileError {
    ModelFileError(path: path, reason: .metadata(key: key, expected: expected, found: found))
  }

  /// A tensor of floats of exactly this shape.
  package func tensor(_ name: String, _ shape: Shape) throws -> Tensor {
    Tensor(shape, try finite(name, try floats(name, shape: [shape.rows, shape.columns])))
  }

  /// The numbers that rows of bytes stand for; their scales are finite, and so must be the products.
  func tensor(_ name: String, _ shape: Shape, of rows: QuantizedRows) throws -> Tensor {
    let tensor = rows.tensor(shape)
    guard tensor.isFinite else {
      throw invalid(name, expected: "finite numbers", found: "a scale that makes infinity of them")
    }
    return tensor
  }

  /// A vector of so many floats.
  func tensor(_ name: String, count: Int) throws -> [Float] { try finite(name, try floats(name, shape: [count])) }

  private func finite(_ name: String, _ values: [Float]) throws -> [Float] {
    guard values.allSatisfy(\.isFinite) else {
      throw invalid(name, expected: "finite numbers", found: "infinity or NaN")
    }
    return values
  }

  /// Checks a tensor's shape without reading it.
  func shape(_ name: String, _ expected: [Int]) throws {
    guard let found = info(name)?.shape else {
      throw invalid(name, expected: "a tensor of shape \(expected)", found: "none")
    }
    guard found == expected else { throw invalid(name, expected: "shape \(expected)", found: "shape \(found)") }
  }
}
