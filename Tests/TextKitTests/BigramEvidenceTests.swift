import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitTestSupport

@Suite("Evidence of bigrams")
struct BigramEvidenceTests {
  private func row(_ word: String, _ vectors: WordVectors) throws -> [Float] {
    try #require(vectors.vector(for: word), "\(word) has a row")
  }

  @Test("tells how text tags a bigram, beside the vector, by the logarithm of shares over the prior ones")
  func tags() throws {
    var evidence = BigramEvidence()
    // BE of 北京 3 times; ES of 京人 once, SB of 人北 once; full width is folded.
    for words in [["北京", "人", "北京"], ["北京"], ["Ａ"]] { evidence.add(SegmentedSentence(words: words)) }
    let vectors = WordVectors(words: ["海上", "北京", "京人"], values: [3, 4, 0, 1, 1, 0])
    let result = evidence.beside(vectors)
    #expect(result.dimension == 10)
    #expect(result.words == ["北京", "京人", "海上"], "by falling counts")
    let prior = [4, 1, 1, 1, 1, 2, 2, 1].map { $0 / 13.0 }
    func expected(_ counts: [Double]) -> [Double] {
      let total = counts.reduce(0, +)
      return zip(counts, prior).map { log(($0 + 2 * $1) / (total + 2) / $1) }
    }
    let (beijing, jingren) = (expected([3, 0, 0, 0, 0, 0, 0, 0]), expected([0, 0, 0, 0, 0, 1, 0, 0]))
    // The mean square over all rows, that of 海上 without evidence among them, is 1 as that of the vectors is.
    let scale = (24 / (beijing + jingren).reduce(0) { $0 + $1 * $1 }).squareRoot()
    let vectorScale = (6 / 27.0).squareRoot()
    let found = try row("北京", result) + row("京人", result) + row("海上", result)
    let all = [0, vectorScale] + beijing.map { $0 * scale } + [vectorScale, 0] + jingren.map { $0 * scale }
    for (value, expected) in zip(found, all + [3 * vectorScale, 4 * vectorScale] + [Double](repeating: 0, count: 8)) {
      #expect(abs(Double(value) - expected) < 1e-5)
    }
  }

  @Test("tells what a lexicon's words a bigram is, begins, ends and stands inside of")
  func lexicon() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "lexicon.txt")
    try Data("北京 100 ns\n北京人 3\n一二三四\n\n京 7\n上海\n".utf8).write(to: file)
    var evidence = BigramEvidence()
    try evidence.add(lexicon: file.path)
    let result = evidence.beside(WordVectors(words: ["京人", "的", "二三", "北京", "三四"], values: [1, 2, 3, 4, 5]))
    // 的 is no bigram; 上海 has no vector, 一二 and 北京人 are no words of two characters.
    #expect(result.words == ["北京", "上海", "京人", "二三", "三四"])
    let elements: [String: [Double]] = [
      "北京": [100, 3, 0, 0], "京人": [0, 0, 3, 0], "二三": [0, 0, 0, 1], "三四": [0, 0, 1, 0], "上海": [1, 0, 0, 0],
    ]
    let reference = try row("上海", result)[1]
    for (word, frequencies) in elements {
      for (found, frequency) in zip(try row(word, result).dropFirst(), frequencies) {
        #expect(abs(Double(found / reference) - log(1 + frequency) / log(2)) < 1e-4, "\(word)")
      }
    }
    #expect(try row("上海", result)[0] == 0)
    try Data("北京 viel\n".utf8).write(to: file)
    let error = #expect(throws: CorpusError.self) { try evidence.add(lexicon: file.path) }
    #expect(error?.line == 1 && error?.found == "\"viel\"")
  }

  @Test("stands beside vectors of bigrams only")
  func needsVectors() throws {
    var evidence = BigramEvidence()
    evidence.add(SegmentedSentence(words: ["北京"]))
    var vectors = LabelerVectors()
    #expect(throws: ConfigurationError.self) { try vectors.add(evidence) }
    try vectors.set(.bigrams, to: WordVectors(words: ["北京"], values: [1, 2]))
    try vectors.add(evidence)
    #expect(vectors[.bigrams]?.dimension == 10)
  }
}
