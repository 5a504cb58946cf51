import TextKitCorpus

/// Something that gives texts labels with probabilities: neural classifiers and classical ones alike.
public protocol TextClassifying: Sendable {
  /// The labels, by number.
  var labels: [String] { get }

  /// Whether labels don't exclude each other: then each has a probability of its own.
  var isMultiLabel: Bool { get }

  /// The probability from which on a text has a label, where labels don't exclude each other.
  var threshold: Float { get }

  /// The probabilities of all labels for every text of a block, `[texts, labels]` row by row, on the calling thread.
  ///
  /// A text's row depends on that text alone, not on what else is in the call. Rows sum to 1 unless labels don't
  /// exclude each other.
  func probabilities(of texts: TextBlock) -> [Float]

  /// What moved the score of one label for one text, as pieces of the text with signed weights, in the text's order:
  /// those of a linear model's features, gradient × input for a neural one.
  func attributions(of text: [UInt8], label: Int) -> [Attribution]
}

extension TextClassifying {
  /// One half.
  public var threshold: Float { 0.5 }
}

/// A piece of a text and how much it spoke for a label (above 0) or against it.
public struct Attribution: Sendable, Equatable {
  /// The piece's bytes in the text.
  public let span: TextSpan
  /// What it added to the label's score, against the mean of the other labels.
  public let weight: Double

  /// Creates an attribution.
  public init(span: TextSpan, weight: Double) {
    self.span = span
    self.weight = weight
  }
}
