import TextKitCorpus
import TextKitModels

/// What gives every text a label, by itself: a ``Classifier``, or a ``SentimentAnalyzer``.
public protocol TextPredicting: Sendable {
  /// The predictions for the texts of a block, in their order.
  ///
  /// - Parameter block: the texts.
  func predictions(for block: TextBlock) -> [Prediction]
}

extension Classifier: TextPredicting {}
extension SentimentAnalyzer: TextPredicting {}

extension TextPredicting {
  /// What is predicted for each text of a sequence.
  ///
  /// - Parameters:
  ///   - texts: strings, or texts of any bytes such as ``TextLines``, that come when they come.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func predictions<Texts: AsyncSequence & Sendable>(
    for texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<Texts, Prediction> where Texts.Element: StreamableText {
    ResultStream(texts, limits: limits) { predictions(for: TextBlock($0)) }
  }

  /// What is predicted for each text of a sequence.
  ///
  /// - Parameters:
  ///   - texts: strings or texts of any bytes, read from the sequence as they are needed.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func predictions<Texts: Sequence & Sendable>(
    for texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<ImmediateTexts<Texts>, Prediction> where Texts.Element: StreamableText {
    predictions(for: ImmediateTexts(texts), limits: limits)
  }
}
