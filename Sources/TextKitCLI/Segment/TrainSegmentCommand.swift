import Foundation
import TextKit
import TextKitCommandLine

/// `textkit train segment`: trains a word segmenter.
struct TrainSegmentCommand: Command {
  static let train = Option(
    "train", value: "file", required: Path.self,
    help: "Training corpus: a sentence a line, words separated by blanks.")
  static let dev = Option(
    "dev", value: "file", optional: Path.self, help: "Held-out corpus that decides which epoch is kept.")
  static let lexicon = Option(
    "lexicon", value: "file", repeated: Path.self,
    help: "A word and its frequency a line: what it says of bigrams is put beside their vectors, and with "
      + "model.lexiconDimension its words are looked up; for features of tokens such as lexicon[0].")
  static let description = CommandDescription(
    name: "segment", summary: "Train a word segmenter on a segmented corpus",
    discussion: ["The same seed and data give the same model, byte for byte, whatever the number of threads."],
    options: [train, dev, LabelerTrainingOptions.output, lexicon] + LabelerTrainingOptions.all,
    examples: [
      Example(
        "textkit train segment --train corpora/zh-segmentation/train.seg --output sample.safetensors",
        "train on the sample corpus"),
      Example(
        "textkit train segment --train a.seg --dev b.seg --set training.epochs=5 -o segmenter.safetensors",
        "keep the best of five epochs"),
      Example(
        "textkit train segment --train a.seg --vectors characters=c.vec --vectors bigrams=b.vec -o segmenter.safetensors",
        "start from vectors that were trained on text without labels"),
    ])

  let arguments: ParsedArguments

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    try LabelerTrainingOptions.check(arguments, for: .words, reading: .characters)
  }

  func run(in context: CommandContext) throws {
    try LabelerTrainingOptions.run(
      .segmented(train: arguments[Self.train].text, dev: arguments[Self.dev]?.text), reading: .characters,
      lexicon: arguments[Self.lexicon], arguments, in: context)
  }
}
