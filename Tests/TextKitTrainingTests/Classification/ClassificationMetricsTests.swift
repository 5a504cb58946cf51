import Foundation
import Testing
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// Answers of a known kind: `gold` and `predicted` are numbers of `labels`.
func outcomes(
  _ labels: [String], gold: [[Int]], predicted: [[Int]], known: Int? = nil
) -> ClassificationOutcomes {
  var outcomes = ClassificationOutcomes(labels: Array(labels.prefix(known ?? labels.count)), goldLabels: labels)
  for (gold, predicted) in zip(gold, predicted) { outcomes.add(gold: gold, predicted: predicted, confidence: 1) }
  return outcomes
}

@Suite("Classification metrics")
struct ClassificationMetricsTests {
  // scikit-learn 1.9:
  //   g=[0,0,0,0,1,1,1,2,2,2,2,0]; p=[0,0,1,0,1,1,2,2,2,0,2,1]
  private let single = outcomes(
    ["a", "b", "c"], gold: [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 0].map { [$0] },
    predicted: [0, 0, 1, 0, 1, 1, 2, 2, 2, 0, 2, 1].map { [$0] })
  //   G=[[1,0,1],[0,1,0],[1,1,0],[0,0,0],[0,0,1],[1,0,0]]
  //   P=[[1,0,0],[0,1,0],[1,1,1],[0,0,0],[0,1,1],[0,0,0]]
  private let multi = outcomes(
    ["a", "b", "c"], gold: [[0, 2], [1], [0, 1], [], [2], [0]],
    predicted: [[0], [1], [0, 1, 2], [], [1, 2], []])

  private func near(_ value: Double, _ golden: Double) -> Bool { abs(value - golden) < 1e-12 }

  @Test("one label a document: scikit-learn's figures")
  func singleLabel() throws {
    let score = ClassificationScore(single)
    // accuracy_score(g,p), precision_recall_fscore_support(g,p)
    #expect(near(score.accuracy, 0.6666666666666666))
    for (label, golden) in zip(
      score.labels,
      [(0.75, 0.6, 0.6666666666666666), (0.5, 0.6666666666666666, 0.5714285714285714), (0.75, 0.75, 0.75)])
    {
      #expect(near(label.precision, golden.0) && near(label.recall, golden.1) && near(label.f1, golden.2))
    }
    #expect(score.labels.map(\.gold) == [5, 3, 4])
    // f1_score(g,p,average=a), precision_score, recall_score
    #expect(near(score.macroF1, 0.6626984126984127))
    #expect(near(score.macroPrecision, 0.6666666666666666))
    #expect(near(score.macroRecall, 0.6722222222222222))
    #expect(near(score.microF1, 0.6666666666666666))
    #expect(near(score.weightedF1, 0.6706349206349206))
    // confusion_matrix(g,p)
    #expect(try #require(ConfusionMatrix(single)).counts == [3, 2, 0, 0, 2, 1, 1, 0, 3])
  }

  @Test("several labels a document: scikit-learn's figures")
  func multiLabel() {
    let score = ClassificationScore(multi)
    #expect(near(score.accuracy, 0.3333333333333333))  // accuracy_score(G,P)
    #expect(near(score.hammingLoss, 0.2222222222222222))  // hamming_loss(G,P)
    #expect(near(score.macroF1, 0.7))  // f1_score(G,P,average="macro")
    #expect(near(score.microF1, 0.7142857142857143))
    #expect(near(score.weightedF1, 0.7142857142857143))
    #expect(ConfusionMatrix(multi) == nil)
  }

  @Test("means leave out labels that neither occur nor are predicted, and count unknown gold labels as mistakes")
  func labelsThatCount() {
    let some = outcomes(["a", "b", "x", "z"], gold: [[0], [0], [3]], predicted: [[0], [0], [0]], known: 3)
    let score = ClassificationScore(some)
    #expect(score.labels.map(\.label) == ["a", "z"])
    // f1_score(["a","a","z"],["a","a","a"],average="macro")
    #expect(near(score.macroF1, 0.4))
    #expect(some.unknownGoldCounts == ["z": 1])
    #expect(near(score.accuracy, 2.0 / 3))
  }

  @Test("no documents are no crash")
  func empty() throws {
    let none = outcomes(["a"], gold: [], predicted: [])
    let score = ClassificationScore(none)
    #expect([score.accuracy, score.macroF1, score.microF1, score.weightedF1, score.hammingLoss] == [0, 0, 0, 0, 0])
    #expect(Bootstrap().intervals(of: none) == nil)
    #expect(Calibration().expectedError == 0)
    #expect(PairedSignificance.compare([none, none], with: 0).allSatisfy { $0 == nil })
  }

  @Test("the most confused labels, ties in their order")
  func mostConfused() throws {
    let confusion = try #require(ConfusionMatrix(single)).mostConfused(2)
    #expect(confusion.map { [$0.gold, $0.predicted, $0.count] } == [[0, 1, 2], [1, 2, 1]])
  }

  @Test("log loss and expected calibration error")
  func probabilities() throws {
    // pr=np.array([...],dtype=np.float32); y=[0,1,0,2,1,2]
    let rows: [[Float]] = [
      [0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.4, 0.3], [0.05, 0.05, 0.9], [0.6, 0.3, 0.1], [0.25, 0.25, 0.5],
    ]
    var answers = ClassificationAnswers(
      outcomes: ClassificationOutcomes(labels: ["a", "b", "c"], goldLabels: ["d"]), isMultiLabel: false,
      threshold: 0.5)
    for (gold, row) in zip([0, 1, 0, 2, 1, 2], rows) { answers.add(gold: [gold], probabilities: row[...]) }
    // log_loss(y,pr)
    #expect(abs(try #require(answers.logLoss) - 0.6310452818870544) < 1e-7)
    // edges=np.linspace(0,1,16); sum of m.mean()*abs(conf[m].mean()-ok[m].mean()) for m=(conf>lo)&(conf<=hi)
    #expect(abs(answers.calibration.expectedError - 0.35000000894069666) < 1e-12)
    // A label that isn't known has no probability: the loss is that of the least one, not infinite.
    answers.add(gold: [3], probabilities: [0.2, 0.3, 0.5])
    let loss = 0.6310452818870544 * 6 + 23 * log(2)
    #expect(abs(try #require(answers.logLoss) - loss / 7) < 1e-6)
    #expect(!answers.outcomes.isCorrect(6))
  }

  @Test("several labels: those at the threshold are given, and each decision has its loss")
  func multiLabelProbabilities() throws {
    var answers = ClassificationAnswers(
      outcomes: ClassificationOutcomes(labels: ["a", "b", "c"], goldLabels: []), isMultiLabel: true, threshold: 0.5)
    answers.add(gold: [0, 2], probabilities: [0.9, 0.2, 0.6])
    answers.add(gold: [1], probabilities: [0.1, 0.7, 0.5])
    answers.add(gold: [0], probabilities: [0.4, 0.45, 0.3])
    #expect(answers.outcomes.predicted == [[0, 2], [1, 2], []])
    // MP=np.array([[.9,.2,.6],[.1,.7,.5],[.4,.45,.3]],dtype=np.float32); MG=[[1,0,1],[0,1,0],[1,0,0]]
    // -np.log(np.where(MG==1,MP,1-MP).astype(float)).mean()
    #expect(abs(try #require(answers.logLoss) - 0.4294794448101751) < 1e-7)
    #expect(answers.calibration.bins.reduce(0) { $0 + $1.count } == 9)
  }

  @Test("probabilities at the bounds of bins go to the lower one, and 0 and 1 have a bin")
  func bins() {
    var calibration = Calibration()
    for probability in [0, 1, 1.0 / 15, 2.0 / 15] { calibration.add(probability: probability, isRight: true) }
    #expect(calibration.bins.map(\.count) == [2, 1] + [Int](repeating: 0, count: 12) + [1])
  }

  @Test("confusions take memory by what came up, and read back as written")
  func manyLabels() throws {
    // A matrix would have 80 GB.
    let labels = (0..<100_000).map { "l\($0)" }
    let many = outcomes(labels, gold: [[99_999], [5], [5], [5]], predicted: [[7], [5], [6], [6]])
    let matrix = try #require(ConfusionMatrix(many))
    #expect(matrix[gold: 99_999, predicted: 7] == 1 && matrix[gold: 7, predicted: 99_999] == 0)
    #expect(matrix.mostConfused(9).map { [$0.gold, $0.predicted, $0.count] } == [[5, 6, 2], [99_999, 7, 1]])
    let small = try #require(ConfusionMatrix(single))
    let data = try JSONEncoder().encode(small)
    #expect(String(decoding: data, as: UTF8.self).contains("[[0,0,3],[0,1,2],[1,1,2],[1,2,1],[2,0,1],[2,2,3]]"))
    #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: data) == small)
    for cells in ["[[0,0]]", "[[0,0,0]]", "[[0,-1,1]]", "[[0,0,1],[0,0,2]]"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(ConfusionCounts.self, from: Data(cells.utf8))
      }
    }
  }
}
