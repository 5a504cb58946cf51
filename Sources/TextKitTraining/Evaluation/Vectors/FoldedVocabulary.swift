import TextKitCorpus
import TextKitModels

/// The words of a test as they are looked up: the first words of the vectors, in upper case if case doesn't count.
struct FoldedVocabulary {
  private let foldsCase: Bool
  private var table = TokenTable()
  /// The first id of each folded word, `[table.count]`.
  private var ids: [Int] = []
  /// The folded word of each id.
  private(set) var numbers: [Int] = []

  init(_ vectors: WordVectors, _ options: VectorEvaluationOptions) {
    precondition(options.restrictVocabulary >= 1, "a vocabulary of \(options.restrictVocabulary)")
    foldsCase = options.foldsCase
    for id in 0..<min(options.restrictVocabulary, vectors.count) {
      let word = folded(vectors.word(at: id))
      let number = table.insert(word.span, word.indices)
      if number == ids.count { ids.append(id) }
      numbers.append(number)
    }
  }

  /// The id of a word, nil if it is unknown.
  func id(of word: String) -> Int? {
    let word = folded(word)
    return table.number(of: word.span, word.indices).map { ids[$0] }
  }

  private func folded(_ word: String) -> [UInt8] { Array((foldsCase ? word.uppercased() : word).utf8) }
}
