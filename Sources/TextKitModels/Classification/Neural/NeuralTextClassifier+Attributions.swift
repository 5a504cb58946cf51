import TextKitCorpus
import TextKitTensor

extension NeuralTextClassifier {
  /// Gradient × input (Shrikumar et al. 2017): for each token that is read, the inner product of its vector with the
  /// gradient of the label's score less the mean of the other labels' (of the label's score alone where labels don't
  /// exclude each other).
  public func attributions(of text: [UInt8], label: Int) -> [Attribution] {
    precondition(labels.indices.contains(label), "label \(label) of \(labels.count)")
    let block = TextBlock(lines: [text])
    let tokens = tokenizer.tokenize(block)
    let sequences = ClassifierSequences(tokens, of: block, vocabulary: model.vocabulary, model.configuration)
    let weights = tokenWeights(ClassifierInput(sequences, texts: 0..<1), label: label)
    return zip(sequences.tokens, weights).compactMap { token, weight in
      guard token >= 0 else { return nil }
      let source = tokens.sources[Int(token)]
      return Attribution(
        span: TextSpan(start: Int(source.lowerBound), end: Int(source.upperBound)), weight: Double(weight))
    }
  }

  /// The weights of the tokens of one text, `[tokens]`.
  private func tokenWeights(_ input: ClassifierInput, label: Int) -> [Float] {
    let graph = Graph(model.parameters, training: true)
    let table = graph.constantRows(input.ids, of: model.embedding.table)
    let vectors = graph.input(graph.value(table))
    let scores = model.network.scores(vectors: vectors, input, in: graph)
    let others = isMultiLabel || labels.count == 1 ? 0 : -1 / Float(labels.count - 1)
    var contrast = [Float](repeating: others, count: labels.count)
    contrast[label] = 1
    let target = graph.constant(Tensor(Shape(1, labels.count), contrast))
    graph.backward(from: graph.sum(graph.multiplyElements(scores, target)))
    guard let gradient = graph.gradient(vectors) else { return Array(repeating: 0, count: input.ids.count) }
    let width = gradient.columns
    return graph.value(vectors).withSpan { x in
      gradient.withSpan { g in
        (0..<gradient.rows).map { row in
          (row * width..<(row + 1) * width).reduce(0) { $0 + x[$1] * g[$1] }
        }
      }
    }
  }
}
