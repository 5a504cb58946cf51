import Testing
import TextKitModels

@Suite("XXH64")
struct ModelFileHashTests {
  /// The buffer of the reference implementation's sanity check: bytes of a 64-bit congruential generator.
  private static func sanityBuffer(_ count: Int) -> [UInt8] {
    var state: UInt64 = 2_654_435_761
    return (0..<count).map { _ in
      defer { state &*= 11_400_714_785_074_694_797 }
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  private static func hash(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    bytes.withRawBytes { XXHash64.hash($0, seed: seed) }
  }

  @Test(
    "Known answers of the reference implementation (xsum_sanity_check.c)",
    arguments: [
      (0, 0, 0xEF46_DB37_51D8_E999), (0, 2_654_435_761, 0xAC75_FDA2_929B_17EF),
      (1, 0, 0xE934_A84A_DB05_2768), (1, 2_654_435_761, 0x5014_6076_43A9_B4C3),
      (4, 0, 0x9136_A0DC_A574_57EE), (4, 2_654_435_761, 0xCAAB_286B_D8E9_FDB5),
      (14, 0, 0x8282_DCC4_994E_35C8), (14, 2_654_435_761, 0xC3BD_6BF6_3DEB_6DF0),
      (222, 0, 0xB641_AE8C_B691_C174), (222, 2_654_435_761, 0x20CB_8AB7_AE10_C14A),
    ] as [(Int, UInt64, UInt64)])
  func sanity(_ count: Int, _ seed: UInt64, _ expected: UInt64) {
    #expect(Self.hash(Self.sanityBuffer(count), seed: seed) == expected)
  }

  @Test("Known answers for texts")
  func texts() {
    #expect(Self.hash(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    #expect(Self.hash(Array("xxhash".utf8)) == 3_665_147_885_093_898_016)
    #expect(Self.hash(Array("xxhash".utf8), seed: 20_141_025) == 13_067_679_811_253_438_005)
    #expect(Self.hash(Array("Nobody inspects the spammish repetition".utf8)) == 0xFBCE_A83C_8A37_8BF1)
  }

  @Test("Pieces of any size give the hash of the whole")
  func pieces() {
    let bytes = Self.sanityBuffer(300)
    for count in [0, 1, 31, 32, 33, 64, 100, 300] {
      let whole = Array(bytes[..<count])
      for step in [1, 3, 8, 31, 32, 33, 77] {
        var hash = XXHash64()
        for start in stride(from: 0, to: count, by: step) {
          Array(whole[start..<min(start + step, count)]).withRawBytes { hash.update($0) }
          _ = hash.digest()
        }
        #expect(hash.digest() == Self.hash(whole), "\(count) bytes in pieces of \(step)")
      }
    }
  }
}
