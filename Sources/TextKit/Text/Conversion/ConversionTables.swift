import Foundation
import TextKitCorpus

/// OpenCC's tables in a folder, put together to the passes of a conversion.
struct ConversionTables {
  let folder: URL

  /// The passes of a conversion, each over what the one before left.
  struct Plan: Sendable {
    /// Compatibility ideographs become what they stand for.
    let normalization: ConversionStep
    let steps: [ConversionStep]
    /// Whether the phrases between simplified and traditional characters cut the text into segments first, which no
    /// pass joins: where there is another pass.
    let segments: Bool
    /// The pass whose phrases cut.
    let segmenting: Int
  }

  /// Reads what a conversion needs.
  ///
  /// - Throws: `CorpusError` where a table is missing or damaged.
  func plan(_ conversion: ScriptConversion) throws(CorpusError) -> Plan {
    var steps: [ConversionStep] = []
    let isSame = conversion.source == conversion.target
    if conversion.source == .simplified, !isSame {
      let phrases = [try dictionary("STPhrases"), try regionalPhrases()]
      steps.append(ConversionStep([phrases, [try dictionary("STCharacters")]]))
    }
    if let region = region(of: conversion.source), !isSame {
      let words = conversion.exchangesWords ? [[try dictionary("\(region)PhrasesRev")]] : []
      steps.append(
        ConversionStep(
          words + [[try dictionary("\(region)VariantsRevPhrases")], [try dictionary("\(region)Variants").reversed]]))
    }
    if let region = region(of: conversion.target), !isSame {
      let words = conversion.exchangesWords ? [[try dictionary("\(region)Phrases")]] : []
      steps.append(
        ConversionStep(
          words + [[try dictionary("\(region)VariantsPhrases")], [try dictionary("\(region)Variants")]]))
    }
    if conversion.target == .simplified, !isSame { steps.append(try toSimplified()) }
    let meetsSimplified = conversion.source == .simplified || conversion.target == .simplified
    return Plan(
      normalization: ConversionStep([[try dictionary("CJK_Compatibility_Ideographs")]]), steps: steps,
      segments: meetsSimplified && steps.count > 1,
      segmenting: conversion.source == .simplified ? 0 : max(0, steps.count - 1))
  }

  private func dictionary(_ name: String) throws(CorpusError) -> ConversionDictionary {
    try ConversionDictionary(contentsOf: folder.appending(path: "\(name).txt"))
  }

  private func toSimplified() throws(CorpusError) -> ConversionStep {
    ConversionStep([[try dictionary("TSPhrases")], [try dictionary("TSCharacters")]])
  }

  /// Words of Taiwan and Hong Kong of three characters or more as simplified text has them, so that no pass cuts one
  /// in two.
  private func regionalPhrases() throws(CorpusError) -> ConversionDictionary {
    let simplify = try toSimplified()
    var phrases = ConversionDictionary()
    for name in ["TWPhrases", "HKPhrases"] {
      let words = try dictionary(name)
      for entry in words.entries {
        let word = words.scalars[entry.key]
        var ends = [word.count]
        let key = simplify.converted(Array(word).span, segments: &ends)
        if key.count >= 3 { phrases.add(key, word) }
      }
    }
    return phrases
  }

  /// How the names of a region's tables begin.
  private func region(of script: ChineseScript) -> String? {
    switch script {
    case .taiwan: "TW"
    case .hongkong: "HK"
    case .simplified, .traditional: nil
    }
  }
}
