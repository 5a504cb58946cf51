import Foundation
import Synchronization
import TextKit

extension Pretrained {
  /// Converters that have been made, so that the tables of each are read once.
  private static let converters = Mutex([ScriptConversion: ScriptConverter]())

  /// Converts between simplified and traditional Chinese by the tables of OpenCC, which ship under the Apache License
  /// 2.0.
  ///
  /// - Throws: `PretrainedError` where the tables are missing, `CorpusError` where one is damaged.
  public static func converter(_ conversion: ScriptConversion) throws -> ScriptConverter {
    if let made = converters.withLock({ $0[conversion] }) { return made }
    let converter = try ScriptConverter(conversion, tables: table("opencc"))
    converters.withLock { $0[conversion] = converter }
    return converter
  }
}

extension Pretrained {
  /// Chinese and English words that say little of what a text is about.
  ///
  /// - Throws: `PretrainedError` where a list is missing, `CorpusError` where it is damaged.
  public static func stopWords() throws -> StopWords {
    var words = StopWords()
    for language in ["zh", "en"] {
      words.formUnion(try StopWords(contentsOf: table("stopwords-\(language).txt")))
    }
    return words
  }

  /// A file or folder of tables: in a folder `tables` of or beside one in which models are looked for.
  ///
  /// - Throws: `PretrainedError.missingTable` where it is in none.
  private static func table(_ name: String) throws(PretrainedError) -> URL {
    let folders = folders().flatMap { [$0.url, $0.url.deletingLastPathComponent()] }.map {
      $0.appending(path: "tables")
    }
    guard
      let found = folders.map({ $0.appending(path: name) }).first(where: {
        FileManager.default.fileExists(atPath: $0.path)
      })
    else {
      throw PretrainedError.missingTable(name: name, folders: folders.map(\.path))
    }
    return found
  }
}
