import Foundation
import TextKit
import TextKitCommandLine

let tool = CommandLineTool(
  name: "textkit", version: TextKitVersion.current, summary: "Text intelligence for Chinese and English",
  commands: [
    .command(SegmentCommand.self),
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
      commands: [.command(EvaluateSegmentCommand.self), .command(EvaluateClassifyCommand.self)]),
    .command(CompareCommand.self),
    .command(CompareModelCommand.self),
    VectorCommands.group,
    .group(name: "corpus", summary: "Look at corpora", commands: [.command(CorpusCheckCommand.self)]),
    .group(
      name: "model", summary: "Look at model files and convert them",
      commands: [.command(ModelInfoCommand.self), .command(ModelConvertCommand.self)]),
  ])
exit(tool.run().rawValue)
