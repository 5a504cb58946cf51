import Foundation
import TextKit

/// The models that ship with the package.
///
/// They ride in the package's resource bundle: beside the executable once it is installed, in the build folder
/// otherwise; the working directory plays no part.
public enum Pretrained {
  /// Names of the shipped models, as `models/NAME.safetensors`.
  public enum Name: String, CaseIterable, Sendable {
    /// Chinese word segmentation, trained on the People's Daily of January 1998.
    case chineseSegmenter = "segmenter-zh"
    /// Vectors of Chinese characters, trained on news, reviews and novels.
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

  /// The file of a shipped model.
  ///
  /// - Throws: `PretrainedError.missing` where the resource bundle does not hold it.
  public static func url(of name: Name) throws -> URL {
    let file = "models/\(name.rawValue).safetensors"
    let url = Bundle.module.bundleURL.appending(path: file)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw PretrainedError.missing(path: url.path)
    }
    return url
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

/// Why a shipped model can't be had.
public enum PretrainedError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The resource bundle does not hold the file.
  case missing(path: String)

  public var description: String {
    switch self {
    case .missing(let path): "\(path): expected a shipped model, found no such file"
    }
  }
}
