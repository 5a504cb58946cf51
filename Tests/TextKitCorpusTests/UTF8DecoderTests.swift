import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct UTF8DecoderTests {
  @Test func `scalars tile any bytes and are those of String`() {
    for seed: UInt64 in 0..<400 {
      var random = SeededRandom(seed: seed)
      let bytes = random.bytes(count: 200)
      let text = ScalarText(bytes.span)
      #expect(
        text.scalars == String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value), "seed \(seed)")
      #expect(text.offsets.count == text.count + 1)
      #expect(text.offsets.first == 0 && text.offsets.last == Int32(bytes.count))
      for index in 0..<text.count {
        let span = text.byteSpan(of: index..<(index + 1))
        #expect((1...4).contains(span.count), "seed \(seed)")
        // Each range decodes by itself to the scalar: nothing depends on its neighbors.
        let alone = String(decoding: bytes[span.range], as: UTF8.self).unicodeScalars.map(\.value)
        #expect(alone == [text.scalars[index]], "seed \(seed)")
      }
    }
  }

  @Test func `every scalar decodes and encodes`() {
    var bytes: [UInt8] = []
    let all = (0...0x10FFFF as ClosedRange<UInt32>).filter { Unicode.Scalar($0) != nil }
    UTF8Encoder.append(all.span, to: &bytes)
    #expect(ScalarText(bytes.span).scalars == all)
    #expect(UTF8Decoder.firstInvalidOffset(in: bytes.span) == nil)
  }

  @Test func `validation agrees with String`() {
    for seed: UInt64 in 0..<200 {
      var random = SeededRandom(seed: seed)
      let bytes = random.chance(0.5) ? random.bytes(count: 40) : Array(random.text(pieces: 20).utf8)
      let offset = UTF8Decoder.firstInvalidOffset(in: bytes.span)
      #expect((offset == nil) == (String(validating: bytes, as: UTF8.self) != nil), "seed \(seed)")
      if let offset { #expect(String(validating: bytes[..<offset], as: UTF8.self) != nil, "seed \(seed)") }
    }
  }

  @Test func `the standard's example of maximal subparts`() {
    // The Unicode Standard, table 3-11.
    let bytes: [UInt8] = [
      0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41,
    ]
    let text = ScalarText(bytes.span)
    #expect(text.scalars == [0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41])
    #expect(text.offsets == [0, 2, 3, 6, 8, 9])
  }

  @Test func `buffers are reused and refilled`() {
    var text = ScalarText(Array("第一句".utf8).span)
    text.decode(Array("ab".utf8).span)
    #expect(text.scalars == [0x61, 0x62])
    #expect(text.offsets == [0, 1, 2])
    text.decode([UInt8]().span)
    #expect(text.isEmpty && text.offsets == [0])
  }

  @Test func `byte spans and scalar ranges convert both ways`() {
    for seed: UInt64 in 0..<100 {
      var random = SeededRandom(seed: seed)
      let bytes = random.bytes(count: 60)
      let text = ScalarText(bytes.span)
      for start in 0...text.count {
        for end in start...text.count {
          #expect(text.scalarRange(of: text.byteSpan(of: start..<end)) == start..<end, "seed \(seed)")
        }
      }
      for byte in bytes.indices {
        let range = text.scalarRange(of: TextSpan(start: byte, end: byte + 1))
        #expect(range.count == 1 && text.byteSpan(of: range).range.contains(byte), "seed \(seed)")
      }
    }
  }
}
