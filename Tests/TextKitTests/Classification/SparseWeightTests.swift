import Foundation
import Testing
import TextKitModels
import TextKitTraining

@Suite("Linear classifiers of few weights")
struct SparseWeightTests {
  private func trained(_ text: String, labels: Int = 3) throws -> LinearTextClassifier {
    let recipe = try NamedRecipe(parsing: text, reading: .words).recipe
    return try #require(
      try ContractTexts.train(recipe, on: ContractTexts.corpus(labels: labels)) as? LinearTextClassifier)
  }

  private func file(_ classifier: LinearTextClassifier) throws -> ModelFile {
    try ModelFile(data: try ModelFileWriter(classifier).encoded(), path: "memory")
  }

  @Test("are stored by the features that have some, and come back whole")
  func rows() throws {
    let classifier = try trained("ftrl")
    let file = try file(classifier)
    let rows = try file.int64("linear.rows", shape: [nil])
    #expect(rows.count > 20 && rows.count < 1000 && rows == rows.sorted())
    #expect(try #require(file.info("linear.weights")).shape == [rows.count, 3])
    for (row, isStored) in [(rows[0], true), (rows[0] == 0 ? 1 : 0, rows[0] == 0 && rows[1] == 1)] {
      #expect((classifier.weights[row * 3..<row * 3 + 3].contains { $0 != 0 }) == isStored)
    }
    let read = try #require(try ModelFileWriter(classifier).classifier() as? LinearTextClassifier)
    #expect(read.weights == classifier.weights && read.bias == classifier.bias && read.link == classifier.link)
    #expect(read.features.columnCount == 1 << 18)
    // Of a vocabulary most features have weights.
    let dense = try self.file(trained("svm"))
    #expect(dense.info("linear.rows") == nil)
    // A penalty that leaves next to nothing is another matter.
    #expect(try self.file(trained("sgd:sgd.l1=0.05")).info("linear.rows") != nil)
  }

  @Test("rows that don't ascend, are none of the features or too few are refused")
  func damage() throws {
    let classifier = try trained("ftrl")
    let rows = try file(classifier).int64("linear.rows", shape: [nil])
    for changed in [
      rows.reversed(), [rows[1]] + rows[1...], [-1] + rows[1...], rows.dropLast() + [1 << 18], rows.dropLast(),
      rows.dropLast() + [Int.max],
    ] as [[Int]] {
      var writer = try ModelFileWriter(classifier, except: ["linear.rows"])
      writer.add("linear.rows", int64: changed, shape: [changed.count])
      let error = #expect(throws: ModelFileError.self) { try writer.classifier() }
      #expect("\(try #require(error))".contains("linear.rows"))
    }
  }

  @Test("features without weights take no memory, however many a file says there are")
  func memory() throws {
    let classifier = try trained("ftrl")
    // All weights of 2²⁶ features would be 13 GB.
    var writer = try ModelFileWriter(classifier, except: ["linear.rows", "linear.weights", "linear.bias"])
    writer.metadata["features.configuration"] = writer.metadata["features.configuration"]?.replacing(
      "\"hashBits\":18", with: "\"hashBits\":26")
    let labels = (0..<50).map { "\"l\($0)\"" }.joined(separator: ",")
    writer.metadata["classifier.labels"] = "[\(labels)]"
    writer.add("linear.rows", int64: [7], shape: [1])
    writer.add("linear.weights", floats: [Float](repeating: 1, count: 50), shape: [1, 50])
    writer.add("linear.bias", floats: [Float](repeating: 1, count: 50), shape: [50])
    let before = try #require(PeakMemory.bytes())
    let read = try #require(try writer.classifier() as? LinearTextClassifier)
    let probabilities = read.probabilities(of: TextBlock(["the good film is fine", ""]))
    #expect(try #require(PeakMemory.bytes()) - before < 1 << 30)
    #expect(probabilities.count == 100 && probabilities.allSatisfy { abs($0 - 0.02) < 1e-6 })
    // Written again, it is the same file but for what its writer adds.
    let again = try file(read)
    #expect(try again.int64("linear.rows", shape: [nil]) == [7])
    #expect(try again.floats("linear.weights", shape: [1, 50]) == [Float](repeating: 1, count: 50))
  }

  @Test("every loss has its link, and two labels may have a column each", arguments: LinearLoss.allCases, [2, 3])
  func links(_ loss: LinearLoss, _ labels: Int) throws {
    let classifier = try trained("sgd:sgd.loss=\(loss.rawValue)", labels: labels)
    #expect(classifier.bias.count == labels)
    let block = TextBlock(["the good film is fine", "", "awful 好看", "unknown"])
    let scores = classifier.scores(of: classifier.features.features(of: block)).map { Double($0) }
    let probabilities = classifier.probabilities(of: block)
    for row in 0..<4 {
      let each = scores[row * labels..<(row + 1) * labels].map { score in
        switch loss {
        case .softmax: exp(score)
        case .logistic, .hinge: 1 / (1 + exp(-score))
        case .modifiedHuber: max(0, min(1, (1 + score) / 2))
        }
      }
      for label in 0..<labels {
        let expected = each[label] / each.reduce(0, +)
        #expect(abs(Double(probabilities[row * labels + label]) - expected) < 1e-6)
      }
    }
    let read = try ModelFileWriter(classifier).classifier()
    #expect(read.probabilities(of: block) == probabilities)
  }

  @Test("a stream has no vocabulary and no idf")
  func online() throws {
    #expect(throws: Never.self) { try OnlineConfiguration().validate() }
    for (name, change) in [
      ("features.hashBits", { $0.features.hashBits = nil }), ("features.value", { $0.features.value = .tfidf }),
    ] as [(String, (inout OnlineConfiguration) -> Void)] {
      var configuration = OnlineConfiguration()
      change(&configuration)
      let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
      #expect(try #require(error).path == name)
    }
  }
}
