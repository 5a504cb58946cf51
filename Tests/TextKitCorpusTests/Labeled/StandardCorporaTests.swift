import Testing
import TextKitCorpus
import TextKitTestSupport

/// Real files of every layout, with their published numbers of documents and labels.
@Suite(.enabled(if: SampleCorpus.standardFolder != nil, "TEXTKIT_CORPORA is not set"))
struct StandardCorporaTests {
  private func corpus(
    _ name: String, _ format: LabeledFormat? = nil, _ change: (inout LabeledOptions) -> Void = { _ in }
  ) throws -> LabeledCorpus {
    var options = LabeledOptions()
    change(&options)
    return try LabeledCorpus(
      contentsOf: "\(SampleCorpus.standardFolder ?? "")/\(name)", format: format, options: options)
  }

  private func check(_ corpus: LabeledCorpus, _ documents: Int, labels: Int) {
    #expect(corpus.count == documents)
    #expect(corpus.labels.count == labels)
    #expect(!corpus.isMultiLabel)
  }

  @Test func `English`() throws {
    check(try corpus("en/imdb/train.tsv"), 25000, labels: 2)
    check(try corpus("en/sst2/stsa.binary.train", .blank), 6920, labels: 2)
    check(try corpus("en/trec/TREC.train", .blank), 5452, labels: 50)
    check(try corpus("en/trec/TREC.train", .blank) { $0.labelEnd = ":" }, 5452, labels: 6)
    check(try corpus("en/banking77/train.csv"), 10003, labels: 77)
    check(try corpus("en/sms_spam/SMSSpamCollection"), 5574, labels: 2)
    check(try corpus("en/ag_news/test.csv") { $0.hasHeader = false }, 7600, labels: 4)
    check(
      try corpus("en/ag_news/noisyag_samples10000valMed.csv") { $0.labelColumn = .name("gt") }, 10000, labels: 4)
    check(try corpus("en/20newsgroups/20news-bydate-test"), 7532, labels: 20)
    #expect(throws: CorpusError.self) { try corpus("en/mr/rt-polarity.neg") }
  }

  @Test func `Chinese`() throws {
    check(try corpus("zh/sent-chnsenticorp/train.tsv"), 9600, labels: 2)
    check(
      try corpus("zh/sent-online-shopping-10-cats/online_shopping_10_cats.csv") {
        $0.textColumns = [.name("review")]
      }, 62774, labels: 2)
    check(try corpus("zh/cls-thucnews-titles/dev.txt") { $0.labelsLast = true }, 10000, labels: 10)
    #expect(throws: CorpusError.self) { try corpus("zh/cls-thucnews-titles/dev.txt") }
  }

  @Test func `the titles of TNEWS that stand in train and test`() throws {
    func part(_ name: String) throws -> LabeledCorpus {
      try corpus("zh/cls-tnews/\(name).json") {
        $0.textColumns = [.name("sentence")]
        $0.labelColumn = .name("label_desc")
      }
    }
    let (train, test) = (try part("train"), try part("test"))
    check(train, 53360, labels: 15)
    check(test, 10000, labels: 15)
    let overlap = CorpusCheck(train: train, test: test).findings(.overlap)
    #expect(overlap.count { $0.isExact == true } == 924)
  }
}
