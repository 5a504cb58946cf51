import TextKitCorpus

extension EntityExtractor {
  /// Reads a labeler whose tags have types: a neural one, or one over features of tokens.
  ///
  /// - Throws: `ModelFileError` where the file is not a valid labeler, or one of something else.
  package init(_ file: ModelFile) throws {
    let labeler: any ScoredLabeling =
      if file.kind == FeatureLabeler.fileKind { try FeatureLabeler(file) } else { try NeuralLabeler(file) }
    guard !labeler.tagSet.types.contains("") else {
      throw file.invalid(
        file.kind == FeatureLabeler.fileKind ? "crf.tags" : "labeler.tags",
        expected: "tags of entities, such as B-PER", found: labeler.tagSet.labels.joined(separator: " "))
    }
    self.init(labeler)
  }
}
