import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// Finds named entities.
///
/// ```swift
/// var recognizer = try EntityRecognizer(contentsOf: modelURL)
/// recognizer.entities(in: "张三在北京工作")            // 张三 PER, 北京 LOC, each with its place and confidence
/// recognizer.minimumConfidence = 0.9
/// recognizer.patterns = try EntityPatterns(contentsOf: "products.tsv")
/// ```
///
/// A recognizer is a value: a copy of it serves many tasks at once.
public struct EntityRecognizer: Sendable {
  /// Finds what the model sees.
  package let extractor: EntityExtractor
  /// What the model file says of itself.
  public let metadata: [String: String]
  /// Entities that the model is less sure of are left out, before patterns join.
  public var minimumConfidence = 0.0
  /// Entities that a list names, beside those of the model.
  public var patterns: EntityPatterns?
  /// Who gives way where patterns and the model see different entities.
  public var precedence = PatternPrecedence.prefer

  /// Loads a model.
  ///
  /// - Throws: `ModelFileError` where the file is not a whole and valid labeler of entities.
  public init(contentsOf url: URL) throws { try self.init(try ModelFile(contentsOf: url)) }

  /// Takes a model file that has been opened.
  ///
  /// - Throws: `ModelFileError` where the file is not a valid labeler of entities.
  public init(_ file: ModelFile) throws {
    extractor = try EntityExtractor(file)
    metadata = file.metadata
  }

  /// Takes a labeler whose tags have types.
  public init(_ labeler: any ScoredLabeling, metadata: [String: String] = [:]) {
    precondition(!labeler.tagSet.types.contains(""), "tags without types: \(labeler.tagSet.labels)")
    extractor = EntityExtractor(labeler)
    self.metadata = metadata
  }

  /// What the model gives a tag.
  public var unit: LabelingUnit { extractor.labeler.unit }

  /// The types that can be found: those of the model, then those that only patterns have.
  public var types: [String] {
    let known = extractor.labeler.tagSet.types
    return known + (patterns?.types ?? []).filter { !known.contains($0) }
  }

  /// The entities of a text, in the order in which they stand.
  public func entities(in text: String) -> [Entity] { entities(in: SourceText(text)) }

  /// The entities of a text of any bytes.
  public func entities(in text: SourceText) -> [Entity] { entities(in: TextBlock(lines: [text.bytes]))[0] }

  /// The entities of every text of a block: what batch processing calls.
  public func entities(in block: TextBlock) -> [[Entity]] {
    let found = extractor.entities(in: block)
    return found.indices.map { completed(found[$0], block.bytes[block.range(ofLine: $0)]) }
  }

  /// The entities of many texts, in their order.
  ///
  /// - Parameters:
  ///   - texts: each is read by itself.
  ///   - threads: threads to work with; the result doesn't depend on it.
  public func entities(in texts: [String], threads: Int) -> [[Entity]] {
    precondition(threads >= 1, "\(threads) threads")
    let size = max(1, min(256, (texts.count + threads - 1) / threads))
    let starts = Array(stride(from: 0, to: texts.count, by: size))
    return Parallel.map(count: starts.count, threads: threads) { index, _ in
      let group = texts[starts[index]..<min(starts[index] + size, texts.count)]
      return entities(in: TextBlock(lines: group.map { Array($0.utf8) }))
    }.flatMap(\.self)
  }

  /// The entities of samples of a corpus, each read by its tokens where it has some.
  package func entities(in samples: ArraySlice<EntitySample>) -> [[Entity]] {
    zip(samples, extractor.entities(in: samples)).map { completed($1, $0.text.bytes[...]) }
  }

  /// The `count` best readings of each sentence of a text by the model alone, best first, with their probabilities; the
  /// confidence of an entity is that of its reading.
  public func nBest(in text: SourceText, count: Int) -> [[(entities: [Entity], probability: Double)]] {
    precondition(count >= 1, "\(count) readings")
    return extractor.nBest(in: text, count: count)
  }

  /// Leaves out what is not sure enough, and adds what the patterns find.
  private func completed(_ entities: [Entity], _ bytes: ArraySlice<UInt8>) -> [Entity] {
    let sure = minimumConfidence > 0 ? entities.filter { $0.confidence >= minimumConfidence } : entities
    guard let patterns else { return sure }
    return precedence.merged(model: sure, patterns: patterns.entities(in: bytes))
  }
}
