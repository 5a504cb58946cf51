import TextKit

/// What a model file can be used for.
enum ModelKind: String, Encodable {
  case segmenter, recognizer, classifier, vectors

  /// Tells the kind from what a file says of itself; nil where it is none of these.
  init?(metadata: [String: String]) {
    switch metadata["textkit.kind"] {
    case "textkit.labeler": self = metadata["labeler.tags"] == "B M E S" ? .segmenter : .recognizer
    case "textkit.classifier": self = .classifier
    case "textkit.vectors": self = .vectors
    default: return nil
    }
  }

  /// The kind in words, and the commands that take it.
  var use: String {
    switch self {
    case .segmenter: "a segmenter, for 'textkit segment --model' and 'textkit evaluate segment --model'"
    case .recognizer: "a recognizer of entities, for 'textkit ner --model' and 'textkit evaluate ner --model'"
    case .classifier: "a classifier, for 'textkit classify --model' and 'textkit evaluate classify --model'"
    case .vectors: "a file of vectors, for 'textkit vectors nearest' and --vectors"
    }
  }
}
