import Foundation
import Synchronization
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitPretrained

/// Lists that users write: dictionaries, patterns, words, tables of conversion.
enum ListTargets {
  static let all = [dictionary, patterns, stopWords, conversion]

  static let dictionary = FuzzTarget(
    name: "dictionary", summary: "user dictionaries",
    tokens: ["\t", "\n", "#", "\\#", "\\\\", "　", "PER", "\u{FEFF}", "天安门", "\u{301}", "\u{200D}"]
  ) {
    var segmenter = try Segmenter(
      ModelFile(data: Data(FuzzModels.characterLabelers(.words)[1]), path: "the segmenter"))
    return FuzzSubject(["北京\n天安门\tLOC\n# note\n\\#x\nNew York\tLOC\n", "京\nＡ\na\n"]) { input in
      let dictionary = try UserDictionary(contentsOf: input.path)
      let report = dictionary.report
      try BrokenProperty.check(dictionary.count == report.acceptedCount, "\(dictionary.count) words of \(report)")
      segmenter.dictionary = dictionary
      for mode in DictionaryMode.allCases {
        segmenter.dictionaryMode = mode
        for text in FuzzModels.texts {
          try BrokenProperty.check(
            segmenter.pieces(in: text).joined() == text, "the words of \(text) are not the text")
        }
      }
      let lines = String(decoding: input.bytes.prefix(200), as: UTF8.self)
      try BrokenProperty.check(segmenter.pieces(in: lines).joined() == lines, "the words are not the text")
      let entities = EntityPatterns(dictionary).entities(in: SourceText(lines))
      try ModelTargets.check(entities, of: lines)
      return TypedErrors.kind(of: report.rejections.map(\.expected).prefix(3).joined(separator: " "))
    }
  }

  static let patterns = FuzzTarget(
    name: "patterns", summary: "entity patterns, regular expressions among them",
    tokens: [
      "/", "(", ")", "+", "*", "?", "{1,99}", "[^a]", "(?i)", "(?=", "(?<=a)", "\\b", "\\p{Han}", "\\1", "|", ".",
      "$", "^",
      "\t", "\n", "LOC", "(a+)+b", "(a|a)*c", "\\d{6}", "[[:alpha:]]", "(?:", "\\Q", "{2147483647}",
    ]
  ) {
    FuzzSubject(["北京\tLOC\n/[A-Z][a-z]+/\tPER\n", "/\\d{4}/\tYEAR\n# n\n\\#a\tX\n/(?i)mary (smith|jones)/\tPER\n"]) {
      input in
      let patterns = try EntityPatterns(contentsOf: input.path, foldsWidth: true)
      let texts = FuzzModels.texts + [String(repeating: "a", count: 300), String(repeating: "北a1 ", count: 100)]
      for text in texts { try ModelTargets.check(patterns.entities(in: SourceText(text)), of: text) }
      let own = SourceText(bytes: Array(input.bytes.prefix(300)))
      _ = patterns.entities(in: own)
      return TypedErrors.kind(of: patterns.report.rejections.map(\.expected).prefix(3).joined(separator: " "))
    }
  }

  static let stopWords = FuzzTarget(
    name: "stop-words", summary: "lists of stop words", tokens: ["\n", "#", "’", "　", "\r\n"]
  ) {
    FuzzSubject(["the\n# note\ndon’t\n的\n"]) { input in "\(min(2, try StopWords(contentsOf: input.url).count))" }
  }

  static let conversion = FuzzTarget(
    name: "conversion-table", summary: "OpenCC's tables",
    tokens: [
      "\t", " ", "\n", "# @reverse-prefer: 发 發\n", "# @reverse-prefer: 发\n", "发\t發 髮\n", "頭髮\t头发\n", "\u{2F800}",
    ]
  ) {
    let names = [
      "CJK_Compatibility_Ideographs", "STPhrases", "STCharacters", "TWPhrases", "HKPhrases", "TSPhrases",
      "TSCharacters",
      "TWVariants", "TWVariantsPhrases", "TWVariantsRevPhrases", "TWPhrasesRev", "HKVariants", "HKVariantsPhrases",
      "HKVariantsRevPhrases", "HKPhrasesRev",
    ]
    let made = Mutex(false)
    return FuzzSubject(["# note\n发\t發 髮\n头发\t頭髮\n# @reverse-prefer: 發 发\n里\t裏\n", "裏\t里\n"]) { input in
      let isMade = made.withLock { isMade in
        defer { isMade = true }
        return isMade
      }
      if !isMade {
        for name in names {
          try FileManager.default.createSymbolicLink(
            at: input.folder.appending(path: "\(name).txt"), withDestinationURL: input.url)
        }
      }
      let text = "头发发展，里面 a\u{2F800}😀" + String(decoding: input.bytes.prefix(100), as: UTF8.self)
      for source in ChineseScript.allCases {
        let converter = try ScriptConverter(
          ScriptConversion(from: source, to: source == .taiwan ? .simplified : .taiwan, exchangesWords: true),
          tables: input.folder)
        try BrokenProperty.check(
          UTF8.isValid(converter.converted(Array(text.utf8))), "what was converted is no valid UTF-8")
      }
      return "read"
    }
  }
}

extension UTF8 {
  static func isValid(_ bytes: [UInt8]) -> Bool { SourceText(bytes: bytes).isValidUTF8 }
}
