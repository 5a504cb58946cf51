import TextKitCorpus
import TextKitModels

/// What a batch run does with every text: a key of the output and the value for each text.
public struct BatchTask: Sendable {
  /// The name that users know it by, such as `segment`.
  public let name: String
  /// The key of its results in the records.
  public let key: String
  /// What tells its model from others of that name: a run that is resumed has to have the same.
  public let identity: String
  /// Whether the values of a text's stretches, one after the other, are the items of the whole text's value.
  let isSequence: Bool
  /// The value of each text; of a sequence its items.
  let values: @Sendable (_ texts: TextBlock, _ format: BatchOutputFormat, _ part: BatchPart) -> TextBlock

  /// The words of each text, under `words`; white space is a word of its own, so that they concatenate to the text.
  public static func segment(_ segmenter: Segmenter) -> BatchTask {
    BatchTask(name: "segment", key: "words", identity: identity(segmenter.metadata), isSequence: true) {
      texts, format, _ in
      let result = segmenter.segment(texts)
      return values(texts) { line, output in
        switch format {
        case .jsonl: SegmentationFormat.appendStrings(result, line, to: &output)
        case .text: SegmentationFormat.appendWords(result, line, to: &output)
        }
      }
    }
  }

  /// The entities of each text, under `entities`: text, type, places in characters and in bytes, confidence.
  public static func entities(_ recognizer: EntityRecognizer) -> BatchTask {
    let writer = RecognitionWriter(.text, for: recognizer)
    return BatchTask(name: "ner", key: "entities", identity: identity(recognizer.metadata), isSequence: true) {
      texts, format, part in
      let found = recognizer.entities(in: texts)
      return values(texts) { line, output in
        let text = texts.bytes[texts.range(ofLine: line)]
        switch format {
        case .jsonl: RecognitionWriter.append(found[line], text, hasConfidence: true, of: part, to: &output)
        case .text: writer.appendMarked(found[line], text, to: &output)
        }
      }
    }
  }

  /// The label of each text, under `classification`: label, confidence and probabilities.
  public static func classify(_ classifier: Classifier) -> BatchTask {
    BatchTask(
      "classify", "classification", identity(classifier.metadata), classifier.isMultiLabel,
      classifier.forEachPrediction(of:_:))
  }

  /// What each text feels, under `sentiment`, as a classification.
  public static func sentiment(_ analyzer: SentimentAnalyzer) -> BatchTask {
    let metadata = analyzer.classifiers.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      identity($0.value.metadata)
    }
    return BatchTask(
      "sentiment", "sentiment", metadata.joined(separator: "+"), false, analyzer.forEachPrediction(of:_:))
  }

  private init(
    _ name: String, _ key: String, _ identity: String, _ isMultiLabel: Bool,
    _ forEachPrediction: @escaping @Sendable (TextBlock, (Prediction) -> Void) -> Void
  ) {
    self.init(name: name, key: key, identity: identity, isSequence: false) { texts, format, part in
      var values = TextBlock()
      forEachPrediction(texts) { prediction in
        var value: [UInt8] = []
        switch format {
        case .jsonl:
          value.append(UInt8(ascii: "{"))
          ClassificationFormat.appendMembers(prediction, isMultiLabel, nil, to: &value)
          if part.isHead { value.append(contentsOf: ", \"utf8\": [0, \(texts.bytes.count)]".utf8) }
          value.append(UInt8(ascii: "}"))
        case .text:
          let labels = prediction.labels.joined(separator: ",")
          value.append(contentsOf: labels.utf8.map { $0 == UInt8(ascii: "\n") ? 0x20 : $0 })
        }
        values.append(value)
      }
      return values
    }
  }

  /// Takes what a task does.
  package init(
    name: String, key: String, identity: String, isSequence: Bool,
    values: @escaping @Sendable (TextBlock, BatchOutputFormat, BatchPart) -> TextBlock
  ) {
    self.name = name
    self.key = key
    self.identity = identity
    self.isSequence = isSequence
    self.values = values
  }

  /// What stands between the values of two stretches of a text.
  func separator(_ format: BatchOutputFormat) -> String {
    switch format {
    case .jsonl: ", "
    case .text: key == "words" ? " " : ""
    }
  }

  private static func values(_ texts: TextBlock, _ append: (_ line: Int, inout [UInt8]) -> Void) -> TextBlock {
    var values = TextBlock()
    var value: [UInt8] = []
    for line in texts.lineEnds.indices {
      value.removeAll(keepingCapacity: true)
      append(line, &value)
      values.append(value)
    }
    return values
  }

  /// A digest of what a model file says of itself, its checksum among it.
  private static func identity(_ metadata: [String: String]) -> String {
    digest(metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined())
  }

  /// A digest of a text, as hexadecimal digits.
  static func digest(_ text: String) -> String {
    String(Array(text.utf8).withRawBytes { XXHash64.hash($0) }, radix: 16)
  }
}

/// Where a stretch of a long text stands in it.
package struct BatchPart: Sendable {
  /// Bytes and Unicode scalars of the text before the stretch.
  package var bytes = 0
  package var scalars = 0
  /// Whether the stretch is the head of a text of which no more is read.
  package var isHead = false
}

/// How a batch run writes its records: one line a record, always.
public enum BatchOutputFormat: String, CaseIterable, Sendable {
  /// The members of the input, then those of the results.
  case jsonl
  /// The result of a single task alone: words with a blank between, a text with entities in brackets, a label.
  case text
}
