import TextKitCorpus
import TextKitTestSupport

/// Corpora that are hard to learn from, each in the layout of every material.
enum TroubledTexts: String, CaseIterable, Sendable {
  /// Nothing is wrong with it.
  case sound
  /// A file without a byte.
  case nothing
  /// Line ends and nothing else.
  case emptyLines
  /// Samples whose texts are empty.
  case emptyTexts
  /// Samples whose texts are white space.
  case whiteSpace
  /// One label for all.
  case oneLabel
  /// A single sample.
  case oneSample
  /// The same sample twice.
  case twins
  /// The same text under two labels.
  case contradiction
  /// Each label once.
  case singletons

  /// What comes of training on it.
  enum Outcome: Sendable {
    /// A model.
    case model
    /// An error.
    case refusal
  }

  /// What comes of training a kind on it. Networks and learners of streams take texts without tokens for what they are:
  /// texts that tell of labels' frequencies alone. A segmenter and vectors know no labels.
  func outcome(_ kind: TrainedKind) -> Outcome {
    switch (self, kind.material) {
    case (.sound, _): .model
    case (.nothing, _), (.emptyLines, _): .refusal
    case (.emptyTexts, .labeled), (.whiteSpace, .labeled): kind.isNeural ? .model : .refusal
    case (.emptyTexts, .stream), (.whiteSpace, .stream): .model
    case (.emptyTexts, _), (.whiteSpace, _): .refusal
    case (.oneLabel, .labeled), (.oneLabel, .entities): .refusal
    case (.oneSample, .labeled), (.twins, .labeled): .refusal
    // Fewer texts than folds.
    case (.contradiction, .labeled) where kind.name == "classify stacking": .refusal
    case (_, _): .model
    }
  }

  /// The content of the corpus.
  func content(_ material: TrainedKind.Material) -> String {
    switch material {
    case .segmented: segmented
    case .entities: entities
    case .labeled, .stream: labeled
    case .text: segmented.replacing("\u{3000}", with: " ")
    }
  }

  private var segmented: String {
    switch self {
    case .sound: "我们 在 北京 大学 读书\n他 来自 上海\n我们 爱 北京\n"
    case .nothing: ""
    case .emptyLines, .emptyTexts: "\n\n\n"
    case .whiteSpace: " \n\u{3000}\n  \n"
    case .oneLabel: "我\n你\n他\n"
    case .oneSample: "我们\n"
    case .twins: "我们 好\n我们 好\n"
    case .contradiction: "我们 好\n我 们 好\n"
    case .singletons: "一\n二三\n四五六\n"
    }
  }

  private var entities: String {
    let sample = "王\tB-PER\n明\tI-PER\n在\tO\n沪\tB-LOC\n\n"
    switch self {
    case .sound: return sample + "李\tB-PER\n说\tO\n好\tO\n\n京\tB-LOC\n城\tI-LOC\n大\tO\n\n"
    case .nothing: return ""
    case .emptyLines, .emptyTexts: return "\n\n\n"
    case .whiteSpace: return "\u{3000}\tO\n\n\u{3000}\tO\n\n"
    case .oneLabel: return "我\tO\n们\tO\n\n好\tO\n\n"
    case .oneSample: return sample
    case .twins: return sample + sample
    case .contradiction: return "王\tB-PER\n\n王\tB-LOC\n\n"
    case .singletons: return "王\tB-PER\n\n沪\tB-LOC\n\n社\tB-ORG\n\n"
    }
  }

  private var labeled: String {
    switch self {
    case .sound:
      return (0..<24).map {
        "\($0 % 2 == 0 ? "a" : "b")\t\($0 % 2 == 0 ? "good film" : "bad plot") number \($0 % 5)\n"
      }
      .joined()
    case .nothing: return ""
    case .emptyLines: return "\n\n\n"
    case .emptyTexts: return String(repeating: "a\t\nb\t\n", count: 8)
    case .whiteSpace: return String(repeating: "a\t \u{3000}\nb\t  \n", count: 8)
    case .oneLabel: return String(repeating: "a\tgood film\na\tfine film\n", count: 4)
    case .oneSample: return "a\tgood film\n"
    case .twins: return "a\tgood film\na\tgood film\n"
    case .contradiction: return "a\tgood film\nb\tgood film\n"
    case .singletons: return "abcdef".map { "\($0)\ttext \($0)\n" }.joined()
    }
  }
}
