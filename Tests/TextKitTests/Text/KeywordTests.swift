import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitPretrained
import TextKitTestSupport

@Suite("Keywords")
struct KeywordTests {
  /// The ranks as the solution of the linear system, by elimination.
  private func naiveRanks(_ words: [String], window: Int, damping: Double, isCandidate: (String) -> Bool)
    -> [String: Double]
  {
    let nodes = Set(words.filter(isCandidate)).sorted()
    var weights = [[Double]](repeating: [Double](repeating: 0, count: nodes.count), count: nodes.count)
    for i in words.indices {
      for j in words.indices where i < j && j - i < window {
        guard let a = nodes.firstIndex(of: words[i]), let b = nodes.firstIndex(of: words[j]) else { continue }
        weights[a][b] += 1
        weights[b][a] += 1
      }
    }
    var rows = nodes.indices.map { i in
      nodes.indices.map { j in
        let sum = weights[j].reduce(0, +)
        return (i == j ? 1 : 0) - (sum > 0 ? damping * weights[j][i] / sum : 0)
      } + [1 - damping]
    }
    for pivot in rows.indices {
      let best = (pivot..<rows.count).max { abs(rows[$0][pivot]) < abs(rows[$1][pivot]) } ?? pivot
      rows.swapAt(pivot, best)
      for row in rows.indices where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in rows[row].indices { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return Dictionary(uniqueKeysWithValues: nodes.indices.map { (nodes[$0], rows[$0][nodes.count] / rows[$0][$0]) })
  }

  @Test("TextRank solves its equations")
  func textRank() {
    for seed: UInt64 in 0..<60 {
      var random = SeededRandom(seed: seed)
      let words = (0..<random.integer(in: 0..<60)).map { _ in "w\(random.integer(in: 0..<9))" }
      var rank = TextRank()
      rank.window = random.integer(in: 2..<7)
      rank.damping = random.pick([0, 0.5, 0.85])
      rank.tolerance = 1e-12
      rank.maximumIterations = 2000
      let expected = naiveRanks(words, window: rank.window, damping: rank.damping) { $0 != "w0" }
      let found = rank.scores(of: words) { $0 != "w0" }
      #expect(found.count == expected.count, "seed \(seed)")
      for (word, score) in found {
        #expect(abs(score - (expected[word] ?? .nan)) < 1e-8, "seed \(seed): \(word)")
      }
    }
  }

  @Test("a chain of three, by hand")
  func chain() {
    // Window 2: a - b - c. S(b) = 0.15 + 0.85 · (S(a) + S(c)), S(a) = S(c) = 0.15 + 0.85 · S(b) / 2.
    var rank = TextRank()
    rank.window = 2
    rank.tolerance = 1e-12
    let scores = rank.scores(of: ["a", "b", "c"]) { _ in true }
    let middle = (0.15 + 0.85 * 0.3) / (1 - 0.85 * 0.85)
    #expect(abs(scores[1].score - middle) < 1e-9 && abs(scores[0].score - (0.15 + 0.85 * middle / 2)) < 1e-9)
  }

  @Test("a window wider than the text is as wide as the text")
  func wideWindow() {
    let words = (0..<20).map { "w\($0 % 7)" }
    var rank = TextRank()
    rank.window = words.count
    let expected = rank.scores(of: words) { _ in true }
    for window in [words.count + 1, .max - 1, .max] {
      rank.window = window
      let found = rank.scores(of: words) { _ in true }
      #expect(found.map(\.word) == expected.map(\.word) && found.map(\.score) == expected.map(\.score))
    }
    #expect(rank.scores(of: []) { _ in true }.isEmpty)
  }

  private func extractor(_ method: KeywordExtractor.Method = .textRank(TextRank())) throws -> KeywordExtractor {
    KeywordExtractor(
      segmenter: try Pretrained.segmenter(), stopWords: try Pretrained.stopWords(), method: method)
  }

  @Test("TF-IDF as its formula has it")
  func tfIDF() throws {
    var frequencies = DocumentFrequencies()
    for document in [["red", "green"], ["red", "red"], ["blue"]] { frequencies.add(document) }
    #expect(frequencies.documentCount == 3 && frequencies["red"] == 2 && frequencies["grey"] == 0)
    let found = try extractor(.tfIDF(frequencies)).keywords(
      of: ["red", "the", "blue", "red", "5", ",", "grey"], count: 9)
    // Four words count; the stop word, the number and the mark don't.
    #expect(found.map(\.word) == ["red", "grey", "blue"] && found.map(\.count) == [2, 1, 1])
    for (keyword, expected) in zip(found, [2 * (log(4.0 / 3) + 1) / 4, (log(4) + 1) / 4, (log(2) + 1) / 4]) {
      #expect(abs(keyword.score - expected) < 1e-12)
    }
    // Counted in parts, they are the same.
    var (first, second) = (DocumentFrequencies(), DocumentFrequencies())
    first.add(["red", "green"])
    second.add(["red", "red"])
    second.add(["blue"])
    first.merge(second)
    #expect(first == frequencies)
  }

  @Test("Chinese and English texts, side by side")
  func languages() throws {
    let extractor = try extractor()
    let chinese = "中国经济增长放缓，经济学家认为经济改革很重要。改革需要时间，经济增长也需要改革。"
    let english =
      "The economy isn’t growing. Economists say the ECONOMY needs reform, and reform of the economy takes time."
    let texts = extractor.keywords(
      of: TextBlock(lines: [chinese, "", english, "的 了 12 。"].map { Array($0.utf8) }), count: 3)
    #expect(texts[0].map(\.word).contains("经济") && texts[0].map(\.word).contains("改革"))
    #expect(texts[1].isEmpty && texts[3].isEmpty)
    #expect(texts[2].first == texts[2].first { $0.word == "economy" } && texts[2].first?.count == 3)
    #expect(!texts[2].contains { ["the", "of", "isn't"].contains($0.word) })
    #expect(extractor.keywords(in: english, count: 3) == texts[2])
  }

  @Test("lists of stop words: notes are none, a file that isn't there is told of")
  func stopWords() throws {
    let folder = try Folder()
    let url = folder.url.appending(path: "list.txt")
    try Data("# note\n\n Foo \nＢＡＲ\n".utf8).write(to: url)
    #expect(try StopWords(contentsOf: url) == StopWords(["foo", "bar"]))
    #expect(throws: CorpusError.self) { try StopWords(contentsOf: folder.url.appending(path: "grey")) }
    #expect(try Pretrained.stopWords().count > 600)
  }
}
