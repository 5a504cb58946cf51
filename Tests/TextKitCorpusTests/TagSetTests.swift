import Foundation
import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct TagSetTests {
  private func spans(_ set: TagSet, _ labels: String) throws -> [String] {
    let tags = try labels.split(separator: " ").map { try #require(set.id(of: String($0))) }
    return set.spans(of: tags.span).map { "\($0.range.lowerBound)-\($0.range.upperBound) \($0.type)" }
  }

  @Test func `labels are made in a fixed order`() {
    #expect(TagSet.words.labels == ["B", "M", "E", "S"])
    #expect(TagSet(scheme: .bio, types: ["PER", "LOC"]).labels == ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"])
    #expect(TagSet(scheme: .bioes, types: ["X"]).labels == ["O", "B-X", "I-X", "E-X", "S-X"])
    #expect(TagSet(scheme: .bmes, types: ["X"]).labels == ["O", "B-X", "M-X", "E-X", "S-X"])
    #expect(TagSet(scheme: .iob1, types: ["X"]).labels == ["O", "B-X", "I-X"])
    #expect(TagSet(scheme: .bio, types: []).labels == ["O", "B", "I"])
  }

  @Test func `given labels keep their order`() throws {
    let labels = ["I-LOC", "O", "B-PER", "B-a-b", "I-PER", "B-LOC"]
    let set = try TagSet(scheme: .bio, labels: labels)
    #expect(set.labels == labels && set.types == ["LOC", "PER", "a-b"])
    #expect(set.id(of: "I-PER") == 4 && set.id(of: "I-a-b") == nil)
    #expect(set.id(of: .begin, type: "a-b") == 3 && set.id(of: .outside, type: "") == 1)
    #expect(set.positions[0] == .inside && set.typeIndices == [0, -1, 1, 2, 1, 0])
    let data = try JSONEncoder().encode(set)
    #expect(try JSONDecoder().decode(TagSet.self, from: data) == set)
    for broken in [["O", "O"], ["E-X"], ["B-"], ["X"], [""], ["b-X"]] {
      #expect(throws: CorpusError.self, "\(broken)") { try TagSet(scheme: .bio, labels: broken) }
    }
  }

  @Test(arguments: TagScheme.allCases)
  func `legality is what spans can make`(scheme: TagScheme) throws {
    for types in [[], ["A"], ["A", "B"]] {
      let set = TagSet(scheme: scheme, types: types)
      // All tag sequences of up to four tokens that some spans are written as.
      var legal: Set<[Int32]> = []
      for count in 1...4 {
        for spans in allSpans(0, count, set.types) {
          if let tags = try? set.tags(of: spans, count: count) {
            #expect(set.spans(of: tags.span) == spans, "\(spans)")
            legal.insert(tags)
          }
        }
      }
      for count in 1...4 {
        for tags in allTags(set.count, count) {
          #expect(set.isLegal(tags.span) == legal.contains(tags), "\(tags.map { set.labels[Int($0)] })")
        }
      }
    }
  }

  private func allTags(_ labels: Int, _ count: Int) -> [[Int32]] {
    if count == 0 { return [[]] }
    return allTags(labels, count - 1).flatMap { head in (0..<Int32(labels)).map { head + [$0] } }
  }

  private func allSpans(_ start: Int, _ count: Int, _ types: [String]) -> [[TypedRange]] {
    if start >= count { return [[]] }
    var result = allSpans(start + 1, count, types)
    for end in (start + 1)...count {
      for type in types {
        result += allSpans(end, count, types).map { [TypedRange(start..<end, type: type)] + $0 }
      }
    }
    return result
  }

  @Test func `illegal sequences are read as conlleval reads them`() throws {
    let bio = TagSet(scheme: .bio, types: ["A", "B"])
    #expect(try spans(bio, "I-A I-A O I-B I-A B-A") == ["0-2 A", "3-4 B", "4-5 A", "5-6 A"])
    #expect(try spans(bio, "B-A I-B I-B") == ["0-1 A", "1-3 B"])
    let bioes = TagSet(scheme: .bioes, types: ["A", "B"])
    #expect(try spans(bioes, "B-A I-A E-A E-A I-A") == ["0-3 A", "3-4 A", "4-5 A"])
    #expect(try spans(bioes, "I-A S-A I-A O E-B B-B") == ["0-1 A", "1-2 A", "2-3 A", "4-5 B", "5-6 B"])
    #expect(try spans(bioes, "B-A E-B") == ["0-1 A", "1-2 B"])
    let iob1 = TagSet(scheme: .iob1, types: ["A", "B"])
    #expect(try spans(iob1, "I-A I-A B-A I-B O I-B") == ["0-2 A", "2-3 A", "3-4 B", "5-6 B"])
    #expect(try spans(TagSet(scheme: .bmes, types: ["A"]), "B-A M-A E-A S-A O") == ["0-3 A", "3-4 A"])
    #expect(try spans(TagSet(scheme: .bio, types: []), "B I O I") == ["0-2 ", "3-4 "])
    #expect(bio.spans(of: [Int32]().span).isEmpty)
  }

  @Test func `spans that can't be written are refused`() throws {
    let set = TagSet(scheme: .bio, types: ["A"])
    let broken: [[TypedRange]] = [
      [TypedRange(0..<2, type: "A"), TypedRange(1..<3, type: "A")], [TypedRange(2..<4, type: "A")],
      [TypedRange(1..<1, type: "A")], [TypedRange(0..<1, type: "X")],
    ]
    for spans in broken {
      #expect(throws: CorpusError.self, "\(spans)") { try set.tags(of: spans, count: 3) }
    }
    // Words leave no token out.
    #expect(throws: CorpusError.self) { try TagSet.words.tags(of: [TypedRange(0..<2, type: "")], count: 3) }
    #expect(
      try TagSet.words.tags(of: [TypedRange(0..<2, type: ""), TypedRange(2..<3, type: "")], count: 3) == [
        0, 2, 3,
      ])
    #expect(
      try set.tags(of: [TypedRange(2..<3, type: "A"), TypedRange(0..<2, type: "A")], count: 4) == [
        1, 2, 1, 0,
      ])
    let iob1 = TagSet(scheme: .iob1, types: ["A"])
    #expect(
      try iob1.tags(of: [TypedRange(0..<2, type: "A"), TypedRange(2..<4, type: "A")], count: 4) == [
        2, 2, 1, 2,
      ])
  }

  @Test func `words become tags and tags words`() {
    for seed: UInt64 in 0..<200 {
      var random = SeededRandom(seed: seed)
      let lengths = (0..<random.integer(in: 0..<20)).map { _ in Int32(random.integer(in: 1..<6)) }
      var tags: [Int32] = []
      TagSet.appendWordTags(lengths: lengths.span, to: &tags)
      #expect(
        tags.count == lengths.reduce(0) { $0 + Int($1) } && TagSet.words.isLegal(tags.span), "seed \(seed)")
      var ends: [Int] = []
      TagSet.appendWordEnds(tags: tags.span, to: &ends)
      #expect(zip([0] + ends, ends).map { Int32($1 - $0) } == lengths, "seed \(seed)")
      // Any tags give words that tile, the same as spans of the untyped set.
      let noise = (0..<random.integer(in: 0..<20)).map { _ in Int32(random.integer(in: 0..<4)) }
      ends.removeAll()
      TagSet.appendWordEnds(tags: noise.span, to: &ends)
      #expect(ends == TagSet.words.spans(of: noise.span).map(\.range.upperBound), "seed \(seed)")
      #expect(ends.last ?? 0 == noise.count, "seed \(seed)")
    }
  }
}
