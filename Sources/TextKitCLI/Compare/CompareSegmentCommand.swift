import TextKit
import TextKitCommandLine

/// `textkit compare segment`: trains word segmenters on the same corpus and puts them side by side.
struct CompareSegmentCommand: Command {
  static let description = CommandDescription(
    name: "segment", summary: "Train word segmenters on the same corpus and put them side by side",
    discussion: LabelerComparisonOptions.discussion, options: LabelerComparisonOptions.all,
    examples: [
      Example(
        "textkit compare segment --train corpora/zh-segmentation/train.seg --test corpora/zh-segmentation/test.seg",
        "a network, a conditional random field and a perceptron"),
      Example(
        "textkit compare segment --train a.seg --test c.seg -l crf -l perceptron --json",
        "without the network, as JSON"),
    ])

  let arguments: ParsedArguments

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    try LabelerComparisonOptions.check(arguments, for: .words, reading: .characters)
  }

  func run(in context: CommandContext) throws {
    // What can't be opened is told before anything is trained.
    for path in [arguments[LabelerComparisonOptions.train], arguments[LabelerComparisonOptions.dev]] {
      if let path { _ = try SIGHANReader(path: path.text) }
    }
    let source = LabelingSource.segmented(
      train: arguments[LabelerComparisonOptions.train].text, dev: arguments[LabelerComparisonOptions.dev]?.text)
    let test = try SegmentationEvaluator(contentsOf: arguments[LabelerComparisonOptions.test].text)
    try LabelerComparisonOptions.run(source, test: .words(test), reading: .characters, arguments, in: context)
  }
}
