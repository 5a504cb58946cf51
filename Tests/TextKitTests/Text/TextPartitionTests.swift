import Testing
import TextKit
import TextKitCorpus
import TextKitTestSupport

@Suite("Parts of texts")
struct TextPartitionTests {
  /// The parts of a text that comes in chunks of so many bytes.
  private func parts(_ bytes: [UInt8], _ partition: TextPartition, chunk: Int) -> [[UInt8]] {
    var (parts, held): ([[UInt8]], [UInt8]) = ([], [])
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      held += bytes[start..<min(bytes.count, start + chunk)]
      guard start + chunk < bytes.count else { break }
      while let end = partition.end(in: held.span) {
        parts.append(Array(held[..<end]))
        held.removeFirst(end)
      }
    }
    return held.isEmpty ? parts : parts + [held]
  }

  private func sentences(_ text: [UInt8], _ granularity: SentenceSplitter.Granularity) -> [[UInt8]] {
    let source = SourceText(bytes: text)
    return SentenceSplitter(granularity: granularity).sentences(of: source).map { Array(source[$0.utf8]) }
  }

  @Test("have the sentences of the whole, however the text came", arguments: 0..<30)
  func sentences(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var text = (0..<400).map { _ in
      random.text(pieces: 5) + random.pick(["。", "。\n\u{3000}\u{3000}", "\n \u{3000}", "！” ", "\r\n\r\n", "x.\" "])
    }.joined()
    // Without line feeds there is nothing to go by but the sentences themselves.
    if random.chance(0.5) { text.unicodeScalars.removeAll { $0 == "\n" } }
    let bytes = Array(text.utf8)
    for granularity in SentenceSplitter.Granularity.allCases {
      let partition = TextPartition(.sentences(granularity), longest: 1500)
      let found = parts(bytes, partition, chunk: random.integer(in: 1..<300))
      #expect(found.count > 1 && Array(found.joined()) == bytes, "seed \(seed)")
      #expect(
        found.flatMap { sentences($0, granularity) } == sentences(bytes, granularity),
        "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test("are small where every line begins with white space")
  func indented() {
    let line = Array("\u{3000}\u{3000}今天下雨。\n".utf8)
    let bytes = Array(repeatElement(line, count: 1000).joined())
    for place in [TextPartition.Place.sentences(.sentence), .lines] {
      let found = parts(bytes, TextPartition(place), chunk: 1000)
      #expect(Array(found.joined()) == bytes && found.allSatisfy { $0.count < 1000 + 2 * line.count })
      if case .lines = place {
        #expect(found.allSatisfy { $0.last == 0x0A })
      } else {
        #expect(found.dropFirst().allSatisfy { $0.starts(with: "今".utf8) })
      }
    }
  }

  @Test("of a line without an end are cut behind sentences, else between characters")
  func longLine() {
    let plain = Array(String(repeating: "字", count: 3000).utf8)
    let marked = Array(String(repeating: "今天下雨。", count: 600).utf8)
    for place in [TextPartition.Place.sentences(.clause), .lines] {
      for (bytes, end) in [(plain, "字"), (marked, "。")] {
        let found = parts(bytes, TextPartition(place, longest: 100), chunk: 7)
        #expect(Array(found.joined()) == bytes && found.count > 80 && found.allSatisfy { $0.count < 107 })
        for part in found.dropLast() { #expect(String(validating: part, as: UTF8.self)?.hasSuffix(end) == true) }
      }
    }
  }

  @Test("are told in linear time", .timeLimit(.minutes(1)))
  func lineFeeds() {
    let bytes = [UInt8](repeating: 0x0A, count: 1 << 20)
    let partition = TextPartition(.sentences(.sentence), longest: 1 << 22)
    #expect(partition.end(in: bytes.span) == nil)
  }
}
