import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport

@Suite("User dictionaries")
struct UserDictionaryTests {
  private func dictionary(_ bytes: [UInt8], normalizer: Normalizer = .standard) throws -> UserDictionary {
    let folder = try Folder()
    let url = folder.url.appending(path: "words.txt")
    try Data(bytes).write(to: url)
    return try UserDictionary(contentsOf: url.path, normalizer: normalizer)
  }

  private func dictionary(_ text: String) throws -> UserDictionary { try dictionary(Array(text.utf8)) }

  /// A line, the word that it holds and its type; nil for a line that is no word.
  static let lines: [(line: String, word: String?, type: String?)] = [
    ("北京", "北京", nil), ("  北京\u{3000}", "北京", nil), ("北京\r", "北京", nil), ("北京\tLOC", "北京", "LOC"),
    ("北京 \t LOC ", "北京", "LOC"), ("北京\t", "北京", nil), ("New York", "New York", nil), ("C++", "C++", nil),
    ("c#", "C#", nil), ("\\#tag", "#tag", nil), ("\\# 1", "# 1", nil), ("\\\\server", "\\server", nil),
    ("\\server", "\\server", nil), ("\\", "\\", nil), ("3.14", "3.14", nil), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦", nil),
    ("Ｇ２０", "g20", nil), ("/a/\tX", "/a/", "X"), ("，", "，", nil), ("#", "", nil), ("# a word", "", nil),
    (" #a\tb\tc\td", "", nil), ("", "", nil), (" \t \t ", "", nil), ("\tLOC", nil, nil), ("\u{3000}", nil, nil),
    ("a\tb\tc", nil, nil), ("北京\tP Q", nil, nil), ("北京\tP\u{3000}Q", nil, nil),
    // As jieba and HanLP have it, which would be words with blanks.
    ("创新办 3 i", nil, nil), ("创新办 3 i\r", nil, nil), (" 台中  5 nz ", nil, nil), ("Beijing 3 ns", nil, nil),
    ("攻城狮 nz 1024", nil, nil), ("创新办 3 i\t", "创新办 3 i", nil), ("创新办 3\tORG", "创新办 3", "ORG"),
    ("iPhone 15", "iPhone 15", nil), ("iPhone 15 Pro", "iPhone 15 Pro", nil), ("创新办 3", "创新办 3", nil),
    ("Windows xp 3", "Windows xp 3", nil), ("to be or 2 be", "to be or 2 be", nil), ("3 4 5", "3 4 5", nil),
  ]

  @Test("lines", arguments: lines)
  func line(_ line: String, _ word: String?, _ type: String?) throws {
    let dictionary = try dictionary("首行\n" + line + "\n末行")
    let report = dictionary.report
    #expect(report.lineCount == 3 && dictionary.contains("首行") && dictionary.contains("末行"))
    if let word, !word.isEmpty {
      #expect(dictionary.count == 3 && dictionary.contains(word) && dictionary.type(of: word) == type)
      #expect(report.acceptedCount == 3 && report.rejections.isEmpty && report.skippedCount == 0)
      #expect(dictionary.types == (type.map { [$0] } ?? []))
    } else {
      #expect(dictionary.count == 2 && report.acceptedCount == 2 && dictionary.types.isEmpty)
      #expect(
        report.skippedCount == (word == nil ? 0 : 1) && report.rejections.map(\.line) == (word == nil ? [2] : []))
    }
  }

  @Test("byte order mark, CR LF, bytes that are no text, words twice and with two types")
  func report() throws {
    let text = "\u{FEFF}北京\r\n上海\tLOC\r\n\r\n北京\r\n北京\tLOC\r\n上海\r\n上海\tORG\r\nＡ\r\na\r\n"
    let dictionary = try dictionary(Array(text.utf8) + [0x41, 0xFF, 0x0A, 0xE4, 0xBD])
    let report = dictionary.report
    #expect(report.lineCount == 11 && report.acceptedCount == 3 && dictionary.count == 3)
    #expect(report.duplicateCount == 4 && report.skippedCount == 1 && report.rejections.map(\.line) == [7, 10, 11])
    #expect(report.rejections[0].found == "\"上海\\tORG\", and line 2 gives the type LOC")
    #expect(report.rejections[1].expected == "valid UTF-8")
    #expect(
      dictionary.type(of: "北京") == "LOC" && dictionary.type(of: "上海") == "LOC" && dictionary.type(of: "A") == nil)
    #expect(dictionary.typedCount == 2 && dictionary.types == ["LOC"])
    #expect(throws: CorpusError.self) { try UserDictionary(contentsOf: "/none/such") }
  }

  @Test("what doesn't count as a difference is as the normalizer says")
  func normalizers() throws {
    let bytes = Array("ＵＳ".utf8)
    #expect(try dictionary(bytes).contains("us"))
    let width = try dictionary(bytes, normalizer: Normalizer(foldWidth: true))
    #expect(width.contains("US") && !width.contains("us"))
    let none = try dictionary(bytes, normalizer: .none)
    #expect(none.contains("ＵＳ") && !none.contains("US"))
  }

  @Test("words come and go")
  func changes() throws {
    var dictionary = UserDictionary(["北京", " ", "北京"])
    #expect(dictionary.report.lineCount == 3 && dictionary.report.acceptedCount == 1)
    #expect(dictionary.report.duplicateCount == 1 && dictionary.report.rejections.map(\.line) == [2])
    let copy = dictionary
    #expect(try dictionary.insert("北京大学", type: "ORG") && !dictionary.insert("北京", type: "LOC"))
    #expect(dictionary.count == 2 && dictionary.type(of: "北京") == "LOC")
    #expect(dictionary.remove("北京") && !dictionary.remove("北京") && !dictionary.remove("北") && !dictionary.remove(""))
    #expect(dictionary.count == 1 && !dictionary.contains("北京") && dictionary.type(of: "北京大学") == "ORG")
    #expect(try dictionary.insert("北京") && dictionary.type(of: "北京") == nil)
    #expect(copy.count == 1 && copy.contains("北京") && !copy.contains("北京大学"))
    #expect(throws: CorpusError.self) { try dictionary.insert("\u{3000}") }
    #expect(throws: CorpusError.self) { try dictionary.insert("上海", type: "A B") }
    #expect(!dictionary.contains("上海"))
  }

  @Test("tables of different seeds find the same words")
  func seeds() {
    var random = SeededRandom(seed: 8)
    var tables = [PrefixTable(seed: 0), PrefixTable(seed: 0x1234_5678_9ABC_DEF0), PrefixTable()]
    // The first is the scalar 0, which a word may hold too.
    let text = (0..<3_000).map { _ in UInt32(random.integer(in: 0..<4)) }
    for start in 0..<2_000 {
      let word = Array(text[start..<start + random.integer(in: 1..<8)])
      let numbers = tables.indices.map { tables[$0].insert(word.span).number }
      #expect(Set(numbers).count == 1)
      guard start % 5 == 0 else { continue }
      let removed = tables.indices.map { tables[$0].remove(word.span) }
      #expect(removed.allSatisfy { $0 == numbers[0] })
    }
    let found = tables.map { table in
      var found: [[Int]] = []
      table.forEachWord(in: text.span) { found.append([$0.lowerBound, $0.upperBound, $1]) }
      return found
    }
    #expect(!found[0].isEmpty && found[0] == found[1] && found[0] == found[2])
  }

  @Test("words are found where comparing with each of them finds them", arguments: 0..<40)
  func table(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    func word(_ range: Range<Int>) -> [UInt32] {
      (0..<random.integer(in: range)).map { _ in UInt32(random.integer(in: 1..<4)) }
    }
    var (table, words): (PrefixTable, [[UInt32]]) = (PrefixTable(), [])
    var alive: Set<Int> = []
    for _ in 0..<random.integer(in: 1..<300) {
      let new = word(1..<7)
      if random.chance(0.2), let number = alive.randomElement(using: &random) {
        let old = words[number]
        let removed = table.remove(old.span)
        #expect(removed == number)
        alive.remove(number)
        continue
      }
      let known = alive.first { words[$0] == new }
      let (number, isNew) = table.insert(new.span)
      #expect(isNew == (known == nil) && number == known ?? words.count, "seed \(seed)")
      if isNew {
        words.append(new)
        alive.insert(number)
      }
    }
    let text = word(0..<60)
    var found: Set<[Int]> = []
    table.forEachWord(in: text.span) { found.insert([$0.lowerBound, $0.upperBound, $1]) }
    var expected: Set<[Int]> = []
    for number in alive {
      for start in text.indices where text[start...].starts(with: words[number]) {
        expected.insert([start, start + words[number].count, number])
      }
      let listed = words[number]
      let known = table.number(of: listed.span)
      #expect(known == number)
    }
    #expect(found == expected, "seed \(seed)")
  }

  @Test("500,000 words load fast, as a dictionary and as patterns", .timeLimit(.minutes(1)))
  func loading() throws {
    let folder = try Folder()
    let url = folder.url.appending(path: "words.txt")
    var random = SeededRandom(seed: 1)
    var text = ""
    for number in 0..<500_000 {
      for _ in 0..<random.integer(in: 1..<5) {
        text.unicodeScalars.append(Unicode.Scalar(UInt32(random.integer(in: 0x4E00..<0x9000))) ?? "一")
      }
      text += "\(number)\tT\(number % 7)\n"
    }
    try Data(text.utf8).write(to: url)
    var dictionary = UserDictionary()
    // About 0.2 s on the development machine; tests may share it.
    #expect(
      try ContinuousClock().measure { dictionary = try UserDictionary(contentsOf: url.path) } < .seconds(5))
    #expect(dictionary.count == 500_000 && dictionary.typedCount == 500_000 && dictionary.types.count == 7)
    var patterns: EntityPatterns?
    #expect(try ContinuousClock().measure { patterns = try EntityPatterns(contentsOf: url.path) } < .seconds(5))
    #expect(patterns?.report.wordCount == 500_000)
  }

  @Test("words with types are entities")
  func entities() throws {
    let dictionary = try dictionary("北京\tLOC\n大学\n北京大学\tORG\nnew york\tLOC\n坏\tA B\n\\#1\tTAG")
    let patterns = EntityPatterns(dictionary)
    #expect(patterns.types == ["LOC", "ORG", "TAG"] && patterns.report.wordCount == 4)
    #expect(patterns.report.lineCount == 6 && patterns.report.rejections.map(\.line) == [5])
    let found = patterns.entities(in: SourceText("北京大学在北京，大学，Ｎｅｗ York，#1，US"))
    #expect(found.map { "\($0.text) \($0.type)" } == ["北京大学 ORG", "北京 LOC", "Ｎｅｗ York LOC", "#1 TAG"])
    // The same file as a list of patterns.
    let folder = try Folder()
    let url = folder.url.appending(path: "list.tsv")
    try Data("\\#1\tTAG\n\\\\a\tX".utf8).write(to: url)
    let list = try EntityPatterns(contentsOf: url.path)
    #expect(list.entities(in: SourceText("#1 \\a")).map(\.type) == ["TAG", "X"])
  }

  @Test("a word has at most 256 characters, in dictionaries and lists of patterns")
  func longestWord() throws {
    let (longest, longer) = (String(repeating: "一", count: 256), String(repeating: "一", count: 257))
    let read = try dictionary("\(longest)\n\(longer)\n  \(longest)丁\tX\n")
    #expect(read.count == 1 && read.contains(longest) && read.report.rejections.map(\.line) == [2, 3])
    #expect(read.report.rejections.map(\.expected) == Array(repeating: "a word of at most 256 characters", count: 2))
    var made = UserDictionary([longest, longer])
    #expect(made.count == 1 && made.report.rejections.map(\.line) == [2])
    let error = #expect(throws: CorpusError.self) { try made.insert(longer) }
    #expect(error?.expected == "a word of at most 256 characters" && error?.found.hasPrefix("257: ") == true)
    let patterns = EntityPatterns([(.word(longest), "X"), (.word(longer), "X")])
    #expect(patterns.report.wordCount == 1 && patterns.report.rejections.map(\.line) == [2])
  }
}
