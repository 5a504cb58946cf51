import Testing
import TextKit
import TextKitCorpus

@Suite("Stretches of long texts")
struct TextStretchesTests {
  private func stretches(_ bytes: [UInt8]) -> [TextStretches.Stretch] {
    var stretches = TextStretches(bytes, bytes.indices)
    var found: [TextStretches.Stretch] = []
    while let stretch = stretches.next() { found.append(stretch) }
    return found
  }

  @Test("tile the text, are short, and count the characters before them", arguments: 0..<6)
  func tile(_ kind: Int) {
    let unit = [
      "我爱北京。他说：“好！”  ", "word word. ", "没有句号的话", "a", "\u{1F468}\u{200D}\u{1F469}", "\u{FF}x ",
    ][kind]
    var bytes = Array(String(repeating: unit, count: 3 * TextStretches.size / unit.utf8.count).utf8)
    if kind == 5 { bytes = bytes.map { $0 == 0xC3 ? 0xFF : $0 } }
    let found = stretches(bytes)
    #expect(found.count >= 3)
    var (place, scalars) = (0, 0)
    for stretch in found {
      #expect(
        stretch.bytes.lowerBound == place && !stretch.bytes.isEmpty && stretch.bytes.count <= TextStretches.size)
      #expect(stretch.scalarsBefore == scalars)
      place = stretch.bytes.upperBound
      scalars += ScalarText(bytes.span.extracting(stretch.bytes)).count
    }
    #expect(place == bytes.count && scalars == ScalarText(bytes.span).count)
  }

  @Test("end where sentences do, and then at blanks")
  func ends() {
    let bytes = Array(String(repeating: "我爱北京。他说：“好！”  ", count: 40_000).utf8)
    for stretch in stretches(bytes).dropLast() {
      let tail = String(decoding: bytes[stretch.bytes].suffix(11), as: UTF8.self)
      #expect(tail.hasSuffix("。") || tail.hasSuffix("！”  "), "\(tail)")
    }
    let words = Array(String(repeating: "abcdefg ", count: 100_000).utf8)
    for stretch in stretches(words).dropLast() { #expect(words[stretch.bytes.upperBound - 1] == 0x20) }
    #expect(stretches([]).isEmpty)
  }
}
