import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitPretrained
import TextKitTestSupport

@Suite("Simplified and traditional Chinese")
struct ScriptConverterTests {
  /// Every way of writing to every other, with and without words of a region.
  static let conversions: [ScriptConversion] = ChineseScript.allCases.flatMap { source in
    ChineseScript.allCases.filter { $0 != source }.flatMap { target in
      [false, true].map { ScriptConversion(from: source, to: target, exchangesWords: $0) }
    }
  }

  @Test("phrases decide between characters")
  func phrases() throws {
    let traditional = try Pretrained.converter(.toTraditional)
    let pairs = [
      ("头发", "頭髮"), ("发展", "發展"), ("皇后", "皇后"), ("以后", "以後"), ("面条", "麪條"), ("方面", "方面"),
      ("干净", "乾淨"), ("干部", "幹部"), ("树干", "樹幹"), ("一只鸟", "一隻鳥"), ("只有", "只有"), ("理发师出发了", "理髮師出發了"),
    ]
    for (simplified, expected) in pairs { #expect(traditional.converted(simplified) == expected) }
    let taiwan = try Pretrained.converter(
      ScriptConversion(from: .simplified, to: .taiwan, exchangesWords: true))
    #expect(taiwan.converted("鼠标里面的软件") == "滑鼠裡面的軟體")
    let back = try Pretrained.converter(ScriptConversion(from: .taiwan, to: .simplified, exchangesWords: true))
    #expect(back.converted("滑鼠裡面的軟體") == "鼠标里面的软件")
    // A compatibility ideograph is the character that it stands for.
    #expect(try Pretrained.converter(.toSimplified).converted("\u{F90A}") == "金")
  }

  @Test("sentences come back as they were")
  func roundTrip() throws {
    let text = "我们在图书馆里读书，后来发现头发太长了，就去理发店。「这里的面条很好吃」，他说。天气预报说明天会下雨，干净的衣服别晒在外面。"
    for target in [ChineseScript.traditional, .taiwan, .hongkong] {
      let there = try Pretrained.converter(ScriptConversion(from: .simplified, to: target)).converted(text)
      #expect(there != text && there.contains("髮") && there.unicodeScalars.count == text.unicodeScalars.count)
      #expect(try Pretrained.converter(ScriptConversion(from: target, to: .simplified)).converted(there) == text)
    }
  }

  @Test("as the plainest form of OpenCC's algorithm has it", arguments: conversions)
  func oracle(conversion: ScriptConversion) throws {
    let folder = URL(filePath: SampleCorpus.path("")).deletingLastPathComponent()
      .appending(path: "pretrained/tables/opencc")
    var random = SeededRandom(seed: 7)
    // Pieces of the tables next to each other, so that keys meet, overlap and stand within others.
    var pieces: [[Unicode.Scalar]] = []
    for name in [
      "STPhrases", "TSPhrases", "TWPhrases", "TWVariantsRevPhrases", "HKPhrases", "HKVariants", "TWVariants",
    ] {
      let lines = try String(contentsOf: folder.appending(path: "\(name).txt"), encoding: .utf8)
        .split(separator: "\n").filter { !$0.hasPrefix("#") }
      for _ in 0..<120 { pieces.append(random.pick(lines).unicodeScalars.filter { $0 != "\t" }) }
    }
    let texts = (0..<150).map { _ in
      var text = String.UnicodeScalarView()
      for _ in 0..<random.integer(in: 1..<8) {
        let piece = random.pick(pieces)
        let start = random.integer(in: 0..<piece.count)
        text.append(contentsOf: piece[start..<random.integer(in: start..<(piece.count + 1))])
        if random.chance(0.2) { text.append(random.scalar()) }
      }
      return String(text)
    }
    let converter = try ScriptConverter(conversion, tables: folder)
    #expect(texts.map(converter.converted) == (try NaiveConversion(folder: folder).converted(texts, conversion)))
  }

  @Test("what is not Chinese stays, byte for byte")
  func untouched() throws {
    let converter = try Pretrained.converter(.toTraditional)
    for seed: UInt64 in 0..<200 {
      var random = SeededRandom(seed: seed)
      let bytes = random.bytes(count: 60).filter { $0 < 0xE3 || $0 > 0xEF }.filter { $0 < 0xF0 }
      #expect(converter.converted(bytes) == bytes, "seed \(seed)")
    }
    // Between bytes that are no UTF-8 characters are converted.
    let mixed = [0xFF] + Array("头".utf8) + [0xE5, 0xA4] + Array("发\u{FFFD}".utf8) + [0xF0, 0x9F, 0x98]
    let expected = [0xFF] + Array("頭".utf8) + [0xE5, 0xA4] + Array("發\u{FFFD}".utf8) + [0xF0, 0x9F, 0x98]
    #expect(converter.converted(mixed.map { UInt8($0) }) == expected.map { UInt8($0) })
    #expect(converter.converted("") == "")
  }

  @Test("a damaged table is told of by its line")
  func damage() throws {
    let folder = try Folder()
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.url.appending(path: "\(name).txt"))
    }
    let names = ["TSPhrases", "TSCharacters", "CJK_Compatibility_Ideographs"]
    for name in names { try write(name, "# a note\n\n頭\t头\n") }
    #expect(try ScriptConverter(.toSimplified, tables: folder.url).converted("頭") == "头")
    for line in ["頭", "頭\t", "\t头", "頭\t头\t头", "頭\t 头", "# @reverse-prefer: a b c"] {
      try write("TSCharacters", "# a note\n\(line)\n")
      let error = #expect(throws: CorpusError.self) { try ScriptConverter(.toSimplified, tables: folder.url) }
      #expect(error?.line == 2 && error?.file.hasSuffix("TSCharacters.txt") == true, "\(line)")
    }
    try FileManager.default.removeItem(at: folder.url.appending(path: "TSCharacters.txt"))
    #expect(throws: CorpusError.self) { try ScriptConverter(.toSimplified, tables: folder.url) }
  }
}
