import TextKit
import TextKitCommandLine

/// `textkit vectors convert`: word vectors in another format.
struct VectorsConvertCommand: Command {
  static let format = Option(
    "format", short: "f", value: "name", default: VectorFileFormat.safetensors, help: "The format to write.")
  static let precision = Option(
    "precision", short: "p", value: "name", default: VectorPrecision.float32,
    help: "How a model file stores numbers.")
  static let note = SharedOptions.note
  static let output = Positional("output", required: Path.self, help: "Where the vectors go.")
  static let description = CommandDescription(
    name: "convert", summary: "Write word vectors in another format",
    discussion: [
      "text is word2vec's, with a first line of count and dimension; glove is the same without it. Text is written "
        + "so that reading it gives the same numbers."
    ],
    positionals: [VectorCommands.file, output],
    options: [format, precision, VectorCommands.limit, note, VectorCommands.threads],
    examples: [
      Example("textkit vectors convert glove.txt v.safetensors --precision int8", "a quarter of the size"),
      Example("textkit vectors convert v.safetensors v.bin --format binary --limit 100000", "for word2vec's tools"),
    ])

  let arguments: ParsedArguments
  let notes: [String: String]

  init(arguments: ParsedArguments) throws {
    self.arguments = arguments
    notes = try ModelNotes.parse(arguments[Self.note])
    let (format, precision) = (arguments[Self.format], arguments[Self.precision])
    guard format == .safetensors || (precision == .float32 && notes.isEmpty) else {
      throw CommandFailure(
        .usage,
        "--\(precision == .float32 ? "note" : "precision") is for --format safetensors, not \(format.rawValue)")
    }
  }

  func run(in context: CommandContext) throws {
    let threads = arguments[VectorCommands.threads]
    let vectors = try VectorCommands.read(
      arguments[VectorCommands.file], limit: arguments[VectorCommands.limit], threads: threads, in: context)
    try vectors.write(
      to: arguments[Self.output].url, format: arguments[Self.format], precision: arguments[Self.precision],
      metadata: notes, threads: threads)
  }
}

extension VectorFileFormat: OptionChoice {}
extension VectorPrecision: OptionChoice {}
