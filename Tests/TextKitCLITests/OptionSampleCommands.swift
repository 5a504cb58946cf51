import TextKitCommandLine

enum SampleFormat: String, OptionChoice { case text, json, columns }

/// A command with every kind of option; it prints what it was given.
struct SampleCommand: Command {
  static let format = Option(
    "format", short: "f", value: "name", default: SampleFormat.text, help: "How words are written.")
  static let threads = Option(
    "threads", short: "j", value: "count", default: 2, in: 1...64, help: "Threads at work.")
  static let scale = Option("scale", value: "factor", default: 0.5, help: "A factor.")
  static let model = Option(
    "model", short: "m", value: "file", optional: Path.self,
    help: "The model to use instead of the one that comes with the program, which was trained on news text.")
  static let set = Option("set", value: "key=value", repeated: String.self, help: "A setting.")
  static let verbose = Option(flag: "verbose", short: "v", help: "Say more.")
  static let files = Positional("file", repeated: Path.self, help: "Texts; standard input if there is none.")

  static let description = CommandDescription(
    name: "segment", summary: "Splits Chinese text into words.",
    discussion: ["The words of a line concatenate to the line."],
    positionals: [files], options: [format, threads, scale, model, set, verbose],
    examples: [
      Example("textkit segment news.txt", "Words of a file, with blanks between them."),
      Example("echo 我爱北京 | textkit segment", "Words of standard input."),
    ])

  let words: String

  init(arguments: ParsedArguments) throws {
    if arguments[Self.verbose], arguments[CommonOptions.quiet] {
      throw CommandFailure(.usage, "--verbose and --quiet exclude each other", hint: "leave one out")
    }
    words = arguments[Self.files].map(\.text).joined(separator: "|")
  }

  func run(in context: CommandContext) throws {
    try context.diagnostics.write(words == "note" ? "a note\n" : "")
    if words == "fail" { throw CommandFailure(.dataError, "file x, line 3:\nexpected a tab") }
    if words == "hint" { throw SampleProblem(part: "it") }
    try context.output.write("words: \(words)\n")
  }
}

/// A command with required parts.
struct SampleTrainCommand: Command {
  static let output = Option("output", short: "o", value: "file", required: Path.self, help: "The model.")
  static let corpus = Positional("corpus", required: Path.self, help: "The text.")
  static let development = Positional("development", optional: Path.self, help: "Text to stop by.")

  static let description = CommandDescription(
    name: "segment", summary: "Trains a segmenter.", positionals: [corpus, development], options: [output])

  init(arguments: ParsedArguments) throws { _ = arguments[Self.output] }

  func run(in context: CommandContext) throws {}
}

let sampleTool = CommandLineTool(
  name: "textkit", version: "1.2.3", summary: "Finds words, names and topics in text.",
  sections: [
    CommandSection("Use", [.command(SampleCommand.self)]),
    CommandSection(
      "Train",
      [
        .group(name: "train", summary: "Train models", commands: [.command(SampleTrainCommand.self)]),
        .group(
          name: "compare", summary: "Compare models", commands: [.command(SampleTrainCommand.self)],
          standard: SampleTrainCommand.self),
      ]),
  ],
  examples: [Example("textkit segment news.txt", "Words of a file.")],
  hint: { ($0 as? SampleProblem).map { "mend \($0.part)" } })

/// An error that knows neither its exit code nor what to do.
struct SampleProblem: Error {
  let part: String
}
