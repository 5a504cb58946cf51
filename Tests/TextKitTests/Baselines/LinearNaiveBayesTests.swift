import Testing
import TextKitModels
import TextKitTraining

@Suite("Naive Bayes")
struct LinearNaiveBayesTests {
  /// For the first two rows (for Bernoulli, of X > 0), what each label's joint log-likelihood has above that of
  /// label 0:
  ///
  ///     j = MultinomialNB(alpha=0.5).fit(X, y, sample_weight=[weights[k] for k in y])._joint_log_likelihood(X)[:2]
  ///     j - j[:, :1]
  @Test(
    "scikit-learn decides the same",
    arguments: [
      (NaiveBayes.Kind.multinomial, [[-5.101499, -2.093344], [7.503186, 5.16924]], [-5.075024, 4.938744]),
      (.complement, [[-4.508006, -3.051822], [4.251348, 1.335659]], [-5.768171, 4.245597]),
      (.bernoulli, [[-3.54738, -2.002481], [4.065945, 1.216395]], [-2.392614, 3.216858]),
    ])
  func golden(kind: NaiveBayes.Kind, three: [[Double]], two: [Double]) {
    for labelCount in [3, 2] {
      let problem = LinearSamples.problem(labelCount: labelCount)
      let found = NaiveBayes.solve(problem, kind: kind, alpha: 0.5, threads: 1)
      let scores = LinearSamples.scores(found, kind == .bernoulli ? problem.matrix.binarized() : problem.matrix)
      for row in 0..<2 {
        if labelCount == 2 {
          #expect(abs(scores[row][0] - two[row]) < 1e-5)
        } else {
          #expect(abs(scores[row][1] - scores[row][0] - three[row][0]) < 1e-5)
          #expect(abs(scores[row][2] - scores[row][0] - three[row][1]) < 1e-5)
        }
      }
    }
  }

  @Test("priors are those of the documents, uniform or given")
  func priors() {
    let problem = LinearProblem(
      LinearSamples.sparse([[1, 1], [1, 1], [1, 1], [1, 1]]), labels: [0, 0, 0, 1], labelCount: 2)
    let bias = { NaiveBayes.solve(problem, kind: .multinomial, priors: $0, threads: 1).bias[0] }
    #expect(abs(bias(.fitted) + Float(1.0986123)) < 1e-6)
    #expect(bias(.uniform) == 0)
    #expect(abs(bias(.given([0.2, 0.8])) - Float(1.3862944)) < 1e-6)
  }

  @Test("the same for any number of threads", arguments: NaiveBayes.Kind.allCases)
  func threads(kind: NaiveBayes.Kind) {
    let problem = LinearSamples.random(rows: 300, features: 90, labelCount: 4, seed: 3)
    let one = NaiveBayes.solve(problem, kind: kind, threads: 1)
    #expect(NaiveBayes.solve(problem, kind: kind, threads: 3) == one)
  }

  @Test("balanced weights are in inverse proportion to the labels")
  func balanced() {
    #expect(ClassWeighting.balanced.weights(labels: [0, 0, 0, 2], labelCount: 3) == [4.0 / 6, 0, 2])
  }
}
