import TextKit
import TextKitCommandLine
import TextKitPretrained

/// The options of all commands that find entities: the model, what is kept, and patterns beside it.
enum RecognizerArguments {
  private static let shipped = [
    Pretrained.Name.chineseEntities, .chineseFineEntities, .englishEntities, .englishEmergingEntities,
  ].map(\.rawValue).joined(separator: ", ")
  static let model = Option(
    "model", short: "m", value: "file", optional: Path.self,
    help: "Find entities with this model: a file, or a shipped one, \(shipped), instead of the first of these."
  ).suggesting(ModelLocator.names(for: [.entities]))
  static let minimumConfidence = Option(
    "min-confidence", value: "probability", default: 0.0, in: 0...1,
    help: "Leave out entities that the model is less sure of.")
  static let patterns = Option(
    "patterns", short: "p", value: "file", optional: Path.self,
    help:
      "Entities to look for beside the model: word TAB type, or /regular expression/ TAB type; # begins a comment.")
  static let mode = Option(
    "pattern-mode", value: "name", default: PatternPrecedence.prefer,
    help: "Where patterns and the model overlap. prefer: patterns win, save against longer entities that hold them "
      + "wholly; force: patterns win; fill: the model wins.")
  static let foldWidth = Option(
    flag: "fold-width", help: "Patterns pay no heed to the width of letters: ＡＢＣ is ABC.")

  /// All of them, for a command's list of options.
  static let all: [any OptionDeclaration] = [model, minimumConfidence, patterns, mode, foldWidth]

  /// The recognizer that the arguments describe; what is wrong with a list of patterns goes to standard error.
  static func recognizer(_ arguments: ParsedArguments, in context: CommandContext) throws -> EntityRecognizer {
    try recognizer(arguments, model: arguments[model], in: context)
  }

  /// The same with a model that is given otherwise.
  static func recognizer(
    _ arguments: ParsedArguments, model: Path?, in context: CommandContext
  ) throws -> EntityRecognizer {
    var recognizer = try ModelLocator.recognizer(model)
    recognizer.minimumConfidence = arguments[minimumConfidence]
    recognizer.precedence = arguments[mode]
    if let path = arguments[patterns] {
      let list = try EntityPatterns(InputFile.lines(path), foldsWidth: arguments[foldWidth])
      try report(list.report, path, in: context)
      recognizer.patterns = list
    }
    return recognizer
  }

  private static func report(_ report: PatternReport, _ path: Path, in context: CommandContext) throws {
    try RejectedLines.warn(report.rejections, of: path, in: context)
    if report.acceptedCount == 0 {
      throw CommandFailure(
        .dataError, "\(path.text): expected patterns, word TAB type, found none in \(report.lineCount) lines")
    }
  }
}

extension PatternPrecedence: OptionChoice {}
