import TextKitTestSupport
import TextKitTraining

/// Generated text about three topics, each with words of its own beside words that all share.
struct TopicText {
  /// Words of each topic, made of the topic's syllables.
  let topics: [[String]]
  /// Made of a topic's syllables too, and not in the text.
  let unseen: [[String]]
  static let shared = ["the", "of", "and", "to", "in", "is"]
  let text: String

  private static let syllables = [
    ["ka", "ro", "mi", "ta", "lo"], ["fen", "dis", "gul", "hep", "bon"], ["zwi", "yxa", "vuq", "jex", "wuz"],
  ]

  /// Makes sentences of words between blanks.
  init(sentences: Int, seed: UInt64 = 1) {
    var random = SeededRandom(seed: seed)
    var (topics, unseen): ([[String]], [[String]]) = ([], [])
    for syllables in TopicText.syllables {
      var words: [String] = []
      while words.count < 13 {
        let word = (0..<3).map { _ in random.pick(syllables) }.joined()
        if !words.contains(word) { words.append(word) }
      }
      topics.append(Array(words.prefix(10)))
      unseen.append(Array(words.suffix(3)))
    }
    var text = ""
    for _ in 0..<sentences {
      let topic = random.pick(topics)
      let words = (0..<random.integer(in: 6..<13)).map { _ in
        random.chance(0.7) ? random.pick(topic) : random.pick(TopicText.shared)
      }
      text += words.joined(separator: " ") + "\n"
    }
    (self.topics, self.unseen, self.text) = (topics, unseen, text)
  }

  /// Makes sentences of characters without blanks; `topics` are then characters, or pairs of a topic's characters.
  init(characters sentences: Int, pairs: Bool) {
    var random = SeededRandom(seed: 7)
    let topics = ["山水林田湖草", "歌舞乐琴鼓笛", "油盐酱醋茶糖"].map { $0.map(String.init) }
    var text = ""
    for _ in 0..<sentences {
      let topic = random.pick(topics)
      for _ in 0..<random.integer(in: 8..<16) {
        text += random.chance(0.8) ? random.pick(topic) : random.pick(["的", "了"])
      }
      text += random.chance(0.5) ? "。" : "。\n"
    }
    self.topics = pairs ? topics.map { topic in topic.flatMap { a in topic.map { a + $0 } } } : topics
    unseen = []
    self.text = text
  }

  /// Every architecture with every loss, with and without subwords.
  static let configurations: [VectorTrainingConfiguration] = {
    Word2VecConfiguration.Architecture.allCases.flatMap { architecture in
      Word2VecConfiguration.Loss.allCases.flatMap { loss in
        [0, 4].map { longest in
          var configuration = TopicText.configuration
          configuration.word2vec.architecture = architecture
          configuration.word2vec.loss = loss
          configuration.word2vec.maximumSubword = longest
          return configuration
        }
      }
    }
  }()

  /// Small vectors, of all words, in a few epochs.
  static var configuration: VectorTrainingConfiguration {
    var configuration = VectorTrainingConfiguration()
    configuration.word2vec.dimension = 20
    configuration.word2vec.window = 4
    configuration.word2vec.sample = 1e-2
    configuration.word2vec.epochs = 5
    configuration.word2vec.learningRate = 0.1
    configuration.word2vec.minimumSubword = 2
    configuration.word2vec.subwordBuckets = 700
    return configuration
  }
}

extension VectorTrainingConfiguration {
  /// What is varied, for a failing test's message.
  var label: String {
    "\(word2vec.architecture.rawValue), \(word2vec.loss.rawValue), subwords of \(word2vec.maximumSubword)"
  }
}
