/// How a neural classifier's word vectors come about (Kim 2014, section 3).
public enum EmbeddingMode: String, CaseIterable, Codable, Sendable {
  /// They start from random numbers and learn.
  case random
  /// They stay as the vectors are that they start from.
  case `static`
  /// They start from vectors and learn.
  case nonStatic
  /// Two vectors a word, of which one learns and one stays, read by the same filters, the results added.
  ///
  /// Filters are linear: adding their results is reading the sum of both vectors, so the table holds the sums. It starts
  /// from twice the vectors and learns as the learning half of it would.
  case multichannel

  /// Whether it needs vectors to start from.
  public var needsVectors: Bool { self != .random }
}

/// What a neural classifier makes of a text's word vectors.
public enum ClassifierEncoder: String, CaseIterable, Codable, Sendable {
  /// Convolution over time by filters of several widths and the maximum over time (Kim 2014).
  case cnn
  /// Long short-term memories that read the text from both ends, and pooling over time.
  case bilstm
  /// Sentences are read by a BiLSTM with attention, then the sentences' vectors by another (Yang et al. 2016): for long
  /// texts.
  case hierarchical
}

/// How the states of a BiLSTM become one vector.
public enum ClassifierPooling: String, CaseIterable, Codable, Sendable {
  /// The maximum over time of each unit.
  case max
  /// The sum weighted by attention: softmax over time of uᵀ tanh(W h + b) (Yang et al. 2016, equations 5 to 7).
  case attention
}

/// Which part of a text longer than `maximumLength` is read.
public enum TextTruncation: String, CaseIterable, Codable, Sendable {
  /// Its beginning.
  case head
  /// A quarter of the limit from its beginning, the rest from its end, where reviews sum up (Sun et al. 2019, section
  /// 5.3.1).
  case headAndTail
}

/// What a neural classifier is made of.
public struct NeuralClassifierConfiguration: Codable, Hashable, Sendable {
  /// What a token is.
  public var tokenizer = TokenizerConfiguration()
  /// The most tokens of a text that are read.
  public var maximumLength = 400
  /// Which tokens of longer texts are read.
  public var truncation = TextTruncation.headAndTail
  /// Rarer tokens of the training texts are unknown.
  public var minimumCount = 1
  /// The most tokens of the training texts that the vocabulary holds, the most frequent ones.
  public var maximumVocabulary = 100_000

  /// Dimension of the tokens' vectors.
  public var dimension = 128
  /// How they come about.
  public var embedding = EmbeddingMode.random
  /// What reads them.
  public var encoder = ClassifierEncoder.cnn

  /// `cnn`: tokens that a filter spans, one bank of filters each.
  public var widths = [3, 4, 5]
  /// `cnn`: filters of each width.
  public var filters = 100
  /// `cnn`: zero vectors before and behind each text; with one less than the greatest width every token is read at every
  /// place of every filter.
  public var padding = 0

  /// `bilstm`, `hierarchical`: hidden units of each direction of each layer.
  public var hidden = 128
  /// `bilstm`: the number of layers.
  public var layers = 1
  /// `bilstm`: how its states become one vector.
  public var pooling = ClassifierPooling.max
  /// Dimension of the attention's inner layer.
  public var attention = 128
  /// `hierarchical`: the most tokens of a sentence; a longer one is read as several.
  public var maximumSentenceLength = 60

  /// The probability with which training reads a token as unknown.
  public var wordDropout = 0.0
  /// The probability of zeroing an element of the embedded tokens.
  public var inputDropout: Float = 0
  /// The probability of zeroing an element of the text's features, before the output layer.
  public var dropout: Float = 0.5

  /// Where a label's probability begins to count in multi-label data.
  public var threshold = 0.5

  /// The defaults: those of Kim (2014) but for the dimension.
  public init() {}
}
