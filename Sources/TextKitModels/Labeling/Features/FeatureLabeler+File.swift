import Foundation
import TextKitCorpus
import TextKitTensor

// A model file of the kind `textkit.crf`: the names of features, for each weight its tag and, in the last one of a
// feature, a mark, the weights, and the scores of transitions.

extension FeatureLabeler {
  package static let fileKind = "textkit.crf"
  package static let fileVersion = 1

  private enum Key {
    static let configuration = "crf.configuration"
    static let algorithm = "crf.algorithm"
    static let precision = "crf.precision"
    static let tagScheme = "crf.tag_scheme"
    static let tags = "crf.tags"
    static let names = "features.names"
    static let weightTags = "features.tags"
    static let weights = "features.weights"
    static let scales = "features.scales"
    static let transitions = "transitions"
    static let lexicon = "lexicon"
  }

  /// Set in the tag of the last weight of a feature, of one byte and of two.
  private static func mark(bytes: Int) -> UInt16 { bytes == 1 ? 0x80 : 0x8000 }

  // MARK: Saving

  /// Writes the model; the same model and metadata give the same bytes.
  ///
  /// - Parameters:
  ///   - precision: how weights of features are stored; `int8` with a scale a tag. Weights that become 0 are left out.
  ///   - metadata: what else the file is to say: training figures, corpora and their licences.
  /// - Throws: `ModelFileError` where the file can't be written.
  package func save(
    to url: URL, precision: LabelerPrecision = .float32, metadata: [String: String] = [:]
  ) throws {
    try writer(precision: precision, metadata: metadata).write(to: url)
  }

  private func writer(precision: LabelerPrecision, metadata: [String: String]) throws -> ModelFileWriter {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var metadata = metadata
    metadata[Key.configuration] = String(decoding: try encoder.encode(configuration), as: UTF8.self)
    metadata[Key.algorithm] = algorithm.rawValue
    metadata[Key.precision] = precision.rawValue
    metadata[Key.tagScheme] = tagSet.scheme.rawValue
    metadata[Key.tags] = tagSet.labels.joined(separator: " ")
    var writer = ModelFileWriter(kind: Self.fileKind, version: Self.fileVersion, metadata: metadata)
    let scales = scales
    let kept = weights.replacing(rounded(to: precision, scales: scales)).pruned()
    writer.add(Key.names, int64: kept.index.names.map { Int(bitPattern: UInt($0)) }, shape: [kept.ends.count])
    writer.add(Key.weightTags, uint8: tagBytes(kept), shape: [kept.tags.count, tagByteCount])
    switch precision {
    case .float32, .float16:
      writer.add(
        Key.weights, floats: kept.values, shape: [kept.values.count],
        as: precision == .float16 ? .float16 : .float32)
    case .int8:
      let steps = zip(kept.values, kept.tags).map { ByteSteps.count($0, of: scales[Int($1)]) }
      writer.add(Key.weights, int8: steps, shape: [steps.count])
      writer.add(Key.scales, floats: scales, shape: [scales.count])
    }
    writer.add(Key.transitions, floats: transitions, shape: [tagSet.count, tagSet.count])
    if let lexicon {
      let bytes = lexicon.serialized()
      writer.add(Key.lexicon, uint8: bytes, shape: [bytes.count])
    }
    return writer
  }

  /// For each tag what one step of its weights in bytes is worth; 1 where they are all 0.
  private var scales: [Float] {
    var most = [Float](repeating: 0, count: tagSet.count)
    for (value, tag) in zip(weights.values, weights.tags) { most[Int(tag)] = max(most[Int(tag)], abs(value)) }
    return most.map(ByteSteps.scale)
  }

  /// The weights as they are after they were stored.
  private func rounded(to precision: LabelerPrecision, scales: [Float]) -> [Float] {
    switch precision {
    case .float32: weights.values
    case .float16: weights.values.map(HalfPrecision.rounded)
    case .int8: zip(weights.values, weights.tags).map { ($0 / scales[Int($1)]).rounded() * scales[Int($1)] }
    }
  }

  private var tagByteCount: Int { tagSet.count <= 0x80 ? 1 : 2 }

  private func tagBytes(_ weights: FeatureWeights) -> [UInt8] {
    let count = tagByteCount
    var tags = weights.tags
    for end in weights.ends { tags[Int(end) - 1] |= Self.mark(bytes: count) }
    return tags.flatMap { tag in (0..<count).map { UInt8(truncatingIfNeeded: tag >> ($0 * 8)) } }
  }

  // MARK: Loading

  /// Reads a model.
  ///
  /// - Throws: `ModelFileError` where the file is not a whole and valid labeler over features.
  package init(_ file: ModelFile) throws {
    try file.require(kind: Self.fileKind, versions: 1...Self.fileVersion)
    let text = try file.metadata(Key.configuration)
    let configuration: TokenFeatureConfiguration
    do {
      configuration = try JSONDecoder().decode(TokenFeatureConfiguration.self, from: Data(text.utf8))
    } catch {
      throw file.invalid(Key.configuration, expected: "a configuration of features", found: "\(error)")
    }
    let templates: [FeatureTemplate]
    do {
      templates = try FeatureTemplate.templates(parsing: configuration.templates)
    } catch {
      throw file.invalid(
        "\(Key.configuration).templates[\(error.number)]", expected: error.expected, found: error.found)
    }
    let tagSet = try Self.tagSet(file)
    let weights = try Self.weights(file, tagCount: tagSet.count)
    var lexicon: TokenLexicon?
    if file.info(Key.lexicon) != nil {
      let bytes = try file.uint8(Key.lexicon, shape: [nil])
      do {
        lexicon = try TokenLexicon(serialized: bytes, unit: configuration.unit)
      } catch {
        throw file.invalid(Key.lexicon, expected: error.expected, found: error.found)
      }
    }
    self.init(
      configuration, templates: templates, algorithm: try file.choice(Key.algorithm), tagSet: tagSet,
      lexicon: lexicon, weights: weights,
      transitions: try file.tensor(Key.transitions, Shape(tagSet.count, tagSet.count)).values)
  }
}

// MARK: - Parts of a file

extension FeatureLabeler {
  private static func tagSet(_ file: ModelFile) throws -> TagSet {
    let scheme: TagScheme = try file.choice(Key.tagScheme)
    let labels = try file.metadata(Key.tags).split(separator: " ").map(String.init)
    guard (1...mostTags).contains(labels.count) else {
      throw file.invalid(Key.tags, expected: "1 to \(mostTags) tags", found: "\(labels.count)")
    }
    do {
      return labels == TagSet.words.labels ? .words : try TagSet(scheme: scheme, labels: labels)
    } catch {
      throw file.invalid(Key.tags, expected: error.expected, found: error.found)
    }
  }

  private static func weights(_ file: ModelFile, tagCount: Int) throws -> FeatureWeights {
    let names = try file.int64(Key.names, shape: [nil]).map { UInt64(UInt(bitPattern: $0)) }
    guard FeatureIndex.ascend(names) else {
      throw file.invalid(Key.names, expected: "ascending names", found: "others")
    }
    let bytes = tagCount <= 0x80 ? 1 : 2
    let raw = try file.uint8(Key.weightTags, shape: [nil, bytes])
    guard raw.count / bytes <= Int(Int32.max) else {
      throw file.invalid(Key.weightTags, expected: "at most \(Int32.max) weights", found: "\(raw.count / bytes)")
    }
    var (tags, ends): ([UInt16], [Int32]) = ([], [])
    tags.reserveCapacity(raw.count / bytes)
    ends.reserveCapacity(names.count)
    for place in stride(from: 0, to: raw.count, by: bytes) {
      let marked = bytes == 1 ? UInt16(raw[place]) : UInt16(raw[place]) | UInt16(raw[place + 1]) << 8
      let tag = marked & ~mark(bytes: bytes)
      let isFirst = tags.isEmpty || Int(ends.last ?? 0) == tags.count
      guard Int(tag) < tagCount, isFirst || tags[tags.count - 1] < tag else {
        throw file.invalid(
          Key.weightTags, expected: "ascending tags below \(tagCount) for each feature", found: "\(tag)")
      }
      tags.append(tag)
      if marked != tag { ends.append(Int32(tags.count)) }
    }
    guard ends.count == names.count, Int(ends.last ?? 0) == tags.count else {
      throw file.invalid(
        Key.weightTags, expected: "weights of \(names.count) features", found: "those of \(ends.count)")
    }
    return FeatureWeights(names: names, ends: ends, tags: tags, values: try values(file, tags, tagCount: tagCount))
  }

  private static func values(_ file: ModelFile, _ tags: [UInt16], tagCount: Int) throws -> [Float] {
    let precision: LabelerPrecision = try file.choice(Key.precision)
    let values: [Float]
    if precision == .int8 {
      let steps = try file.int8(Key.weights, shape: [tags.count])
      let scales = try file.floats(Key.scales, shape: [tagCount])
      values = zip(steps, tags).map { Float($0) * scales[Int($1)] }
    } else {
      values = try file.floats(Key.weights, shape: [tags.count])
    }
    guard values.allSatisfy(\.isFinite) else {
      throw file.invalid(Key.weights, expected: "finite numbers", found: "others")
    }
    return values
  }
}

extension ModelFile {
  /// An entry of the metadata that is one of a few names.
  fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) throws -> Choice {
    let text = try metadata(key)
    guard let choice = Choice(rawValue: text) else {
      throw invalid(key, expected: "one of \(Choice.allCases.map(\.rawValue))", found: text)
    }
    return choice
  }
}
