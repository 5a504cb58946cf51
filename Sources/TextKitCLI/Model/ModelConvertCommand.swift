import TextKit
import TextKitCommandLine

/// `textkit model convert`: stores a model's weights in another precision.
struct ModelConvertCommand: Command {
  static let precision = Option(
    "precision", short: "p", value: "name", default: LabelerPrecision.int8, help: "How weights are stored.")
  static let output = Option(
    "output", short: "o", value: "file", required: Path.self, help: "Where the converted model goes.")
  static let note = SharedOptions.note
  static let model = Positional(
    "model", required: Path.self, help: "A neural segmenter or recognizer with float32 or float16 weights.")
  static let description = CommandDescription(
    name: "convert", summary: "Store a neural segmenter or recognizer in another precision",
    discussion: [
      "An int8 model of characters is about a quarter of the size and computes in integers, several times as fast. One "
        + "of words or with a soft lexicon has its large tables alone in bytes, the rest in half precision, and computes "
        + "as before."
    ],
    positionals: [model], options: [precision, output, note],
    examples: [
      Example("textkit model convert segmenter.safetensors -o small.safetensors", "to int8"),
      Example(
        "textkit model convert --precision float16 segmenter.safetensors -o half.safetensors", "to half precision"),
    ])

  let precision: LabelerPrecision
  let output: Path
  let model: Path
  let notes: [String: String]

  init(arguments: ParsedArguments) throws {
    precision = arguments[Self.precision]
    output = arguments[Self.output]
    model = arguments[Self.model]
    notes = try ModelNotes.parse(arguments[Self.note])
  }

  func run(in context: CommandContext) throws {
    do {
      try ModelConversion.convert(ModelLocator.url(model), to: precision, notes: notes, output: output.url)
    } catch let error as ModelFileError {
      guard case .kind = error.reason, let kind = ModelKind(path: error.path) else { throw error }
      throw CommandFailure(.dataError, "\(error)", hint: kind.precision)
    }
  }
}
