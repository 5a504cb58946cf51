import Foundation
import TextKit

/// The models that ship with the package.
///
/// They ride in the package's resource bundle, or lie in a folder beside an installed executable; `folders()` says where
/// they are looked for. The working directory plays no part.
public enum Pretrained {
  /// Names of the shipped models, as `models/NAME.safetensors`.
  public enum Name: String, CaseIterable, Sendable {
    /// Chinese word segmentation, trained on the People's Daily of January 1998.
    case chineseSegmenter = "segmenter-zh"
    /// Vectors of Chinese characters, trained on news, headlines, resumes and reviews.
    case chineseCharacters = "characters-zh"
    /// Whether Chinese reviews are positive or negative.
    case chineseSentiment = "sentiment-zh"
    /// Whether English reviews are positive or negative.
    case englishSentiment = "sentiment-en"
    /// Topics of Chinese news headlines.
    case chineseTopics = "topics-zh"
    /// Persons, places and organizations in Chinese news.
    case chineseEntities = "ner-zh"
    /// Ten fine types of Chinese entities, such as companies, books and positions.
    case chineseFineEntities = "ner-zh-cluener"
    /// Persons, places, organizations and others in English news.
    case englishEntities = "ner-en-conll2003"
    /// Emerging entities in English user text: persons, places, corporations, groups, products, creative works.
    case englishEmergingEntities = "ner-en-wnut17"
  }

  /// The file of a shipped model: the first that stands in one of the `folders()`.
  ///
  /// - Throws: `PretrainedError.missing` where none of the folders holds it.
  public static func url(of name: Name) throws(PretrainedError) -> URL { try url(of: name, in: folders()) }

  /// The file of a shipped model: the first that stands in one of some folders.
  ///
  /// - Throws: `PretrainedError.missing` where none of the folders holds it.
  public static func url(of name: Name, in folders: [ModelFolder]) throws(PretrainedError) -> URL {
    let files = folders.map { $0.url.appending(path: name.fileName) }
    guard let found = files.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
      throw PretrainedError.missing(name: name.rawValue, folders: folders.map(\.url.path))
    }
    return found
  }

  /// The Chinese word segmenter.
  ///
  /// - Throws: `PretrainedError`, and `ModelFileError` where the file is damaged.
  public static func segmenter() throws -> Segmenter { try Segmenter(contentsOf: url(of: .chineseSegmenter)) }

  /// Tells positive from negative texts, Chinese and English ones.
  ///
  /// - Throws: `PretrainedError`, and `ModelFileError` where a file is damaged.
  public static func sentiment() throws -> SentimentAnalyzer {
    SentimentAnalyzer(
      han: try Classifier(contentsOf: url(of: .chineseSentiment)),
      other: try Classifier(contentsOf: url(of: .englishSentiment)))
  }

  /// Gives Chinese news headlines their topic.
  ///
  /// - Throws: `PretrainedError`, and `ModelFileError` where the file is damaged.
  public static func topics() throws -> Classifier { try Classifier(contentsOf: url(of: .chineseTopics)) }

  /// Finds named entities: in Chinese news, unless another model is asked for.
  ///
  /// - Throws: `PretrainedError`, and `ModelFileError` where the file is damaged or the model finds something else.
  public static func recognizer(_ name: Name = .chineseEntities) throws -> EntityRecognizer {
    try EntityRecognizer(contentsOf: url(of: name))
  }

  /// Vectors of Chinese characters: what characters are near which, and a start for models of characters.
  ///
  /// - Throws: `PretrainedError`, and `VectorFileError` where the file is damaged.
  public static func characterVectors() throws -> WordVectors {
    try WordVectors(contentsOf: url(of: .chineseCharacters))
  }
}

/// Why a shipped model or table can't be had.
public enum PretrainedError: Error, Sendable, Equatable, CustomStringConvertible {
  /// None of the folders in which models are looked for holds the file.
  case missing(name: String, folders: [String])
  /// None of the folders in which tables are looked for holds the file or folder.
  case missingTable(name: String, folders: [String])

  public var description: String {
    switch self {
    case .missing(let name, let folders):
      "expected the shipped model \(name).safetensors in \(folders.joined(separator: " or ")), found no such file"
    case .missingTable(let name, let folders):
      "expected the shipped table \(name) in \(folders.joined(separator: " or ")), found none"
    }
  }
}
