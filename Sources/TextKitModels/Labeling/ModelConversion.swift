import Foundation

/// Models in other precisions.
public enum ModelConversion {
  /// Reads a labeler with float32 or float16 weights and writes it in another precision; its metadata stay.
  ///
  /// - Parameters:
  ///   - source: the file to read.
  ///   - precision: of the weights in the new file.
  ///   - notes: entries that are added to the metadata.
  ///   - output: the file to write; one of that name is replaced.
  /// - Throws: `ModelFileError` where the file is no such model, or the new one can't be written.
  public static func convert(
    _ source: URL, to precision: LabelerPrecision, notes: [String: String] = [:], output: URL
  ) throws {
    let file = try ModelFile(contentsOf: source)
    let model = try LabelerFile.loadFloat(file)
    let kept = file.metadata.filter { !$0.key.hasPrefix("textkit.") && !$0.key.hasPrefix("labeler.") }
    try LabelerFile.save(
      model, precision: precision, metadata: kept.merging(notes) { $1 }, to: output)
  }
}
