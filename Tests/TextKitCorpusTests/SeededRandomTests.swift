import Testing
import TextKitTestSupport

@Suite struct SeededRandomTests {
  @Test func `the numbers of seed 1234567 are those of the published generator`() {
    // SplitMix64 from 1234567, as the reference implementation in C prints it.
    var random = SeededRandom(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  @Test func `text is valid and bytes often are not`() {
    var broken = 0
    for seed: UInt64 in 0..<100 {
      var random = SeededRandom(seed: seed)
      if String(validating: random.bytes(count: 50), as: UTF8.self) == nil { broken += 1 }
      var first = SeededRandom(seed: seed)
      var second = SeededRandom(seed: seed)
      #expect(first.text(pieces: 20) == second.text(pieces: 20))
    }
    #expect((40..<100).contains(broken), "\(broken) of 100 texts of bytes are broken")
  }
}
