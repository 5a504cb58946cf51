import TextKitCorpus

extension EntityExtractor {
  /// Reads a labeler of any kind whose tags have types.
  ///
  /// - Throws: `ModelFileError` where the file is not a valid labeler, or one of something else.
  package init(_ file: ModelFile) throws {
    let labeler = try NeuralLabeler(file)
    guard !labeler.tagSet.types.contains("") else {
      throw file.invalid(
        "labeler.tags", expected: "tags of entities, such as B-PER",
        found: labeler.tagSet.labels.joined(separator: " "))
    }
    self.init(labeler)
  }
}
