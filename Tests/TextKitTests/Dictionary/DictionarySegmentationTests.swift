import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitPretrained
import TextKitTestSupport

@Suite("Segmentation with a user dictionary")
struct DictionarySegmentationTests {
  /// A word, a text, what comes out without a dictionary, in `prefer` and in `force`.
  static let behaviors: [(word: String, text: String, none: String, prefer: String, force: String)] = [
    ("天安门广场", "我在天安门广场", "我/在/天安门/广场", "我/在/天安门广场", "我/在/天安门广场"),
    ("京天", "北京天安门", "北京/天安门", "北京/天安门", "北/京天/安门"),
    ("New York", "他在New York读书", "他/在/New/ /York/读书", "他/在/New York/读书", "他/在/New York/读书"),
    ("new york", "ＮＥＷ　ＹＯＲＫ", "ＮＥＷ/　/ＹＯＲＫ", "ＮＥＷ　ＹＯＲＫ", "ＮＥＷ　ＹＯＲＫ"),
    ("#话题#", "看#话题#吧", "看/#/话题/#/吧", "看/#话题#/吧", "看/#话题#/吧"),
    ("G20峰会", "参加Ｇ２０峰会", "参加/Ｇ２０/峰会", "参加/Ｇ２０峰会", "参加/Ｇ２０峰会"),
    ("iPhone手机", "买了iPhone手机", "买/了/iPhone/手机", "买/了/iPhone手机", "买/了/iPhone手机"),
    ("US", "USB接口", "USB/接口", "USB/接口", "USB/接口"),
    ("你好，世界", "说你好，世界！", "说/你好/，/世界/！", "说/你好，世界/！", "说/你好，世界/！"),
  ]

  @Test("words, texts, modes", arguments: behaviors)
  func behavior(_ word: String, _ text: String, _ none: String, _ prefer: String, _ force: String) throws {
    var segmenter = try Pretrained.segmenter()
    func pieces() -> String { segmenter.pieces(in: text).joined(separator: "/") }
    #expect(pieces() == none)
    segmenter.dictionary = UserDictionary([word])
    #expect(pieces() == prefer)
    segmenter.dictionaryMode = .force
    #expect(pieces() == force)
    segmenter.dictionary?.remove(word)
    #expect(pieces() == none)
    segmenter.dictionary = nil
    #expect(pieces() == none)
  }

  @Test("forced words that overlap: the longer one, then the one listed first")
  func overlaps() throws {
    var segmenter = try Pretrained.segmenter()
    segmenter.dictionaryMode = .force
    segmenter.dictionary = UserDictionary(["北京", "京大学", "大学城", "学城的"])
    #expect(segmenter.words(in: "北京大学城的").prefix(2) == ["北", "京大学"])
    segmenter.dictionary = UserDictionary(["大学城", "京大学", "北京", "学城的"])
    #expect(segmenter.words(in: "北京大学城的") == ["北京", "大学城", "的"])
  }

  @Test("every way to segment heeds the dictionary; readings are the model's alone")
  func everyMethod() throws {
    var segmenter = try Pretrained.segmenter()
    segmenter.dictionary = UserDictionary(["New York", "天安门广场"])
    let text = "他 在New York，我在天安门广场"
    let words = segmenter.words(in: text).map(String.init)
    #expect(words.contains("New York") && words.contains("天安门广场"))
    #expect(segmenter.pieces(in: text).joined() == text)
    func string(_ span: TextSpan) -> String {
      String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
    }
    let scored = segmenter.scoredWords(in: SourceText(text))
    #expect(scored.map { string($0.span) } == words)
    #expect(scored.allSatisfy { (0...1.000001).contains($0.confidence) })
    #expect(segmenter.spans(in: SourceText(text)).map(string).filter { $0 != " " } == words)
    let reading = segmenter.nBest("我在天安门广场", count: 1)
    segmenter.dictionary = nil
    #expect(reading.map { $0.words } == segmenter.nBest("我在天安门广场", count: 1).map { $0.words })
    // The model's own opinion of a word that it would not have made.
    let plain = segmenter.scoredWords(in: SourceText("我在天安门广场")).map(\.confidence)
    let word = try #require(scored.last)
    #expect(plain.count == 4 && word.confidence < 0.5)
  }

  @Test("a bonus of 0 changes nothing that the model can read, a huge one brings every word")
  func bonuses() throws {
    var segmenter = try Pretrained.segmenter()
    let text = "北京天安门"
    segmenter.dictionary = UserDictionary(["京天"])
    segmenter.dictionaryBonus = 0
    #expect(segmenter.words(in: text) == ["北京", "天安门"])
    segmenter.dictionaryBonus = 1000
    #expect(segmenter.words(in: text).contains("京天"))
  }

  @Test("half a million words slow segmentation little", .enabled(if: SampleCorpus.standardFolder != nil))
  func speed() throws {
    let folder = try #require(SampleCorpus.standardFolder)
    let lines = try String(contentsOfFile: folder + "/zh/seg-icwb2/testing/pku_test.utf8", encoding: .utf8)
      .split(separator: "\n").prefix(600).map { Array($0.utf8) }
    var segmenter = try Pretrained.segmenter()
    func seconds() -> Double { ContinuousClock().measure { _ = segmenter.segment(lines) } / .seconds(1) }
    let plain = min(seconds(), seconds())
    var dictionary = UserDictionary()
    for line in try String(contentsOfFile: folder + "/zh/dict-jieba/dict.txt", encoding: .utf8).split(separator: "\n")
    {
      try dictionary.insert(String(line.prefix { $0 != " " }))
    }
    for number in 0..<150_000 { try dictionary.insert("词\(number)") }
    #expect(dictionary.count > 490_000)
    segmenter.dictionary = dictionary
    let known = min(seconds(), seconds())
    // Measured: a tenth. Tests may share the machine.
    #expect(known < 2 * plain + 0.1, "\(known) s, without a dictionary \(plain) s")
  }
}
