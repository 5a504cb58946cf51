import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Distinct tokens of a batch")
struct DistinctTokensTests {
  @Test("are those that occur, ascending, and each position finds its own", arguments: 1...30 as ClosedRange<UInt64>)
  func distinct(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let vocabularySize = random.pick([1, 63, 64, 65, 500])
    let tokens = (0..<random.integer(in: 0..<200)).map { _ in Int32(random.integer(in: -2..<vocabularySize)) }
    let found = DistinctTokens(tokens, vocabularySize: vocabularySize)
    #expect(found.ids == Set(tokens.filter { $0 >= 0 }).sorted())
    #expect(found.rows.map { $0 < 0 ? $0 : found.ids[Int($0)] } == tokens)
  }

  @Test("of no tokens are none")
  func empty() {
    let found = DistinctTokens([], vocabularySize: 0)
    #expect(found.ids.isEmpty && found.rows.isEmpty)
  }
}
