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
    let folder = Bundle.module.bundleURL.appending(path: "tables/opencc")
    let converter = try ScriptConverter(conversion, tables: folder)
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
      let url = Bundle.module.bundleURL.appending(path: "tables/stopwords-\(language).txt")
      words.formUnion(try StopWords(contentsOf: url))
    }
    return words
  }
}
