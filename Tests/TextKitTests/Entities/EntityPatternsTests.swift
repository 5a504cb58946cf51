import Foundation
import Testing
import TextKit
import TextKitTestSupport

@Suite("Patterns of entities")
struct EntityPatternsTests {
  private func found(_ patterns: EntityPatterns, _ text: String) -> [String] {
    patterns.entities(in: SourceText(text)).map { "\($0.text)/\($0.type)" }
  }

  private func words(_ words: [String: String], foldsWidth: Bool = false) -> EntityPatterns {
    EntityPatterns(
      words.sorted { $0.key < $1.key }.map { (.word($0.key), $0.value) }, foldsWidth: foldsWidth)
  }

  private func list(_ text: String, foldsWidth: Bool = false) throws -> EntityPatterns {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "list.tsv")
    try Data(text.utf8).write(to: url)
    return try EntityPatterns(contentsOf: url.path, foldsWidth: foldsWidth)
  }

  @Test("the leftmost, and of these the longest")
  func longest() {
    let patterns = words(["北京": "LOC", "北京大学": "ORG", "大学城": "LOC", "京大": "ORG"])
    #expect(found(patterns, "我在北京大学城的北京，京大") == ["北京大学/ORG", "北京/LOC", "京大/ORG"])
    #expect(found(patterns, "") == [] && found(patterns, "大学") == [])
  }

  @Test(
    "words of letters and digits are not cut out of longer ones",
    arguments: [
      ("USB US", ["US/LOC"]), ("在US的", ["US/LOC"]), ("US2 2US U.S US.", ["US/LOC"]), ("us Us", []), ("US_X", []),
      ("ÜUS", []), ("US\u{301} US", ["US/LOC"]), ("aU\u{301}US", []), ("US's", ["US/LOC"]), ("ＵＳ", []),
      ("서울에서 서울", ["서울/LOC", "서울/LOC"]), ("🇨🇳🇺🇸", ["🇺🇸/LOC"]), ("🇨🇺🇸🇳", []), ("👩‍👩 👩", ["👩/X"]),
    ])
  func boundaries(_ text: String, _ expected: [String]) {
    #expect(found(words(["US": "LOC", "서울": "LOC", "🇺🇸": "LOC", "👩": "X"]), text) == expected)
  }

  @Test("widths are folded where it is asked for; the surface stays as it is")
  func width() {
    let patterns = words(["US": "LOC", "ＩＭＦ": "ORG", "カナダ": "LOC"], foldsWidth: true)
    let text = SourceText("ＵＳ、IMF、ｶナﾀ\u{FF9E}")
    let entities = patterns.entities(in: text)
    #expect(entities.prefix(2).map(\.text) == ["ＵＳ", "IMF"] && entities[0].utf8 == TextSpan(start: 0, end: 6))
    #expect(found(words(["US": "LOC"]), "ＵＳ") == [])
    // Folded, two words are one.
    #expect(words(["US": "LOC", "ＵＳ": "ORG"], foldsWidth: true).report.rejections.count == 1)
  }

  @Test("regular expressions beside words: the leftmost, the longest, then words first, then the order of the list")
  func expressions() throws {
    let patterns = try list(
      """
      /[A-Z][0-9]+/\tID
      A12\tWORD
      /\\d{4}年/\tDATE
      /(?i)imf/\tORG
      /😀+/\tEMOJI
      / +/\tBLANK
      / *x*/\tX
      /x+/\tY
      """)
    #expect(patterns.report.expressionCount == 7 && patterns.report.wordCount == 1)
    #expect(found(patterns, "A12 A123 B7") == ["A12/WORD", "A123/ID", "B7/ID"])
    #expect(found(patterns, "😀1998年😀😀 Imf") == ["😀/EMOJI", "1998年/DATE", "😀😀/EMOJI", "Imf/ORG"])
    // Blanks at the edges are no part of an entity, and alone they are none.
    let text = SourceText("😀 xx  ")
    let entities = patterns.entities(in: text)
    #expect(entities.map(\.type) == ["EMOJI", "X"] && entities[1].utf8 == TextSpan(start: 5, end: 7))
    #expect(entities[1].scalars == 2..<4 && entities.allSatisfy { $0.confidence == 1 })
  }

  @Test("lists: byte order mark, CR, comments, blanks; what is no pattern is reported with its line")
  func reading() throws {
    let patterns = try list(
      "\u{FEFF}# products\r\n 北京 \t LOC \r\n\r\nNew York\tLOC\n北京\tORG\n无\n/[/\tX\n//\tX\na\tb\tc\nB\tP Q\nC\t\n/a/\tX\n/a/\tX"
    )
    let report = patterns.report
    #expect(report.lineCount == 13 && report.wordCount == 2 && report.expressionCount == 1)
    #expect(report.rejections.map(\.line) == [5, 6, 7, 8, 9, 10, 11, 13])
    #expect(report.rejections[0].description.hasSuffix("found \"北京\", which line 2 gives the type LOC"))
    #expect(report.rejections[2].description.contains("expected a regular expression, found \"[\""))
    #expect(patterns.types == ["LOC", "X"])
    #expect(found(patterns, "北京 New York b") == ["北京/LOC", "New York/LOC"])
    #expect(throws: CorpusError.self) { try EntityPatterns(contentsOf: "/none/such") }
  }

  @Test("bytes that are no text are no pattern, and texts of any bytes are searched")
  func anyBytes() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "list.tsv")
    try Data([0xFF, 0x09, 0x41, 0x0A] + Array("北京\tLOC".utf8)).write(to: url)
    let patterns = try EntityPatterns(contentsOf: url.path)
    #expect(patterns.report.rejections.map(\.line) == [1])
    let text = SourceText(bytes: [0xFF, 0xE4] + Array("北京".utf8) + [0x80])
    let entity = try #require(patterns.entities(in: text).first)
    #expect(entity.utf8 == TextSpan(start: 2, end: 8) && entity.scalars == 2..<4 && entity.text == "北京")
  }

  /// All words tried at all places, the longest first.
  private func naive(_ words: [String: String], _ text: [Character]) -> [String] {
    func isLatin(_ index: Int) -> Bool { text.indices.contains(index) && "AB1".contains(text[index]) }
    var (found, place): ([String], Int) = ([], 0)
    while place < text.count {
      let match = (place + 1...text.count).reversed().first { end in
        words[String(text[place..<end])] != nil && !(isLatin(place - 1) && isLatin(place))
          && !(isLatin(end - 1) && isLatin(end))
      }
      if let match, let type = words[String(text[place..<match])] {
        found.append("\(String(text[place..<match]))/\(type)")
      }
      place = match ?? place + 1
    }
    return found
  }

  @Test("finds what trying every word finds", arguments: 0..<100)
  func againstNaive(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    func text(_ range: Range<Int>) -> [Character] {
      (0..<random.integer(in: range)).map { _ in random.pick(Array("AB1北京大 ")) }
    }
    var list: [String: String] = [:]
    for _ in 0..<random.integer(in: 1..<30) {
      let word = String(text(1..<6)).trimmingCharacters(in: .whitespaces)
      if !word.isEmpty { list[word] = random.pick(["X", "Y"]) }
    }
    let patterns = words(list)
    #expect(patterns.report.rejections.isEmpty)
    for _ in 0..<20 {
      let text = text(0..<40)
      #expect(found(patterns, String(text)) == naive(list, text), "seed \(seed): \(list) in \(String(text))")
    }
  }
}

@Suite("Patterns beside a model")
struct PatternPrecedenceTests {
  private func entity(_ start: Int, _ end: Int, _ type: String, _ confidence: Double = 0.5) -> Entity {
    Entity(
      text: "", type: type, scalars: start..<end, utf8: TextSpan(start: start, end: end), confidence: confidence)
  }

  private func merged(_ precedence: PatternPrecedence, _ model: [Entity], _ patterns: [Entity]) -> [String] {
    precedence.merged(model: model, patterns: patterns).map { "\($0.utf8.start)-\($0.utf8.end) \($0.type)" }
  }

  @Test("within, equal, across, around and beside")
  func cases() {
    // The pattern within the model's entity.
    let within = ([entity(0, 9, "M")], [entity(0, 6, "P")])
    #expect(merged(.prefer, within.0, within.1) == ["0-9 M"])
    #expect(merged(.force, within.0, within.1) == ["0-6 P"])
    #expect(merged(.fill, within.0, within.1) == ["0-9 M"])
    // The same stretch.
    let equal = ([entity(3, 6, "M")], [entity(3, 6, "P", 1)])
    #expect(merged(.prefer, equal.0, equal.1) == ["3-6 P"] && merged(.force, equal.0, equal.1) == ["3-6 P"])
    #expect(merged(.fill, equal.0, equal.1) == ["3-6 M"])
    #expect(PatternPrecedence.prefer.merged(model: equal.0, patterns: equal.1)[0].confidence == 1)
    // A pattern across two entities, and one around them.
    let across = ([entity(0, 4, "M"), entity(5, 9, "N")], [entity(3, 6, "P")])
    #expect(merged(.prefer, across.0, across.1) == ["3-6 P"] && merged(.force, across.0, across.1) == ["3-6 P"])
    #expect(merged(.fill, across.0, across.1) == ["0-4 M", "5-9 N"])
    // Neighbors that share nothing.
    for precedence in PatternPrecedence.allCases {
      #expect(
        merged(precedence, [entity(3, 6, "M")], [entity(0, 3, "P"), entity(6, 9, "Q")]) == [
          "0-3 P", "3-6 M", "6-9 Q",
        ])
      #expect(merged(precedence, [], [entity(0, 3, "P")]) == ["0-3 P"])
      #expect(merged(precedence, [entity(0, 3, "M")], []) == ["0-3 M"])
    }
  }

  @Test("prefer: an entity that gives way to one pattern holds back no other")
  func preferTogether() {
    // 2-4 lies within 0-9, but 8-12 doesn't: the entity goes, and both patterns stand.
    let model = [entity(0, 9, "M")]
    #expect(merged(.prefer, model, [entity(2, 4, "P"), entity(8, 12, "Q")]) == ["2-4 P", "8-12 Q"])
    #expect(merged(.prefer, model, [entity(2, 4, "P"), entity(5, 9, "Q")]) == ["0-9 M"])
  }

  @Test("whatever is merged, nothing overlaps and the stated side stands", arguments: 0..<200)
  func properties(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    func some(_ type: String) -> [Entity] {
      var (entities, place): ([Entity], Int) = ([], 0)
      while place < 40 {
        let end = place + random.integer(in: 1..<6)
        if random.chance(0.5) { entities.append(entity(place, end, type)) }
        place = end
      }
      return entities
    }
    let (model, patterns) = (some("M"), some("P"))
    for precedence in PatternPrecedence.allCases {
      let result = precedence.merged(model: model, patterns: patterns)
      for (one, two) in zip(result, result.dropFirst()) { #expect(one.utf8.end <= two.utf8.start, "seed \(seed)") }
      let kept = (model: result.filter { $0.type == "M" }, patterns: result.filter { $0.type == "P" })
      switch precedence {
      case .fill: #expect(kept.model == model, "seed \(seed)")
      case .force: #expect(kept.patterns == patterns, "seed \(seed)")
      case .prefer: break
      }
      // Nothing is dropped for nothing.
      for entity in model + patterns where !result.contains(entity) {
        #expect(
          result.contains { $0.utf8.start < entity.utf8.end && entity.utf8.start < $0.utf8.end }, "seed \(seed)")
      }
    }
  }
}
