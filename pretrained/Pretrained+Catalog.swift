extension Pretrained.Name {
  /// What a shipped model is for.
  public enum Task: String, Sendable, Codable, CaseIterable {
    case segmentation, entities, sentiment, topics, vectors
  }

  /// The name of the file in a folder of models.
  public var fileName: String { "\(rawValue).safetensors" }

  /// What the model is for.
  public var task: Task {
    switch self {
    case .chineseSegmenter: .segmentation
    case .chineseEntities, .chineseFineEntities, .englishEntities, .englishEmergingEntities: .entities
    case .chineseSentiment, .englishSentiment: .sentiment
    case .chineseTopics: .topics
    case .chineseCharacters: .vectors
    }
  }

  /// The language that it reads, as ISO 639 abbreviates it: `zh` or `en`.
  public var language: String {
    switch self {
    case .chineseSegmenter, .chineseCharacters, .chineseSentiment, .chineseTopics, .chineseEntities,
      .chineseFineEntities:
      "zh"
    case .englishSentiment, .englishEntities, .englishEmergingEntities: "en"
    }
  }

  /// What is known of the license of the texts that it learned from; models hold no text of them.
  public var corpusLicense: String {
    switch self {
    case .chineseSegmenter: "none stated; jieba's dictionary: MIT"
    case .chineseCharacters: "none stated for most; UD Chinese GSD: CC BY-SA 4.0"
    case .chineseSentiment, .englishSentiment, .chineseTopics, .chineseEntities, .chineseFineEntities: "none stated"
    case .englishEntities: "Reuters RCV1: research use under an agreement with NIST"
    case .englishEmergingEntities: "WNUT-17: CC BY 4.0; GloVe: PDDL 1.0"
    }
  }
}
