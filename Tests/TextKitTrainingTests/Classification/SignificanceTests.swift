import Testing
import TextKitTensor
import TextKitTraining

@Suite("Significance")
struct SignificanceTests {
  @Test("McNemar: the binomial test for few discordant documents, χ² with continuity correction for more")
  func mcNemar() {
    // scipy 1.17: binomtest(3,12).pvalue, binomtest(9,24).pvalue
    let few = McNemarTest(onlyFirst: 3, onlySecond: 9)
    #expect(few.isExact && abs(few.p - 0.14599609375) < 1e-12)
    let more = McNemarTest(onlyFirst: 15, onlySecond: 9)
    #expect(more.isExact && abs(more.p - 0.30745625495910645) < 1e-12)
    // chi2.sf((abs(b-c)-1)**2/(b+c),1) of (30,12) and (100,81)
    let many = McNemarTest(onlyFirst: 30, onlySecond: 12)
    #expect(!many.isExact && abs(many.p - 0.008711912962379598) < 1e-12)
    #expect(abs(McNemarTest(onlyFirst: 81, onlySecond: 100).p - 0.1809194315815037) < 1e-12)
    #expect(McNemarTest(onlyFirst: 0, onlySecond: 0).p == 1)
    #expect(McNemarTest(onlyFirst: 4, onlySecond: 4).p == 1)
    #expect(McNemarTest(onlyFirst: 40, onlySecond: 40).p == 1)
  }

  @Test("McNemar counts the documents that one side alone gets right")
  func discordance() {
    let gold = [[0], [0], [0], [1]]
    let first = outcomes(["a", "b"], gold: gold, predicted: [[0], [0], [1], [0]])
    let second = outcomes(["a", "b"], gold: gold, predicted: [[0], [1], [1], [1]])
    let test = McNemarTest(first, second)
    #expect(test.onlyFirst == 1 && test.onlySecond == 1)
    #expect(McNemarTest(first, first).p == 1)
  }

  @Test("percentiles are interpolated as numpy does")
  func percentiles() {
    // np.percentile([3,1,4,1,5,9,2,6],[2.5,97.5])
    let interval = Bootstrap.Interval(of: [3, 1, 4, 1, 5, 9, 2, 6])
    #expect(interval.low == 1 && abs(interval.high - 8.475) < 1e-12)
  }

  /// 500 documents of two labels, 400 right.
  private var sample: ClassificationOutcomes {
    outcomes(
      ["a", "b"], gold: (0..<500).map { [$0 % 2] }, predicted: (0..<500).map { [$0 % 5 == 0 ? 1 - $0 % 2 : $0 % 2] })
  }

  @Test("the interval of an accuracy is the binomial distribution's, for any number of threads")
  func interval() throws {
    let intervals = try #require(Bootstrap(resamples: 4_000, seed: 7).intervals(of: sample))
    // binom.ppf([.025,.975],500,.8)/500
    #expect(abs(intervals.accuracy.low - 0.764) <= 0.004)
    #expect(abs(intervals.accuracy.high - 0.834) <= 0.004)
    // Both labels have F1 near the accuracy.
    #expect(abs(intervals.macroF1.low - 0.764) <= 0.006 && abs(intervals.macroF1.high - 0.834) <= 0.006)
    let threaded = try #require(Bootstrap(resamples: 4_000, seed: 7).intervals(of: sample, threads: 3))
    #expect(threaded.accuracy == intervals.accuracy && threaded.macroF1 == intervals.macroF1)
    let other = try #require(Bootstrap(resamples: 4_000, seed: 8).intervals(of: sample))
    #expect(other.macroF1 != intervals.macroF1)
  }

  @Test("a resample is scored as a corpus is")
  func tally() {
    var random = RandomSource(seed: 3)
    for _ in 0..<20 {
      func lists() -> [[Int]] { (0..<30).map { _ in (0..<4).filter { _ in random.uniform() < 0.4 } } }
      let some = outcomes(["a", "b", "c", "d"], gold: lists(), predicted: lists())
      let documents = (0..<30).map { _ in Int(random.uniform() * 30) }
      let figures = ResampleTally(some).figures(of: documents)
      let drawn = outcomes(
        some.labels, gold: documents.map { some.gold[$0] }, predicted: documents.map { some.predicted[$0] })
      let score = ClassificationScore(drawn)
      #expect(figures.accuracy == score.accuracy && abs(figures.macroF1 - score.macroF1) < 1e-12)
    }
  }

  @Test("the paired bootstrap sees the same documents of both, so one that is better everywhere is surely better")
  func paired() throws {
    // Right wherever the other is, and on 20 documents more.
    let better = outcomes(
      ["a", "b"], gold: sample.gold,
      predicted: (0..<500).map { [$0 % 5 == 0 && $0 >= 100 ? 1 - $0 % 2 : $0 % 2] })
    let compared = PairedSignificance.compare([better, sample], with: 1)
    #expect(compared[1] == nil)
    let difference = try #require(compared[0])
    #expect(abs(difference.accuracy.value - 0.04) < 1e-12)
    #expect(difference.accuracy.p == 2.0 / 1_001)
    #expect(difference.accuracy.interval.low > 0 && difference.accuracy.interval.low < 0.04)
    #expect(difference.mcNemar.onlyFirst == 20 && difference.mcNemar.onlySecond == 0)
    let reverse = try #require(PairedSignificance.compare([better, sample], with: 0)[1])
    #expect(abs(reverse.accuracy.value + 0.04) < 1e-12)
    #expect(reverse.accuracy.p == difference.accuracy.p)
    let same = try #require(PairedSignificance.compare([sample, sample], with: 0)[1])
    #expect(same.accuracy.p == 1 && same.accuracy.value == 0)
  }
}
