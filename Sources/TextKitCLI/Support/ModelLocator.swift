import TextKit
import TextKitCommandLine
import TextKitPretrained

/// Finds the model that a command is to use.
enum ModelLocator {
  /// The segmenter of a file, or the shipped one.
  static func segmenter(_ path: Path?) throws -> Segmenter {
    try path.map { try Segmenter(contentsOf: $0.url) } ?? Pretrained.segmenter()
  }

  /// The classifier of a file, or the shipped one for topics of Chinese news; segmented text is cut by the shipped
  /// segmenter.
  static func classifier(_ path: Path?) throws -> Classifier {
    let file = try ModelFile(contentsOf: path?.url ?? Pretrained.url(of: .chineseTopics))
    return try Classifier(file, segmenter: ClassifierFile.needsSegmenter(file) ? Pretrained.segmenter() : nil)
  }

  /// The recognizer of a file.
  static func recognizer(_ path: Path?) throws -> EntityRecognizer {
    guard let path else { throw CommandFailure(.usage, "expected --model: no model of entities is shipped yet") }
    return try EntityRecognizer(contentsOf: path.url)
  }
}
