import Foundation
import TextKit
import TextKitCommandLine

let tool = CommandLineTool(
  name: "textkit", version: TextKitVersion.current, summary: "Text intelligence for Chinese and English",
  commands: [
    .command(SegmentCommand.self),
    .command(NerCommand.self),
    .command(ClassifyCommand.self),
    .command(SentimentCommand.self),
    .group(
      name: "train", summary: "Train a model",
      commands: [
        .command(TrainSegmentCommand.self), .command(TrainClassifyCommand.self), .command(TrainNerCommand.self),
        .command(TrainOnlineCommand.self),
      ]),
    .group(
      name: "evaluate", summary: "Score a model",
      commands: [
        .command(EvaluateSegmentCommand.self), .command(EvaluateNerCommand.self),
        .command(EvaluateClassifyCommand.self),
      ]),
    .group(
      name: "compare", summary: "Train models on the same texts and put them side by side",
      commands: [
        .command(CompareCommand.self), .command(CompareNerCommand.self), .command(CompareSegmentCommand.self),
      ], standard: CompareCommand.self),
    .command(CompareModelCommand.self),
    VectorCommands.group,
    TextCommands.group,
    .group(
      name: "corpus", summary: "Look at corpora and convert them",
      commands: [.command(CorpusCheckCommand.self), .command(CorpusConvertCommand.self)]),
    .group(
      name: "model", summary: "Look at model files and convert them",
      commands: [.command(ModelInfoCommand.self), .command(ModelConvertCommand.self)]),
  ])
exit(tool.run().rawValue)
