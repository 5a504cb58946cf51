import TextKitCorpus
import TextKitModels

/// The vocabulary of a neural classifier, from the tokens of its corpus and the words of vectors, and where the rows of
/// its table start.
///
/// Ids go to what the corpus holds first, by falling counts, then to what only the vectors know, in their order.
struct ClassifierTable {
  let vocabulary: Vocabulary
  let start: TableStart

  init(_ texts: TokenizedTexts, vectors: WordVectors?, recipe: NeuralClassifierRecipe) {
    let (model, configuration) = (recipe.model, recipe.vectors)
    var builder = VocabularyBuilder()
    builder.add(texts.bytes.span, ends: texts.tokenEnds.span)
    let known = builder.vocabulary(minimumCount: model.minimumCount, maximumSize: model.maximumVocabulary)
    var vectorOfToken: [String: Int] = [:]
    var new: [String] = []
    for (number, word) in (vectors?.words ?? []).enumerated() {
      let token = ClassifierTable.normalized(word, model.tokenizer.normalizer)
      guard !token.isEmpty, token != Vocabulary.unknownToken, vectorOfToken[token] == nil else { continue }
      vectorOfToken[token] = number
      if number < configuration.maximumWords, known.id(of: token) == nil { new.append(token) }
    }
    let vocabulary =
      new.isEmpty
      ? known : Vocabulary(tokens: Array(known.tokens.dropFirst(known.specialCount)) + new)
    self.vocabulary = vocabulary
    let counts = builder.counts(for: vocabulary)
    start = TableStart(
      count: vocabulary.count, unknown: Vocabulary.unknownID, alpha: (recipe.unknownAlpha, configuration.alpha)
    ) { id in
      guard id != Vocabulary.unknownID else { return nil }
      return (counts[Int(id)], vectorOfToken[vocabulary.token(at: id)])
    }
  }

  /// A word as the tokenizer would give it.
  private static func normalized(_ word: String, _ normalizer: Normalizer) -> String {
    var scalars = word.unicodeScalars.map(\.value)
    normalizer.normalize(&scalars)
    var bytes: [UInt8] = []
    UTF8Encoder.append(scalars.span, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
