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

  @Test("tells what a lexicon's words a bigram is, begins, ends and stands inside of")
  func lexicon() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "lexicon.txt")
    try Data("北京 100 ns\n北京人 3\n一二三四\n\n京 7\n上海\n".utf8).write(to: file)
    var lexicon = Lexicon()
    try lexicon.add(contentsOf: file.path)
    let result = BigramEvidence(lexicon).beside(
      WordVectors(words: ["京人", "的", "二三", "北京", "三四"], values: [1, 2, 3, 4, 5]))
    // 的 is no bigram; 上海 has no vector, 一二 and 北京人 are no words of two characters.
    #expect(result.words == ["北京", "上海", "京人", "二三", "三四"])
    let elements: [String: [Double]] = [
      "北京": [100, 3, 0, 0], "京人": [0, 0, 3, 0], "二三": [0, 0, 0, 1], "三四": [0, 0, 1, 0], "上海": [1, 0, 0, 0],
    ]
    let reference = try row("上海", result)[1]
    for (word, frequencies) in elements {
      for (found, frequency) in zip(try row(word, result).dropFirst(), frequencies) {
        let expected = log(1 + frequency) / log(2)
        #expect(abs(Double(found / reference) - expected) < 1e-4, "\(word)")
      }
    }
    #expect(try row("上海", result)[0] == 0)
    try Data("北京 viel\n".utf8).write(to: file)
    let error = #expect(throws: CorpusError.self) { try lexicon.add(contentsOf: file.path) }
    #expect(error?.line == 1 && error?.found == "\"viel\"")
  }

  @Test("stands beside vectors of bigrams only")
  func needsVectors() throws {
    var vectors = LabelerVectors()
    vectors.lexicon.add(word: "北京".unicodeScalars.map(\.value), frequency: 1)
    #expect(throws: ConfigurationError.self) { try vectors.addBigramEvidence() }
    try vectors.set(.bigrams, to: WordVectors(words: ["北京"], values: [1, 2]))
    try vectors.addBigramEvidence()
    #expect(vectors[.bigrams]?.dimension == 6)
  }
}
