/// A classifier that can be written to a model file, whole or as a member of another one.
package protocol StorableClassifier: TextClassifying {
  /// What the file calls the kind of classifier, such as `linear`.
  static var fileKind: String { get }

  /// Whether it reads text that a segmenter has cut.
  var needsSegmenter: Bool { get }

  /// Adds all that `init(section:resources:)` needs, but for labels and kind.
  func add(to section: inout ClassifierSectionWriter) throws

  /// Reads a classifier.
  ///
  /// - Throws: `ModelFileError` where the section doesn't hold one.
  init(section: ClassifierSection, resources: ClassifierResources) throws
}

/// What a classifier's file doesn't hold and prediction needs.
public struct ClassifierResources: Sendable {
  /// What finds words for classifiers that read segmented text.
  public var segmenter: WordSegmenter?

  /// Takes what there is.
  public init(segmenter: WordSegmenter? = nil) { self.segmenter = segmenter }
}

/// The part of a model file that holds one classifier: all names begin with a prefix.
package struct ClassifierSection: Sendable {
  package let file: ModelFile
  package let prefix: String
  package let labels: [String]
  package let isMultiLabel: Bool

  /// The name of a tensor or a metadata entry in the file.
  package func name(_ name: String) -> String { prefix + name }

  /// An entry of the metadata that has to be there.
  package func metadata(_ key: String) throws(ModelFileError) -> String { try file.metadata(prefix + key) }
}

/// Collects one classifier for a model file.
package struct ClassifierSectionWriter {
  package var writer: ModelFileWriter
  package let prefix: String

  package init(writer: ModelFileWriter, prefix: String) {
    self.writer = writer
    self.prefix = prefix
  }

  /// The name of a tensor or a metadata entry in the file.
  package func name(_ name: String) -> String { prefix + name }
}
