import TextKitCorpus
import TextKitModels

extension EntityRecognizer {
  /// The entities of each text of a sequence.
  ///
  /// - Parameters:
  ///   - texts: strings, or texts of any bytes such as ``TextLines``, that come when they come.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func entities<Texts: AsyncSequence & Sendable>(
    in texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<Texts, [Entity]> where Texts.Element: StreamableText {
    ResultStream(texts, limits: limits) { entities(in: TextBlock($0)) }
  }

  /// The entities of each text of a sequence.
  ///
  /// - Parameters:
  ///   - texts: strings or texts of any bytes, read from the sequence as they are needed.
  ///   - limits: how far to read ahead, and how many tasks work.
  public func entities<Texts: Sequence & Sendable>(
    in texts: Texts, limits: StreamLimits = StreamLimits()
  ) -> ResultStream<ImmediateTexts<Texts>, [Entity]> where Texts.Element: StreamableText {
    entities(in: ImmediateTexts(texts), limits: limits)
  }
}
