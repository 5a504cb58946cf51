import Foundation
import TextKit

/// OpenCC's algorithm in the plainest way: dictionaries of strings, every prefix tried from the longest down.
struct NaiveConversion {
  private let folder: URL

  init(folder: URL) { self.folder = folder }

  /// A table as it stands in a file, key by key; the first candidate only.
  private func table(_ name: String) throws -> [String: String] {
    var table: [String: String] = [:]
    for line in try lines(name) where !line.hasPrefix("#") {
      let columns = line.components(separatedBy: "\t")
      table[columns[0]] = columns[1].components(separatedBy: " ")[0]
    }
    return table
  }

  private func lines(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appending(path: "\(name).txt"), encoding: .utf8).components(separatedBy: "\n")
      .filter { !$0.isEmpty }
  }

  /// A table of variants read backward: the first key of each candidate, unless a note prefers another.
  private func reversed(_ name: String) throws -> [String: String] {
    var table: [String: String] = [:]
    var preferred: [String: String] = [:]
    var note: [String] = []
    for line in try lines(name) {
      if line.hasPrefix("# @reverse-prefer: ") {
        note = line.components(separatedBy: " ").suffix(from: 2).map(\.self)
      }
      if line.hasPrefix("#") { continue }
      let columns = line.components(separatedBy: "\t")
      if !note.isEmpty { preferred[note[0]] = note.count > 1 ? note[1] : columns[0] }
      note = []
      for value in columns[1].components(separatedBy: " ") where table[value] == nil { table[value] = columns[0] }
    }
    return table.merging(preferred) { $1 }
  }

  /// The longest prefix of some characters in the first table that has one.
  private func match(_ text: ArraySlice<Unicode.Scalar>, _ tables: [[String: String]]) -> (
    value: String, length: Int
  )? {
    for table in tables {
      for length in stride(from: min(20, text.count), to: 0, by: -1) {
        if let value = table[Self.string(text.prefix(length))] { return (value, length) }
      }
    }
    return nil
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private func converted(_ text: String, _ tables: [[String: String]]) -> String {
    var rest = Array(text.unicodeScalars)[...]
    var result = ""
    while !rest.isEmpty {
      let found = match(rest, tables)
      result += found?.value ?? Self.string(rest.prefix(1))
      rest = rest.dropFirst(found?.length ?? 1)
    }
    return result
  }

  private func segments(_ text: String, _ tables: [[String: String]]) -> [String] {
    var rest = Array(text.unicodeScalars)[...]
    var (result, open) = ([String](), "")
    while !rest.isEmpty {
      if let (_, length) = match(rest, tables) {
        result += (open.isEmpty ? [] : [open]) + [Self.string(rest.prefix(length))]
        open = ""
        rest = rest.dropFirst(length)
      } else {
        open += Self.string(rest.prefix(1))
        rest = rest.dropFirst()
      }
    }
    return result + (open.isEmpty ? [] : [open])
  }

  /// Converts some texts.
  func converted(_ texts: [String], _ conversion: ScriptConversion) throws -> [String] {
    let simplify = [try table("TSPhrases"), try table("TSCharacters")]
    var phrases = try table("STPhrases")
    for name in ["TWPhrases", "HKPhrases"] {
      for key in try table(name).keys.sorted() {
        let simplified = converted(key, simplify)
        if simplified.unicodeScalars.count >= 3, phrases[simplified] == nil { phrases[simplified] = key }
      }
    }
    let regions: [ChineseScript: String] = [.taiwan: "TW", .hongkong: "HK"]
    var passes: [[[String: String]]] = []
    if conversion.source == .simplified { passes.append([phrases, try table("STCharacters")]) }
    if let region = regions[conversion.source] {
      passes.append(
        (conversion.exchangesWords ? [try table("\(region)PhrasesRev")] : [])
          + [try table("\(region)VariantsRevPhrases"), try reversed("\(region)Variants")])
    }
    if let region = regions[conversion.target] {
      passes.append(
        (conversion.exchangesWords ? [try table("\(region)Phrases")] : [])
          + [try table("\(region)VariantsPhrases"), try table("\(region)Variants")])
    }
    if conversion.target == .simplified { passes.append(simplify) }
    let compatibility = [try table("CJK_Compatibility_Ideographs")]
    let cutting =
      conversion.source == .simplified ? [phrases] : conversion.target == .simplified ? [simplify[0]] : nil
    return texts.map { text in
      let text = converted(text, compatibility)
      return (cutting.map { segments(text, $0) } ?? [text]).map { segment in
        passes.reduce(segment) { converted($0, $1) }
      }.joined()
    }
  }
}
