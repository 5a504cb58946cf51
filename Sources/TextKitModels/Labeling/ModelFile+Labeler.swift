import TextKitCorpus

extension ModelFile {
  /// Reads a labeler, a neural one or one over features of tokens, for a task that needs certain tags.
  ///
  /// - Parameters:
  ///   - expected: the tags that the task needs, in words.
  ///   - suits: whether tags are such.
  /// - Throws: `ModelFileError` where the file is not a whole and valid labeler, or one of something else.
  package func labeler(expecting expected: String, _ suits: (TagSet) -> Bool) throws -> any GuidedLabeling {
    let readsFeatures = kind == FeatureLabeler.fileKind
    let labeler: any GuidedLabeling = readsFeatures ? try FeatureLabeler(self) : try NeuralLabeler(self)
    guard suits(labeler.tagSet) else {
      throw invalid(
        readsFeatures ? "crf.tags" : "labeler.tags", expected: expected,
        found: labeler.tagSet.labels.joined(separator: " "))
    }
    return labeler
  }
}
