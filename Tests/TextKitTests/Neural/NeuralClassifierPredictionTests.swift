import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

@Suite("Prediction by neural classifiers")
struct NeuralClassifierPredictionTests {
  private static let texts = [
    "", " \n ", "the cat", "zebra xylophone", "we saw the old oak here . and a dog .", "owl",
    String(repeating: "the old dog . ", count: 150), "a\nb\nc", "\u{FFFD}",
  ]

  @Test("a text's row depends on that text alone", arguments: SampleTexts.encoders)
  func alone(_ model: NeuralClassifierConfiguration) throws {
    let classifier = try SampleTexts.untrained(model)
    let block = TextBlock(Self.texts + SampleTexts.corpus(count: 150).documents.map(\.text))
    let rows = classifier.probabilities(of: block)
    #expect(rows.count == block.lineEnds.count * 3)
    for text in block.lineEnds.indices {
      let row = Array(rows[text * 3..<text * 3 + 3])
      #expect(abs(row.reduce(0, +) - 1) < 1e-5 && row.allSatisfy { $0 > 0 })
      let single = classifier.probabilities(of: TextBlock(lines: [Array(block.bytes[block.range(ofLine: text)])]))
      #expect(single == row, "text \(text)")
    }
    #expect(classifier.probabilities(of: TextBlock()).isEmpty)
  }

  @Test("a text without tokens is read as one unknown token", arguments: SampleTexts.encoders)
  func empty(_ model: NeuralClassifierConfiguration) throws {
    let classifier = try SampleTexts.untrained(model)
    let rows = classifier.probabilities(of: TextBlock(["", " \t\n", "zebra"]))
    #expect(rows[0..<3] == rows[3..<6] && rows[0..<3] == rows[6..<9])
    #expect(classifier.attributions(of: [], label: 0).isEmpty)
  }

  @Test("a batch's products are bounded whatever the filters are")
  func limits() {
    var model = NeuralClassifierConfiguration()
    #expect(NeuralTextClassifier.batchLimits(model) == (32_768, 1024))
    (model.widths, model.filters) = ([1, 2, 3, 4], 65_536)
    #expect(NeuralTextClassifier.batchLimits(model) == (102, 102))
    (model.widths, model.filters) = (Array(1...64), 65_536)
    #expect(NeuralTextClassifier.batchLimits(model) == (1, 1))
    model.encoder = .bilstm
    #expect(NeuralTextClassifier.batchLimits(model) == (2048, 64))
  }

  @Test("the kept table gives what the graph gives")
  func table() throws {
    for model in SampleTexts.encoders.prefix(2) {
      let classifier = try SampleTexts.untrained(model)
      let block = TextBlock(SampleTexts.corpus())
      let tokens = TextTokenizer(model.tokenizer).tokenize(block)
      let sequences = ClassifierSequences(tokens, of: block, vocabulary: classifier.model.vocabulary, model)
      // What is predicted before there is a table, while it is made and after.
      let first = classifier.probabilities(of: block)
      #expect(!classifier.keepsProducts)
      let rows = [first] + (0..<3).map { _ in classifier.probabilities(of: block) }
      #expect(classifier.keepsProducts)
      let graph = Graph(classifier.model.parameters)
      let scores = classifier.model.scores(ClassifierInput(sequences, texts: 0..<sequences.count), in: graph)
      for row in rows { #expect(graph.value(graph.softmax(scores)).values == row) }
    }
  }

  @Test("many threads share a classifier")
  func threads() async throws {
    let classifier = try SampleTexts.untrained(SampleTexts.encoders[0])
    let block = TextBlock(SampleTexts.corpus())
    let expected = try SampleTexts.untrained(SampleTexts.encoders[0]).probabilities(of: block)
    await withTaskGroup(of: [Float].self) { group in
      for _ in 0..<8 { group.addTask { classifier.probabilities(of: block) } }
      for await found in group { #expect(found == expected) }
    }
  }

  @Test("of a long text the beginning, or beginning and end, are read")
  func truncation() throws {
    var model = SampleTexts.encoders[0]
    model.maximumLength = 8
    let vocabulary = Vocabulary(tokens: (0..<20).map { "w\($0)" })
    func read(_ truncation: TextTruncation) -> [Int32] {
      model.truncation = truncation
      let block = TextBlock([(0..<20).map { "w\($0)" }.joined(separator: " "), "w3 w4"])
      let sequences = ClassifierSequences(
        TextTokenizer(model.tokenizer).tokenize(block), of: block, vocabulary: vocabulary, model)
      #expect(sequences.ids.suffix(2) == [4, 5] && sequences.count == 2)
      #expect(sequences.tokens.suffix(2) == [20, 21])
      return sequences.ids.dropLast(2).map { $0 - 1 }
    }
    #expect(read(.head) == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(read(.headAndTail) == [0, 1, 14, 15, 16, 17, 18, 19])
  }

  @Test("sentences are those of the splitter, long ones cut, and tile what is read")
  func sentences() throws {
    let model = SampleTexts.encoders[4]
    let vocabulary = Vocabulary(tokens: ["a", "b", "."])
    let block = TextBlock(["", "An oak. It was! Here", "a b a b a b a b a b a b", "a\nb", "a。b c", "Was it. no"])
    let sequences = ClassifierSequences(
      TextTokenizer(model.tokenizer).tokenize(block), of: block, vocabulary: vocabulary, model)
    let lengths = (0..<sequences.count).map { text in
      sequences.sentences(ofText: text).map { sequences.range(ofSentence: $0).count }
    }
    #expect(lengths == [[1], [2, 2, 1], [5, 5, 2], [1, 1], [1, 1], [3]])
    for text in 0..<sequences.count {
      let parts = sequences.sentences(ofText: text).map { sequences.range(ofSentence: $0) }
      #expect(parts.first?.lowerBound == sequences.range(ofText: text).lowerBound)
      #expect(parts.last?.upperBound == sequences.range(ofText: text).upperBound)
    }
  }

  @Test("attributions are the gradient of the label's score against the others' along each token's vector")
  func attributions() throws {
    for model in SampleTexts.encoders {
      let classifier = try SampleTexts.untrained(model)
      // Every token stands once, so that a row of the table is a place of the text.
      let text = Array("the  cat saw a very old oak here .".utf8)
      func score(_ classifier: NeuralTextClassifier, _ label: Int) -> Double {
        let p = classifier.probabilities(of: TextBlock(lines: [text])).map { log(Double($0)) }
        return p[label] - (p.reduce(0, +) - p[label]) / 2
      }
      for label in 0..<3 {
        let attributions = classifier.attributions(of: text, label: label)
        #expect(attributions.count == 9)
        #expect(attributions[1].span == TextSpan(start: 5, end: 8))
        for attribution in attributions {
          let word = String(decoding: text[attribution.span.range], as: UTF8.self)
          let row = Int(try #require(classifier.model.vocabulary.id(of: word)))
          func stretched(_ factor: Float) -> Double {
            var changed = classifier.model
            var values = changed.parameters[changed.embedding.table].values
            for index in row * 12..<(row + 1) * 12 { values[index] *= factor }
            changed.parameters[changed.embedding.table] = Tensor(Shape(values.count / 12, 12), values)
            return score(NeuralTextClassifier(changed), label)
          }
          let slope = (stretched(1.01) - stretched(0.99)) / 0.02
          #expect(abs(slope - attribution.weight) < 2e-3, "\(model.encoder) \(word): \(slope), \(attribution.weight)")
        }
      }
    }
  }

  @Test("of labels that don't exclude each other, attributions are of the label's score alone")
  func multiLabelAttributions() throws {
    let classifier = try SampleTexts.recipe(epochs: 40).classifier(
      on: SampleTexts.multiLabelCorpus(), dev: nil, in: SampleTexts.environment())
    let found = classifier.attributions(of: Array("word1 red word2".utf8), label: 2)
    #expect(
      found.map(\.span) == [TextSpan(start: 0, end: 5), TextSpan(start: 6, end: 9), TextSpan(start: 10, end: 15)])
    #expect(found.max { $0.weight < $1.weight } == found[1])
  }
}
