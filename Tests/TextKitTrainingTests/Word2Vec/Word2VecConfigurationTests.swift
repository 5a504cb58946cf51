import Testing
import TextKitTraining

@Suite("Configuration of word vectors")
struct Word2VecConfigurationTests {
  @Test func `what can't be trained with is refused by name`() throws {
    let refused: [(String, [String])] = [
      ("word2vec.dimension", ["0", "4097"]), ("word2vec.window", ["0", "129"]),
      ("word2vec.negatives", ["-1", "1001"]), ("word2vec.negativePower", ["-10.5", "11"]),
      ("word2vec.sample", ["-0.1", "1.5"]), ("word2vec.epochs", ["0", "100001"]),
      ("word2vec.learningRate", ["-0.1", "2e6"]), ("word2vec.minimumSubword", ["0", "256"]),
      ("word2vec.maximumSubword", ["-1", "256"]), ("word2vec.subwordBuckets", ["0", "300000000"]),
      ("text.minimumCount", ["0"]), ("text.maximumVocabulary", ["-1"]), ("text.pruneAbove", ["1"]),
      ("text.maximumSentenceLength", ["0", "100001"]), ("text.phrasePasses", ["-1", "101"]),
      ("text.phraseThreshold", ["-1"]),
    ]
    for (path, values) in refused {
      for value in values {
        do {
          _ = try ConfigurationLoader.load(VectorTrainingConfiguration.self, overrides: ["\(path)=\(value)"])
          Issue.record("\(path)=\(value) was taken")
        } catch {
          #expect(error.path == path, "\(error)")
        }
      }
    }
  }

  @Test func `limits themselves are taken`() throws {
    let taken = [
      "dimension=1", "dimension=4096", "window=1", "window=128", "negatives=0", "sample=0", "sample=1",
      "maximumSubword=0", "maximumSubword=255", "minimumSubword=255", "subwordBuckets=1", "learningRate=0",
    ]
    for text in taken {
      #expect(throws: Never.self) {
        try ConfigurationLoader.load(VectorTrainingConfiguration.self, overrides: ["word2vec." + text])
      }
    }
  }

  @Test func `the shortest n-gram is not longer than the longest`() throws {
    for (shortest, longest, isTaken) in [(3, 2, false), (5, 4, false), (4, 4, true), (2, 3, true), (9, 0, true)] {
      var configuration = Word2VecConfiguration()
      (configuration.minimumSubword, configuration.maximumSubword) = (shortest, longest)
      if isTaken {
        #expect(throws: Never.self) { try configuration.validate() }
      } else {
        // The longest is blamed: it is 0 unless someone set it.
        let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
        #expect(error?.path == "maximumSubword")
      }
    }
  }

  @Test func `the learning rate falls in a line, but not to nothing`() {
    var configuration = Word2VecConfiguration()
    #expect(configuration.rate(after: 0) == 0.03)
    #expect(configuration.rate(after: 0.5) == 0.015)
    #expect(configuration.rate(after: 1) == 0.03 * 1e-4)
    configuration.architecture = .cbow
    #expect(configuration.rate(after: 0) == 0.05)
    configuration.learningRate = 0.2
    #expect(configuration.rate(after: 0) == 0.2)
    #expect(abs(configuration.rate(after: 0.75) - 0.05) < 1e-12)
    let rates = (0...20).map { configuration.rate(after: Double($0) / 20) }
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 > $1 })
  }
}
