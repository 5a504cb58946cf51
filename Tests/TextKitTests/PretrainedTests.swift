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
