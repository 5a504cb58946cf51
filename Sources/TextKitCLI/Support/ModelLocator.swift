import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained
import TextKitTraining

/// Finds the model that a command is to use.
enum ModelLocator {
  /// The segmenter of a file, or the shipped one.
  static func segmenter(_ path: Path?) throws -> Segmenter {
    try Segmenter(contentsOf: url(path, or: .chineseSegmenter))
  }

  /// The classifier of a file, or the shipped one for topics of Chinese news; segmented text is cut by the shipped
  /// segmenter.
  static func classifier(_ path: Path?) throws -> Classifier {
    let file = try ModelFile(contentsOf: url(path, or: .chineseTopics, besides: [.sentiment]))
    return try Classifier(file, segmenter: ClassifierFile.needsSegmenter(file) ? Pretrained.segmenter() : nil)
  }

  /// The recognizer of a file, or the shipped one for Chinese news.
  static func recognizer(_ path: Path?) throws -> EntityRecognizer {
    try EntityRecognizer(contentsOf: url(path, or: .chineseEntities))
  }

  /// The file of a model: a path, or the name of a shipped one where there is no such file.
  static func url(
    _ path: Path?, or name: Pretrained.Name, besides tasks: [Pretrained.Name.Task] = []
  ) throws -> URL {
    guard let path else { return try Pretrained.url(of: name) }
    return try url(path, for: [name.task] + tasks)
  }

  /// The file of a model: a path, or the name of a shipped one where there is no such file.
  ///
  /// - Parameter tasks: What it is wanted for; a message names the shipped models that do it.
  static func url(_ path: Path, for tasks: [Pretrained.Name.Task] = Pretrained.Name.Task.allCases) throws -> URL {
    if isFile(path.url) { return path.url }
    if let shipped = Pretrained.Name(rawValue: path.text) { return try Pretrained.url(of: shipped) }
    if FileManager.default.fileExists(atPath: path.url.path) { return path.url }
    throw CommandFailure(.noInput, "\(path.text): no such model file", hint: hint(path, names(for: tasks)))
  }

  /// Names of the shipped models for some tasks.
  static func names(for tasks: [Pretrained.Name.Task] = Pretrained.Name.Task.allCases) -> [String] {
    Pretrained.Name.allCases.filter { tasks.contains($0.task) }.map(\.rawValue)
  }

  private static func hint(_ path: Path, _ names: [String]) -> String {
    let nearest = nearestName(to: path.text, among: Pretrained.Name.allCases.map(\.rawValue))
    if let nearest { return "did you mean the shipped \(nearest)? (see 'textkit model list')" }
    if let file = NearestFile.name(to: path.text) { return "did you mean \(file)?" }
    return "shipped for this: \(names.joined(separator: ", ")) (see 'textkit model list')"
  }

  /// Whether there is something that may be read as a file: a folder named as a shipped model is none.
  private static func isFile(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.path) && !FileManager.default.fileExists(atPath: url.path + "/.")
  }
}
