import TextKit
import TextKitCommandLine

/// The tree of all commands.
package enum TextKitTool {
  package static let tool = CommandLineTool(
    name: "textkit", version: TextKitVersion.current, summary: "Text intelligence for Chinese and English",
    sections: [using, training, data, shell], notes: notes,
    check: KernelRequest.check, hint: ErrorHints.hint)

  private static let using = CommandSection(
    "Use models",
    [
      .command(SegmentCommand.self), .command(NerCommand.self), .command(ClassifyCommand.self),
      .command(SentimentCommand.self), .command(BatchCommand.self),
    ])

  private static let training = CommandSection(
    "Train and compare",
    [
      .group(
        name: "train", summary: "Train a model",
        commands: [
          .command(TrainSegmentCommand.self), .command(TrainNerCommand.self), .command(TrainClassifyCommand.self),
          .command(TrainOnlineCommand.self),
        ]),
      .group(
        name: "evaluate", summary: "Score a model",
        commands: [
          .command(EvaluateSegmentCommand.self), .command(EvaluateNerCommand.self),
          .command(EvaluateClassifyCommand.self),
        ]),
      .group(
        name: "compare", summary: "Train models and put them side by side",
        commands: [
          .command(CompareCommand.self), .command(CompareNerCommand.self), .command(CompareSegmentCommand.self),
        ], standard: CompareCommand.self),
      .command(CompareModelCommand.self),
    ])

  private static let data = CommandSection(
    "Texts, vectors and model files",
    [
      .group(
        name: "corpus", summary: "Look at corpora and convert them",
        commands: [.command(CorpusCheckCommand.self), .command(CorpusConvertCommand.self)]),
      VectorCommands.group, TextCommands.group,
      .group(
        name: "model", summary: "Look at model files and convert them",
        commands: [
          .command(ModelListCommand.self), .command(ModelInfoCommand.self), .command(ModelConvertCommand.self),
        ]),
    ])

  private static let shell = CommandSection(
    "Shell", [.command(CompletionCommand.self), .command(ManCommand.self)])
}
