import Foundation
import Testing
import TextKit
import TextKitPretrained
import TextKitTestSupport
import TextKitTraining

@Suite("Shipped models")
struct PretrainedTests {
  @Test("segment plain sentences")
  func segments() throws {
    let segmenter = try Pretrained.segmenter()
    #expect(segmenter.words(in: "我爱北京天安门") == ["我", "爱", "北京", "天安门"])
    #expect(segmenter.words(in: "中国人民从此站起来了。") == ["中国", "人民", "从此", "站", "起来", "了", "。"])
    let text = " 2024年，New York 的 GDP 增长３．５％。\n"
    #expect(segmenter.pieces(in: text).joined() == text)
    #expect(segmenter.words(in: text).contains("New"))
    #expect(segmenter.words(in: "").isEmpty && segmenter.pieces(in: "").isEmpty)
    #expect(segmenter.spans(in: SourceText(text)).last?.end == text.utf8.count)
  }

  @Test("say where they come from")
  func metadata() throws {
    let segmenter = try Pretrained.segmenter()
    for key in ["note.corpus", "note.corpus.license", "note.date", "training.seed", "training.dev.f1"] {
      #expect(segmenter.metadata[key]?.isEmpty == false, "no \(key)")
    }
  }

  @Test("know which characters are alike")
  func characters() throws {
    let vectors = try Pretrained.characterVectors()
    #expect(vectors.dimension == 64 && vectors.count == 5538 && vectors.counts?.count == 5538)
    let near = try vectors.nearest(to: "三", count: 5).map(\.word)
    #expect(near.filter { "一二四五六七八九".contains($0) }.count >= 4, "\(near)")
    #expect(try vectors.similarity("江", "河") > vectors.similarity("江", "说"))
    for key in ["note.corpus", "note.corpus.license", "note.date", "training.seed", "training.configuration"] {
      #expect(vectors.metadata[key]?.isEmpty == false, "no \(key)")
    }
  }

  @Test("tell what reviews feel, Chinese and English ones side by side")
  func sentiment() throws {
    let sentiment = try Pretrained.sentiment()
    let texts = [
      ("房间很干净，服务也好，下次还来。", "positive"), ("质量太差了，用了两天就坏，客服也不理人。", "negative"),
      ("A wonderful film with moving performances.", "positive"),
      ("Dull, far too long and badly acted. A waste of time.", "negative"),
    ]
    for (text, label) in texts {
      let prediction = sentiment.prediction(for: text)
      #expect(prediction.label == label, "\(text): \(prediction)")
      #expect(abs(prediction.ranking.reduce(0) { $0 + $1.probability } - 1) < 1e-6)
    }
    // Each text has its own classifier, wherever it stands.
    let block = TextBlock(lines: texts.map { Array($0.0.utf8) })
    #expect(sentiment.predictions(for: block) == texts.map { sentiment.prediction(for: $0.0) })
    let pieces = try #require(sentiment.explanation(of: texts[2].0))
    #expect(try #require(pieces.max { $0.weight < $1.weight }).weight > 0)
  }

  @Test("tell what headlines are about")
  func topics() throws {
    let topics = try Pretrained.topics()
    #expect(topics.labels.count == 10)
    #expect(topics.prediction(for: "国足客场击败对手挺进决赛").label == "sports")
    #expect(topics.prediction(for: "股市大幅上涨 沪指收盘创新高").label == "stocks")
    let texts = ["高考录取分数线公布", "", "新款游戏今日公测"]
    #expect(topics.predictions(for: texts, threads: 2) == texts.map(topics.prediction))
  }

  @Test("classifiers say where they come from")
  func classifierMetadata() throws {
    for name in [Pretrained.Name.chineseTopics, .chineseSentiment, .englishSentiment] {
      let metadata = try Classifier(contentsOf: Pretrained.url(of: name)).metadata
      for key in [
        "note.corpus", "note.corpus.license", "note.date", "training.configuration", "training.dev.accuracy",
      ] {
        #expect(metadata[key]?.isEmpty == false, "\(name): no \(key)")
      }
    }
  }

  @Test("are small")
  func size() throws {
    for name in Pretrained.Name.allCases {
      let attributes = try FileManager.default.attributesOfItem(atPath: Pretrained.url(of: name).path)
      #expect(try #require(attributes[.size] as? Int) < 12_000_000)
    }
  }

  @Test("give readings and confidences")
  func readings() throws {
    let segmenter = try Pretrained.segmenter()
    let readings = segmenter.nBest("结婚的和尚未结婚的", count: 3)
    #expect(readings.count == 3)
    #expect(readings.allSatisfy { $0.words.joined() == "结婚的和尚未结婚的" })
    #expect(readings[0].probability >= readings[1].probability && readings[0].probability <= 1)
    let scored = segmenter.scoredWords(in: SourceText("他来自 北京。"))
    #expect(scored.count == segmenter.words(in: "他来自 北京。").count)
    #expect(scored.allSatisfy { $0.confidence > 0 && $0.confidence <= 1 + 1e-9 })
  }

  @Test("reach their stated score on the PKU test", .enabled(if: SampleCorpus.standardFolder != nil))
  func pkuTest() throws {
    let folder = try #require(SampleCorpus.standardFolder) + "/zh/seg-icwb2/gold/"
    let score = try SegmentationEvaluator(contentsOf: folder + "pku_test_gold.utf8")
      .score(try Pretrained.segmenter().segmenter, threads: 2)
    #expect(score.goldWords == 104372)
    // The model card states 0.9609.
    #expect(score.f1 >= 0.9605, "\(score.f1)")
  }

  @Test("find who and where, in Chinese and in English, and say how sure they are")
  func entities() throws {
    func found(_ name: Pretrained.Name, _ text: String) throws -> [String] {
      let entities = try Pretrained.recognizer(name).entities(in: text)
      for entity in entities {
        #expect(
          Array(text.utf8)[entity.utf8.start..<entity.utf8.end].elementsEqual(entity.text.utf8)
            && (0...1).contains(entity.confidence))
      }
      return entities.map { "\($0.text) \($0.type)" }
    }
    #expect(try found(.chineseEntities, "王小明在北京大学读书，后来去了上海。") == ["王小明 PER", "北京大学 ORG", "上海 LOC"])
    #expect(
      try found(.englishEntities, "Angela Merkel met reporters in Paris on Friday .") == [
        "Angela Merkel PER", "Paris LOC",
      ])
    #expect(try found(.chineseFineEntities, "华为公司的工程师张伟昨天到了深圳").contains("张伟 name"))
    #expect(try found(.englishEmergingEntities, "Going to London with Justin Bieber !").contains("London location"))
  }

  @Test("recognizers say where they come from")
  func recognizerMetadata() throws {
    for name in [
      Pretrained.Name.chineseEntities, .chineseFineEntities, .englishEntities, .englishEmergingEntities,
    ] {
      let metadata = try Pretrained.recognizer(name).metadata
      for key in ["note.corpus", "note.corpus.license", "note.date", "training.seed", "training.dev.f1"] {
        #expect(metadata[key]?.isEmpty == false, "\(name): no \(key)")
      }
    }
  }

  @Test(
    "recognizers reach the score on their cards", .enabled(if: SampleCorpus.standardFolder != nil),
    arguments: [
      (Pretrained.Name.chineseEntities, "zh/ner-msra/test_data", 0.9213),
      (.chineseFineEntities, "zh/ner-cluener2020/dev.json", 0.7644),
      (.englishEntities, "en/conll2003/eng.testb", 0.8977),
      (.englishEmergingEntities, "en/wnut17/emerging.test.annotated", 0.3208),
    ])
  func recognizerScore(name: Pretrained.Name, path: String, f1: Double) throws {
    let corpus = try EntityCorpus(contentsOf: try #require(SampleCorpus.standardFolder) + "/" + path)
    let report = try Pretrained.recognizer(name).evaluate(on: corpus, bootstrap: Bootstrap(resamples: 0), threads: 2)
      .report
    // Rounding differs by the instruction set.
    #expect(abs(report.score.micro.f1 - f1) < 0.003, "\(report.score.micro.f1)")
  }

  @Test("serve many tasks at once with the same results")
  func concurrency() async throws {
    let segmenter = try Pretrained.segmenter()
    let texts = (0..<64).map { "第\($0)届全国人民代表大会在北京召开，代表们讨论了\($0 * 7)项议案。" }
    let expected = texts.map { segmenter.words(in: $0).map(String.init) }
    let found = await withTaskGroup(of: (Int, [String]).self) { group in
      for (index, text) in texts.enumerated() {
        group.addTask { (index, segmenter.words(in: text).map(String.init)) }
      }
      return await group.reduce(into: [Int: [String]]()) { $0[$1.0] = $1.1 }
    }
    #expect(texts.indices.allSatisfy { found[$0] == expected[$0] })
  }
}
