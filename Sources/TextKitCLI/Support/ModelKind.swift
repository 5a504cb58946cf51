import Foundation
import TextKit

/// What a model file can be used for.
enum ModelKind {
  case segmenter, recognizer, classifier, vectors
  /// What a training keeps until it has ended.
  case state

  /// Tells the kind from what a file says of itself; nil where it is none of these.
  init?(metadata: [String: String]) {
    func labeler(_ tags: String?) -> Self { tags == "B M E S" ? .segmenter : .recognizer }
    switch metadata["textkit.kind"] {
    case "textkit.labeler": self = labeler(metadata["labeler.tags"])
    case "textkit.crf": self = labeler(metadata["crf.tags"])
    case "textkit.classifier": self = .classifier
    case "textkit.vectors": self = .vectors
    case "textkit.checkpoint", "textkit.vectors.checkpoint", "textkit.online.state": self = .state
    default: return nil
    }
  }

  /// Tells the kind of a file that was opened before, for a message; nil where it is none of these.
  init?(path: String) {
    // A file that can't be opened would have been another error.
    guard let file = try? ModelFile(contentsOf: URL(fileURLWithPath: path)) else { return nil }
    self.init(metadata: file.metadata)
  }

  /// The kind in words, and the commands that take it.
  var use: String {
    switch self {
    case .segmenter: "a segmenter, for 'textkit segment --model' and 'textkit evaluate segment --model'"
    case .recognizer: "a recognizer of entities, for 'textkit ner --model' and 'textkit evaluate ner --model'"
    case .classifier: "a classifier, for 'textkit classify --model' and 'textkit evaluate classify --model'"
    case .vectors: "a file of vectors, for 'textkit vectors nearest' and --vectors"
    case .state: "the state of an unfinished training, which goes on from it with --resume"
    }
  }

  /// How a file of the kind that is no network of `model convert` gets its precision.
  var precision: String {
    switch self {
    case .segmenter: "a segmenter by features has the --precision of its 'textkit train segment'"
    case .recognizer: "a recognizer by features has the --precision of its 'textkit train ner'"
    case .classifier: "a classifier has the setting 'precision' of its 'textkit train classify', if any"
    case .vectors: "vectors are converted by 'textkit vectors convert'"
    case .state: "it is \(use)"
    }
  }
}
