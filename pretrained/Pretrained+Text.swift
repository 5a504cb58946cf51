import Foundation
import Synchronization
import TextKit

extension Pretrained {
  /// Converters that have been made, so that the tables of each are read once.
  private static let converters = Mutex([ScriptConversion: ScriptConverter]())

  /// Converts between simplified and traditional Chinese by the tables of OpenCC, which ship under the Apache License
  /// 2.0.
  ///
  /// - Throws: `CorpusError` where a table is missing or damaged.
  public static func converter(_ conversion: ScriptConversion) throws(CorpusError) -> ScriptConverter {
    if let made = converters.withLock({ $0[conversion] }) { return made }
    let converter = try ScriptConverter(conversion, tables: table("opencc"))
    converters.withLock { $0[conversion] = converter }
    return converter
  }
}

extension Pretrained {
  /// Chinese and English words that say little of what a text is about.
  ///
  /// - Throws: `CorpusError` where a list is missing or damaged.
  public static func stopWords() throws(CorpusError) -> StopWords {
    var words = StopWords()
    for language in ["zh", "en"] {
      words.formUnion(try StopWords(contentsOf: table("stopwords-\(language).txt")))
    }
    return words
  }

  /// A file or folder of tables: in a folder `tables` of or beside one in which models are looked for.
  ///
  /// - Throws: `CorpusError` where it is in none.
  private static func table(_ name: String) throws(CorpusError) -> URL {
    let folders = folders().flatMap { [$0.url, $0.url.deletingLastPathComponent()] }.map {
      $0.appending(path: "tables")
    }
    guard
      let found = folders.map({ $0.appending(path: name) }).first(where: {
        FileManager.default.fileExists(atPath: $0.path)
      })
    else {
      throw CorpusError(
        file: name, expected: "a table in one of the folders \(folders.map(\.path).joined(separator: ", "))",
        found: "none")
    }
    return found
  }
}
