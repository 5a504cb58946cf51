import Foundation

/// Classifiers as model files: one kind of file for all of them, which says what kind of classifier it holds.
package enum ClassifierFile {
  package static let kind = "textkit.classifier"
  package static let version = 1

  private enum Key {
    static let kind = "classifier.kind"
    static let labels = "classifier.labels"
    static let multiLabel = "classifier.multi_label"
    static let segmenter = "classifier.needs_segmenter"
  }

  /// Every kind of classifier that can be read.
  private static let kinds: [any StorableClassifier.Type] = [
    NeuralTextClassifier.self, EnsembleClassifier.self, LinearTextClassifier.self,
    DecisionTreeClassifier.self, NeighborTextClassifier.self,
  ]

  /// Writes a classifier; the same classifier and metadata give the same bytes.
  ///
  /// - Parameter metadata: what else the file is to say: seed, training figures, corpora and their licences.
  /// - Throws: `ModelFileError` where the file can't be written.
  package static func save(
    _ classifier: any StorableClassifier, metadata: [String: String], to url: URL
  ) throws {
    var section = ClassifierSectionWriter(
      writer: ModelFileWriter(kind: kind, version: version, metadata: metadata), prefix: "")
    try add(classifier, to: &section)
    try section.writer.write(to: url)
  }

  /// The number of bytes that the classifier's file takes.
  package static func byteCount(of classifier: any StorableClassifier) throws -> Int {
    var section = ClassifierSectionWriter(writer: ModelFileWriter(kind: kind, version: version), prefix: "")
    try add(classifier, to: &section)
    return section.writer.encoded().count
  }

  /// Adds a classifier with its kind and labels to a section.
  package static func add(_ classifier: any StorableClassifier, to section: inout ClassifierSectionWriter) throws {
    section.writer.metadata[section.name(Key.kind)] = type(of: classifier).fileKind
    section.writer.metadata[section.name(Key.multiLabel)] = "\(classifier.isMultiLabel)"
    section.writer.metadata[section.name(Key.segmenter)] = "\(classifier.needsSegmenter)"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    section.writer.metadata[section.name(Key.labels)] = String(
      decoding: try encoder.encode(classifier.labels), as: UTF8.self)
    try classifier.add(to: &section)
  }

  /// Whether the classifier of a file reads text that a segmenter has cut.
  package static func needsSegmenter(_ file: ModelFile) -> Bool { file.metadata[Key.segmenter] == "true" }

  /// Reads a classifier of any kind.
  ///
  /// - Throws: `ModelFileError` where the file is not a whole and valid classifier.
  package static func load(_ file: ModelFile, resources: ClassifierResources) throws -> any StorableClassifier {
    try file.require(kind: kind, versions: 1...version)
    guard resources.segmenter != nil || !needsSegmenter(file) else {
      throw file.invalid(Key.segmenter, expected: "false, or a segmenter beside the model", found: "true")
    }
    return try load(file, prefix: "", resources: resources)
  }

  /// Reads the classifier of a section.
  package static func load(
    _ file: ModelFile, prefix: String, resources: ClassifierResources
  ) throws -> any StorableClassifier {
    let name = try file.metadata(prefix + Key.kind)
    guard let type = kinds.first(where: { $0.fileKind == name }) else {
      throw file.invalid(
        prefix + Key.kind, expected: "one of \(kinds.map { $0.fileKind }.joined(separator: ", "))", found: name)
    }
    let text = try file.metadata(prefix + Key.labels)
    let labels: [String]
    do { labels = try JSONDecoder().decode([String].self, from: Data(text.utf8)) } catch {
      throw file.invalid(prefix + Key.labels, expected: "a JSON array of labels", found: text)
    }
    guard !labels.isEmpty, Set(labels).count == labels.count else {
      throw file.invalid(prefix + Key.labels, expected: "labels, each once", found: text)
    }
    let multiLabel = try file.metadata(prefix + Key.multiLabel)
    guard let isMultiLabel = Bool(multiLabel) else {
      throw file.invalid(prefix + Key.multiLabel, expected: "true or false", found: multiLabel)
    }
    let section = ClassifierSection(file: file, prefix: prefix, labels: labels, isMultiLabel: isMultiLabel)
    return try type.init(section: section, resources: resources)
  }
}
