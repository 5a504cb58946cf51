/// Something about a corpus that a reader of its scores should know.
public struct CorpusFinding: Sendable, Hashable, Codable {
  /// What is the matter.
  public enum Kind: String, CaseIterable, Sendable, Codable {
    /// A line that can't be read: a missing column or field, a tag that the scheme doesn't have, bytes that are not
    /// UTF-8. Of entities.
    case malformed
    /// A tag that the scheme doesn't allow behind the one before it, or where a sentence begins or ends. Of entities.
    case illegalTags
    /// An entity that leaves its text, is not what stands there, or begins or ends within a Unicode scalar.
    case misplacedEntity
    /// An entity of no character.
    case emptyEntity
    /// Entities that share characters, which no scheme of tags can write.
    case overlappingEntities
    /// An entity that begins or ends within what readers see as one character (a grapheme cluster).
    case cutCharacter
    /// An entity that begins or ends with white space.
    case blankEdge
    /// A label of the training corpus that few documents have.
    case rareLabel
    /// A label of dev or test that no document of the training corpus has.
    case unknownLabel
    /// A label that looks like a misspelling of a far more frequent one.
    case labelTypo
    /// Labels that were not compared with all others for misspellings, for there are too many.
    case uncomparedLabels
    /// The same text in two parts: the score on one of them tells of memory too.
    case overlap
    /// The same text with different labels in one part.
    case conflict
    /// The same text with the same labels in one part.
    case duplicate
    /// A text of nothing, or of white space.
    case emptyText
    /// A text without a letter.
    case noLetters
    /// U+FFFD, which stands for a character that was lost.
    case replacementCharacter
    /// A surface of at most 4 KB that is of different types in different places.
    case severalTypes
    /// A control character other than TAB and line breaks, or a byte order mark.
    case controlCharacter

    /// Whether the corpus should be mended; the others are notes.
    public var isProblem: Bool {
      switch self {
      case .malformed, .illegalTags, .misplacedEntity, .emptyEntity, .overlappingEntities, .cutCharacter, .blankEdge,
        .rareLabel, .unknownLabel, .labelTypo,
        .overlap, .conflict, .emptyText, .replacementCharacter:
        true
      case .uncomparedLabels, .duplicate, .noLetters, .severalTypes, .controlCharacter: false
      }
    }

    /// What findings of the kind have in common, in a few words.
    public var title: String {
      switch self {
      case .malformed: "lines that can't be read"
      case .illegalTags: "tags where the scheme doesn't allow them"
      case .misplacedEntity: "entities that don't stand where they are said to"
      case .emptyEntity: "empty entities"
      case .overlappingEntities: "entities that overlap"
      case .cutCharacter: "entities that cut a character in two"
      case .blankEdge: "entities with white space at an edge"
      case .rareLabel: "labels of few documents"
      case .unknownLabel: "labels that train lacks"
      case .labelTypo: "labels that look misspelled"
      case .uncomparedLabels: "labels not compared for misspellings"
      case .overlap: "texts in more than one part"
      case .conflict: "texts with conflicting labels"
      case .duplicate: "texts that stand there more than once"
      case .emptyText: "empty texts"
      case .noLetters: "texts without a letter"
      case .replacementCharacter: "texts with lost characters (U+FFFD)"
      case .severalTypes: "entities of several types"
      case .controlCharacter: "texts with control characters"
      }
    }
  }

  /// What is the matter.
  public var kind: Kind
  /// The particulars in a sentence.
  public var message: String
  /// Where the documents stand, `file:line` each; all of them, but of a label and of a surface of several types the
  /// first ones.
  public var places: [String]
  /// How many documents of each part it is about, by the part's name.
  public var documentCounts: [String: Int]
  /// Of texts that stand twice (in different parts, for an overlap), whether two are the same byte by byte; otherwise
  /// they are the same once case, width and white space are folded.
  public var isExact: Bool?

  /// How many documents it is about.
  public var documentCount: Int { documentCounts.values.reduce(0, +) }
}
