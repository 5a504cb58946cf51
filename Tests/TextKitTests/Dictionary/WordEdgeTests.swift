import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport

@Suite("Where listed words begin and end")
struct WordEdgeTests {
  private func patterns(_ words: [[UInt32]]) throws -> EntityPatterns {
    var dictionary = UserDictionary(normalizer: .none)
    for word in words { try dictionary.insert(string(word), type: "W") }
    return EntityPatterns(dictionary)
  }

  private func string(_ scalars: [UInt32]) -> String {
    String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
  }

  private let flags: Set<UInt32> = [0x1F1E8, 0x1F1F3]
  /// An accent, which belongs to what stands before it, and a mark that does not.
  private let marks: Set<UInt32> = [0x301, 0x200B]
  private let apart: Set<UInt32> = [0x65, 0x31]

  /// Looks back from every place anew.
  private func isEdge(_ text: [UInt32], _ index: Int) -> Bool {
    guard index > 0, index < text.count else { return true }
    let before = text[..<index]
    if text[index] == 0x301 { return false }
    if flags.contains(text[index]) { return before.reversed().prefix { flags.contains($0) }.count % 2 == 0 }
    return !(apart.contains(text[index]) && before.last { !marks.contains($0) }.map(apart.contains) ?? false)
  }

  /// From left to right the longest word that both ends allow.
  private func naive(_ words: [[UInt32]], _ text: [UInt32]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var place = 0
    while place < text.count {
      let ends = words.filter { text[place...].starts(with: $0) }.map { place + $0.count }
      if isEdge(text, place), let end = ends.filter({ isEdge(text, $0) }).max() {
        found.append(place..<end)
        place = end
      } else {
        place += 1
      }
    }
    return found
  }

  @Test("as looking back from every place finds", arguments: 0..<100)
  func edges(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let alphabet = flags.sorted() + marks.sorted() + apart.sorted() + [0x6211]
    // A few scalars of the alphabet make long runs.
    let used = (0..<random.integer(in: 1..<5)).map { _ in random.pick(alphabet) }
    func some(_ range: Range<Int>) -> [UInt32] { (0..<random.integer(in: range)).map { _ in random.pick(used) } }
    for _ in 0..<10 {
      let words = (0..<random.integer(in: 1..<6)).map { _ in some(1..<5) }
      let text = some(0..<80)
      let found = try patterns(words).entities(in: SourceText(string(text))).map(\.scalars)
      #expect(found == naive(words, text), "seed \(seed): \(words) in \(text)")
    }
  }

  @Test("the time of long runs of flags and of marks grows with their length", .timeLimit(.minutes(2)))
  func longRuns() throws {
    for (word, count) in [([0x1F1E8, 0x1F1F3], 200_000), ([0x200B], 300_000)] as [([UInt32], Int)] {
      let patterns = try patterns([word])
      let text = SourceText(String(repeating: string(word), count: count))
      var found = 0
      // Looking back from each place took minutes.
      #expect(ContinuousClock().measure { found = patterns.entities(in: text).count } < .seconds(10))
      #expect(found == count)
    }
  }
}
