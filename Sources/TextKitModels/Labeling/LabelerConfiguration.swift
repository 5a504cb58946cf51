import Foundation
import TextKitCorpus

/// What a BiLSTM-CRF labeler is made of.
///
/// A token's row is put together from the features whose dimension is not 0: which they are is a matter of
/// configuration, for any language.
public struct LabelerConfiguration: Codable, Hashable, Sendable {
  /// What a token is.
  public var unit = LabelingUnit.characters
  /// Dimension of the character vectors: one a token with characters as the unit, what words are spelled with otherwise.
  public var characterDimension = 64
  /// Dimension of the vectors of left and right character bigrams; 0 leaves bigrams out.
  public var bigramDimension = 64
  /// Dimension of the vectors that say which words of a lexicon begin and end at a character; nil without a lexicon.
  public var lexiconDimension: Int?
  /// Vectors of the words of a lexicon that a character stands in; for characters as the unit.
  public var softLexicon = SoftLexiconConfiguration()
  /// Vectors of words; for words as the unit.
  public var words = WordTableConfiguration()
  /// How words are read letter by letter; for words as the unit.
  public var spelling = SpellingConfiguration()
  /// Dimension of the vectors of a token's shape, such as capitalized; 0 leaves shapes out. The normalizer must not
  /// fold case.
  public var shapeDimension = 0
  /// Hidden units of each direction of each BiLSTM layer.
  public var hidden = 160
  /// The number of BiLSTM layers, 1 to 8.
  public var layers = 1
  /// Networks side by side, each with embeddings and layers of its own, trained each to its own loss; emissions are
  /// their mean. An ensemble errs less than each of its members (Hansen & Salamon 1990).
  public var towers = 1
  /// The probability of zeroing an element of the embedded input.
  public var inputDropout: Float = 0.5
  /// The probability of zeroing an element of a BiLSTM layer's output.
  public var outputDropout: Float = 0.5
  /// Whether dropout zeroes the same elements at every time step of a sequence (Gal & Ghahramani 2016).
  public var variationalDropout = false
  /// Rarer characters of the training text are unknown.
  public var minimumCharacterCount = 1
  /// Rarer bigrams of the training text are unknown.
  public var minimumBigramCount = 2
  /// Training replaces a character seen n times by the unknown character with probability α / (α + n): how text
  /// holds unknown characters is learned from rare ones (Kiperwasser & Goldberg 2016, section 4).
  public var characterUnknownAlpha = 0.25
  /// The same for bigrams.
  public var bigramUnknownAlpha = 1.0
  /// How text is normalized before characters are looked up; the text itself is never changed.
  public var normalizer = Normalizer.standard
  /// Where text is cut into the sequences that the model reads.
  public var splitter = SentenceSplitter(granularity: .clause)

  /// The defaults: characters and their bigrams.
  public init() {}

  /// The defaults for words as the unit: vectors of words, a convolution over their letters, their shapes (Ma & Hovy
  /// 2016; capitalization features as in Collobert et al. 2011, section 6.1).
  public static var words: LabelerConfiguration {
    var configuration = LabelerConfiguration()
    configuration.unit = .words
    configuration.characterDimension = 30
    configuration.bigramDimension = 0
    configuration.words.dimension = 100
    configuration.spelling.encoder = .cnn
    configuration.shapeDimension = 8
    configuration.normalizer = Normalizer(foldWidth: true)
    configuration.splitter = SentenceSplitter(granularity: .sentence)
    configuration.hidden = 200
    return configuration
  }
}

/// Vectors of the words of a lexicon in which a character stands (SoftLexicon, Ma et al. 2020).
public struct SoftLexiconConfiguration: Codable, Hashable, Sendable {
  /// Dimension of the vectors, of which a character has four side by side; 0 leaves the lexicon out.
  public var dimension = 0

  /// The defaults.
  public init() {}
}

/// The table of words of a labeler of words.
public struct WordTableConfiguration: Codable, Hashable, Sendable {
  /// Dimension of the vectors; 0 leaves words out.
  public var dimension = 0
  /// Rarer words of the training text are unknown.
  public var minimumCount = 1
  /// Training replaces a word seen n times by the unknown word with probability α / (α + n).
  public var unknownAlpha = 0.5
  /// How words are folded beyond the labeler's normalizer before they are looked up.
  public var normalizer = Normalizer(foldWidth: true, foldCase: true)

  /// The defaults.
  public init() {}
}

/// How a labeler of words reads their letters.
public struct SpellingConfiguration: Codable, Hashable, Sendable {
  /// What turns letters into one vector.
  public enum Encoder: String, Codable, CaseIterable, Sendable {
    /// Letters are not read.
    case none
    /// A convolution and the maximum over its places (Ma & Hovy 2016).
    case cnn
    /// A BiLSTM and the maximum over its states (after Lample et al. 2016, who take the last ones).
    case bilstm
  }

  /// What turns letters into one vector.
  public var encoder = Encoder.none
  /// Filters of each width.
  public var filters = 30
  /// Letters that a filter sees.
  public var widths = [3]
  /// Hidden units of each direction of the BiLSTM.
  public var hidden = 25
  /// The probability of zeroing an element of a letter's vector.
  public var dropout: Float = 0.5

  /// The defaults.
  public init() {}

  /// Columns of the vector of a word.
  package var outputs: Int {
    switch encoder {
    case .none: 0
    case .cnn: widths.count * filters
    case .bilstm: 2 * hidden
    }
  }
}

extension LabelerConfiguration {
  /// Whether a token has any feature.
  package var hasFeatures: Bool {
    switch unit {
    case .characters:
      characterDimension + bigramDimension + (lexiconDimension ?? 0) + softLexicon.dimension + shapeDimension > 0
    case .words:
      words.dimension + shapeDimension > 0 || (spelling.encoder != .none && characterDimension > 0)
    }
  }

  /// The first entry that doesn't go with the others, with what was expected.
  package var firstMisfit: (name: String, expected: String, found: String)? {
    let foreign: [(String, Bool)] =
      unit == .words
      ? [
        ("bigramDimension", bigramDimension > 0), ("lexiconDimension", lexiconDimension != nil),
        ("softLexicon.dimension", softLexicon.dimension > 0),
      ] : [("words.dimension", words.dimension > 0), ("spelling.encoder", spelling.encoder != .none)]
    for (name, isOn) in foreign where isOn {
      return (name, "nothing with \(unit.rawValue) as the unit", "a feature")
    }
    if !hasFeatures { return ("unit", "a feature of \(unit.rawValue)", "none") }
    if spelling.encoder != .none, characterDimension == 0 {
      return ("characterDimension", "1 or more to read letters", "0")
    }
    if Set(spelling.widths).count < spelling.widths.count {
      return ("spelling.widths", "each width once", "\(spelling.widths)")
    }
    return nil
  }

  /// Decodes what a model file says; entries that are missing there, since its writer did not know them, have their
  /// defaults.
  ///
  /// - Throws: a decoding error for what is no configuration.
  package init(json: Data) throws {
    let defaults = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(LabelerConfiguration()))
    let given = try JSONSerialization.jsonObject(with: json)
    func merged(_ base: Any, _ over: Any) -> Any {
      guard let base = base as? [String: Any], let over = over as? [String: Any] else { return over }
      return base.merging(over, uniquingKeysWith: merged)
    }
    self = try JSONDecoder().decode(
      LabelerConfiguration.self, from: try JSONSerialization.data(withJSONObject: merged(defaults, given)))
  }
}
