import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

/// What the contract of classifiers is checked on.
enum ContractTexts {
  /// Texts of two or three labels that words tell apart, in no order of labels.
  static func corpus(labels: Int) -> LabeledCorpus {
    let words = [["good", "fine", "好看"], ["bad", "awful", "糟糕"], ["blue", "red", "绿色"]]
    return LabeledCorpus(
      (0..<60).map { number in
        let label = number * 7 % labels
        let own = words[label]
        let text = "the \(own[number % 3]) film n\(number % 11) is \(own[(number + 1) % 3]) , x\(number % 5)"
        return LabeledDocument(text: text, labels: ["l\(2 - label)"], file: "made-up", line: number + 1)
      })
  }

  /// No text, white space, nothing known, what is not UTF-8, several scripts, a text that was learned from.
  static let odd: [[UInt8]] = [
    [], Array(" \n\t".utf8), Array("nothing that anybody knows".utf8), [0xFF, 0x20, 0xC3],
    Array("好看 the 🎉 good".utf8), Array("the good film n1 is fine , x1".utf8),
  ]

  /// Settings that make a recipe small enough for tests; none for those that are.
  private static let settings: [String: String] = {
    let training =
      "training.epochs=12,training.learningRate=0.02,training.batchSize=10,training.patience=0,model.dimension=8"
    let recurrent = "model.hidden=6,model.attention=4,model.maximumSentenceLength=5,\(training)"
    return [
      "textcnn": "model.filters=6,model.widths=[2,3],\(training)", "bilstm": recurrent, "bilstm-attention": recurrent,
      "hierarchical": recurrent, "ftrl": "epochs=10", "stacking": "folds=3", "tree": "tree.minimumLeaf=1",
    ]
  }()

  /// A recipe of the registry.
  static func recipe(_ name: String) throws -> any ClassifierRecipe {
    try NamedRecipe(parsing: "\(name):\(settings[name] ?? "")", reading: .words).recipe
  }

  static func train(
    _ recipe: any ClassifierRecipe, on corpus: LabeledCorpus, dev: LabeledCorpus? = nil, threads: Int = 1
  ) throws -> any TextClassifying {
    try recipe.train(on: corpus, dev: dev, in: SampleTexts.environment(threads: threads))
  }

  static func train(_ name: String, labels: Int = 3, threads: Int = 1) throws -> any TextClassifying {
    try train(recipe(name), on: corpus(labels: labels), dev: corpus(labels: labels), threads: threads)
  }
}

extension ModelFileWriter {
  /// The content of a classifier's file, without some tensors.
  init(_ classifier: any StorableClassifier, except names: [String] = []) throws {
    var section = ClassifierSectionWriter(
      writer: ModelFileWriter(kind: ClassifierFile.kind, version: ClassifierFile.version), prefix: "")
    try ClassifierFile.add(classifier, to: &section)
    let file = try ModelFile(data: section.writer.encoded(), path: "memory")
    self.init(kind: ClassifierFile.kind, version: ClassifierFile.version, metadata: section.writer.metadata)
    for name in file.tensorNames where !names.contains(name) {
      guard let info = file.info(name) else { continue }
      add(name, info.elementType, shape: info.shape, bytes: Data(Array(try file.bytes(name))))
    }
  }

  /// The classifier that the content makes.
  func classifier() throws -> any StorableClassifier {
    try ClassifierFile.load(ModelFile(data: encoded(), path: "memory"), resources: ClassifierResources())
  }
}
