import Foundation
import TextKitCorpus

// The features of classical classifiers in a model file: the configuration as JSON, the names of n-grams and idf.

extension FeatureExtractor {
  private enum Key {
    static let configuration = "features.configuration"
    static let names = "features.names"
    static let idf = "features.idf"
  }

  /// Adds all that reading needs.
  package func add(to section: inout ClassifierSectionWriter) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    section.writer.metadata[section.name(Key.configuration)] = String(
      decoding: try encoder.encode(configuration), as: UTF8.self)
    if let index {
      section.writer.add(
        section.name(Key.names), int64: index.names.map { Int(bitPattern: UInt($0)) }, shape: [index.names.count])
    }
    if !idf.isEmpty {
      section.writer.add(section.name(Key.idf), floats: idf, shape: [idf.count])
    }
  }

  /// Reads the features of a section.
  ///
  /// - Throws: `ModelFileError` where they are not whole and valid.
  package init(section: ClassifierSection, resources: ClassifierResources) throws {
    let file = section.file
    let key = section.name(Key.configuration)
    let text = try section.metadata(Key.configuration)
    let configuration: FeatureConfiguration
    do { configuration = try JSONDecoder().decode(FeatureConfiguration.self, from: Data(text.utf8)) } catch {
      throw file.invalid(key, expected: "a configuration of features", found: "\(error)")
    }
    if let (name, expected, found) = configuration.firstUnusable {
      throw file.invalid("\(key).\(name)", expected: expected, found: found)
    }
    guard !configuration.needsSegmenter || resources.segmenter != nil else {
      throw file.invalid(key, expected: "tokens that need no segmenter, or a segmenter", found: "segmented tokens")
    }
    var index: FeatureIndex?
    if configuration.hashBits == nil {
      let names = try file.int64(section.name(Key.names), shape: [nil]).map { UInt64(UInt(bitPattern: $0)) }
      guard !names.isEmpty, names.count < Int(Int32.max), FeatureIndex.ascend(names) else {
        throw file.invalid(section.name(Key.names), expected: "ascending names of n-grams", found: "others")
      }
      index = FeatureIndex(names)
    }
    let count = index?.names.count ?? 1 << (configuration.hashBits ?? 0)
    var idf: [Float] = []
    if configuration.value == .tfidf {
      idf = try file.floats(section.name(Key.idf), shape: [count])
      guard idf.allSatisfy(\.isFinite) else {
        throw file.invalid(section.name(Key.idf), expected: "finite numbers", found: "others")
      }
    }
    self.init(
      configuration, reader: NGramReader(configuration, segmenter: resources.segmenter), index: index, idf: idf)
  }
}
