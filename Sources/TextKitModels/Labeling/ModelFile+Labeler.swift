import TextKitCorpus

extension ModelFile {
  /// Reads a labeler, a neural one or one over features of tokens, for a task that needs certain tags.
  ///
  /// - Parameters:
  ///   - expected: the tags that the task needs, in words.
  ///   - units: what the task can have tags of.
  ///   - suits: whether tags are such.
  /// - Throws: `ModelFileError` where the file is not a whole and valid labeler, or one of something else.
  package func labeler(
    expecting expected: String, of units: [LabelingUnit], _ suits: (TagSet) -> Bool
  ) throws -> any GuidedLabeling {
    let readsFeatures = kind == FeatureLabeler.fileKind
    let labeler: any GuidedLabeling = readsFeatures ? try FeatureLabeler(self) : try NeuralLabeler(self)
    guard suits(labeler.tagSet) else {
      throw invalid(
        readsFeatures ? "crf.tags" : "labeler.tags", expected: expected,
        found: labeler.tagSet.labels.joined(separator: " "))
    }
    guard units.contains(labeler.unit) else {
      throw invalid(
        readsFeatures ? "crf.configuration.unit" : "labeler.configuration.unit",
        expected: units.map(\.rawValue).joined(separator: " or "), found: labeler.unit.rawValue)
    }
    return labeler
  }
}
