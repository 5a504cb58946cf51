import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// Finds the model that a command is to use.
enum ModelLocator {
  /// The segmenter of a file, or the shipped one.
  static func segmenter(_ path: Path?) throws -> Segmenter {
    try Segmenter(contentsOf: url(path, or: .chineseSegmenter))
  }

  /// The classifier of a file, or the shipped one for topics of Chinese news; segmented text is cut by the shipped
  /// segmenter.
  static func classifier(_ path: Path?) throws -> Classifier {
    let file = try ModelFile(contentsOf: url(path, or: .chineseTopics))
    return try Classifier(file, segmenter: ClassifierFile.needsSegmenter(file) ? Pretrained.segmenter() : nil)
  }

  /// The recognizer of a file, or the shipped one for Chinese news.
  static func recognizer(_ path: Path?) throws -> EntityRecognizer {
    try EntityRecognizer(contentsOf: url(path, or: .chineseEntities))
  }

  /// The file of a model: a path, or the name of a shipped one where there is no such file.
  static func url(_ path: Path?, or name: Pretrained.Name) throws -> URL {
    guard let path else { return try Pretrained.url(of: name) }
    guard let shipped = Pretrained.Name(rawValue: path.text), !isFile(path.url) else { return path.url }
    return try Pretrained.url(of: shipped)
  }

  /// Whether there is something that may be read as a file: a folder named as a shipped model is none.
  private static func isFile(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path) && !FileManager.default.fileExists(atPath: url.path + "/.")
  }
}
