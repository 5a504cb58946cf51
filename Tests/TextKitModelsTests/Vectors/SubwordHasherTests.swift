import Testing
import TextKitModels

@Suite("Pieces of words")
struct SubwordHasherTests {
  private func buckets(_ word: String, _ minimum: Int, _ maximum: Int, _ count: Int) -> [Int32] {
    let hasher = SubwordHasher(minimumLength: minimum, maximumLength: maximum, bucketCount: count)
    var buckets: [Int32] = []
    let bytes = Array(word.utf8)
    hasher.appendBuckets(of: bytes.span, to: &buckets)
    return buckets
  }

  // def fnv(data):                                            # Dictionary::hash
  //     h = 2166136261
  //     for byte in data:
  //         h ^= byte | 0xFFFFFF00 if byte >= 128 else byte   # uint32_t(int8_t(byte))
  //         h = h * 16777619 & 0xFFFFFFFF
  //     return h
  // [fnv(ngram) % buckets for ngram in ngrams]                # n-grams as in Dictionary::computeSubwords
  // gensim.models.fasttext.ft_ngram_hashes (4.4.0) gives the same.
  @Test("The numbers are those of fastText")
  func goldens() {
    #expect(
      buckets("where", 3, 6, 2_000_000) == [
        167652, 989715, 1_526_707, 1_071_586, 420941, 312621, 969176, 121234, 1_473_420, 1_540_811, 114991, 1_529_033,
        1_568_469, 867498,
      ])
    #expect(buckets("北京", 1, 3, 1000) == [543, 847, 585, 609, 253, 85, 713])
    #expect(buckets("é", 1, 2, 100) == [27, 77, 81])
    #expect(buckets("a", 1, 6, 50) == [0, 0, 20, 6])
    #expect(buckets("", 1, 3, 50) == [17])
    #expect(buckets("", 3, 6, 50) == [])
    #expect(
      buckets("naïve", 2, 3, 2_000_000) == [
        1_120_655, 1_806_890, 848112, 1_590_546, 657750, 356832, 302403, 1_711_570, 796612, 1_088_654, 458490,
      ])
  }

  @Test("Bytes that are no UTF-8 are characters as well")
  func anyBytes() {
    let hasher = SubwordHasher(minimumLength: 1, maximumLength: 2, bucketCount: 97)
    var buckets: [Int32] = []
    for bytes: [UInt8] in [[0x80], [0xE5, 0x8C], [0xFF, 0xFE], [0xC3, 0x28]] {
      hasher.appendBuckets(of: bytes.span, to: &buckets)
    }
    #expect(!buckets.isEmpty && buckets.allSatisfy { 0 <= $0 && $0 < 97 })
  }

  @Test("A word that is not in the table is the mean of its pieces")
  func unknownWord() throws {
    let hasher = SubwordHasher(minimumLength: 3, maximumLength: 3, bucketCount: 10)
    let rows = VectorRows((0..<20).map { Float($0 * $0) }, dimension: 2)
    let vectors = WordVectors(
      words: ["ab"], values: [7, 8], subwords: Subwords(hasher: hasher, rows: rows))
    #expect(vectors.vector(for: "ab") == [7, 8])
    let pieces = buckets("abc", 3, 3, 10).map { rows[Int($0)] }
    #expect(pieces.count == 3)
    let mean = (0..<2).map { column in pieces.map { $0[column] }.reduce(0, +) / 3 }
    #expect(vectors.vector(for: "abc") == mean)
    #expect(vectors.vector(for: "") == nil)
    #expect(WordVectors(words: ["ab"], values: [7, 8]).vector(for: "abc") == nil)
  }
}
