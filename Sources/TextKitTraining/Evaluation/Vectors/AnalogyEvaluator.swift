import TextKitModels

extension AnalogyQuestions {
  /// How well vectors solve these questions, as gensim's `evaluate_word_analogies` counts.
  ///
  /// A question with an unknown word is left out, or is wrong. Of the five best answers the first counts that is none
  /// of the words asked with, case folded if it is; the fifth if there is no such.
  public func score(_ vectors: WordVectors, _ options: VectorEvaluationOptions = .init()) -> AnalogyReport {
    let vocabulary = FoldedVocabulary(vectors, options)
    var scores = sections.map { AnalogyScore(name: $0.name) }
    var asked: [(question: AnalogyQuestion, expected: Int, section: Int)] = []
    for (section, content) in sections.enumerated() {
      for words in content.questions {
        scores[section].total += 1
        let ids = words.compactMap(vocabulary.id)
        if ids.count == words.count {
          asked.append((AnalogyQuestion(a: ids[0], b: ids[1], c: ids[2]), ids[3], section))
        } else {
          scores[section].unknown += 1
        }
        if ids.count == words.count || options.countsUnknown { scores[section].asked += 1 }
      }
    }
    let solver = AnalogySolver(vectors, method: options.method, limit: options.restrictVocabulary)
    let answers = solver.answers(asked.map(\.question), count: 5, threads: options.threads)
    for (item, answers) in zip(asked, answers) {
      let known = Set([item.question.a, item.question.b, item.question.c].map { vocabulary.numbers[$0] })
      let answer = answers.first { !known.contains(vocabulary.numbers[$0]) } ?? answers.last
      if let answer, vocabulary.numbers[answer] == vocabulary.numbers[item.expected] {
        scores[item.section].correct += 1
      }
    }
    var total = AnalogyScore(name: "total")
    for score in scores { total += score }
    return AnalogyReport(sections: scores, total: total)
  }
}
