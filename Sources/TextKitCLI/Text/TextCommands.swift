import TextKit
import TextKitCommandLine

/// `textkit text`: tools beside the models.
enum TextCommands {
  static let group = CommandNode.group(
    name: "text", summary: "Sentences, scripts, keywords, new words, similar documents",
    commands: [
      .command(TextSentencesCommand.self), .command(TextConvertCommand.self),
      .command(TextKeywordsCommand.self), .command(TextNewWordsCommand.self),
      .command(TextSimilarCommand.self),
    ])

  static let rawFiles = Positional(
    "file", repeated: Path.self, help: "Files of text; - or none for standard input.")
}
