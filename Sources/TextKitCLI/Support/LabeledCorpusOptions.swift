import TextKit
import TextKitCommandLine

/// The options of all commands that read texts with labels.
enum LabeledCorpusOptions {
  static let format = Option(
    "corpus-format", value: "name", optional: LabeledFormat.self,
    help: "How texts and labels are laid out; told from the name and the content where it is left out.")
  static let textColumns = Option(
    "text-column", value: "name|number", repeated: LabeledColumn.self,
    help: "csv, tsv, jsonl: the column of the text, \"text\" by default. May be repeated; joined by blanks.")
  static let labelColumn = Option(
    "label-column", value: "name|number", optional: LabeledColumn.self,
    help: "csv, tsv, jsonl: the column of the label, \"label\" by default.")
  static let header = Option(flag: "header", help: "The first line is a header. The default in csv and tsv.")
  static let noHeader = Option(
    flag: "no-header", help: "csv, tsv: there is no header; the first column is the label, the others are the text.")
  static let quotes = Option(
    flag: "quotes", help: "csv, tsv: a field may stand in quotation marks. The default in csv.")
  static let noQuotes = Option(
    flag: "no-quotes", help: "csv, tsv: a quotation mark is a character like others. The default in tsv.")
  static let labelSeparator = Option(
    "label-separator", value: "text", optional: String.self,
    help: "What stands between several labels of a text; without it a text has one label.")
  static let labelEnd = Option(
    "label-end", value: "text", optional: String.self,
    help: "Labels are cut here: with ':' the label DESC:manner is DESC.")
  static let labelPrefix = Option(
    "label-prefix", value: "text", default: LabeledOptions().labelPrefix, help: "fasttext: what labels begin with.")
  static let labelLast = Option(flag: "label-last", help: "tab, blank: the label stands behind the text.")
  static let encoding = Option(
    "encoding", value: "name", default: TextEncoding.utf8, help: "What the bytes of the texts stand for.")

  /// All of them, for a command's list of options.
  static let all: [any OptionDeclaration] = [
    format, textColumns, labelColumn, header, noHeader, quotes, noQuotes, labelSeparator, labelEnd, labelPrefix,
    labelLast,
    encoding,
  ]

  /// What the arguments leave open of a format.
  static func options(_ arguments: ParsedArguments) throws(CommandFailure) -> LabeledOptions {
    if arguments[header], arguments[noHeader] {
      throw CommandFailure(.usage, "--header and --no-header exclude each other")
    }
    if arguments[quotes], arguments[noQuotes] {
      throw CommandFailure(.usage, "--quotes and --no-quotes exclude each other")
    }
    var options = LabeledOptions()
    options.textColumns = arguments[textColumns]
    options.labelColumn = arguments[labelColumn]
    options.hasHeader = arguments[header] ? true : arguments[noHeader] ? false : nil
    options.quotes = arguments[quotes] ? true : arguments[noQuotes] ? false : nil
    options.labelSeparator = arguments[labelSeparator]
    options.labelEnd = arguments[labelEnd]
    options.labelPrefix = arguments[labelPrefix]
    options.labelsLast = arguments[labelLast]
    options.encoding = arguments[encoding]
    return options
  }

  /// Opens a corpus for reading document by document; `-` is standard input, whose format has to be given.
  ///
  /// - Parameter isInterrupted: where it says so, standard input ends.
  static func reader(
    _ path: Path, _ arguments: ParsedArguments, isInterrupted: (@Sendable () -> Bool)? = nil
  ) throws -> LabeledReader {
    try reader(path, format: arguments[format], arguments, isInterrupted: isInterrupted)
  }

  /// Reads a whole corpus; `-` is standard input, whose format has to be given.
  static func corpus(_ path: Path, _ arguments: ParsedArguments) throws -> LabeledCorpus {
    try corpus(path, format: arguments[format], arguments)
  }

  /// Reads a whole corpus in a format that is known otherwise.
  static func corpus(_ path: Path, format: LabeledFormat?, _ arguments: ParsedArguments) throws -> LabeledCorpus {
    try LabeledCorpus(
      readingAllOf: reader(path, format: format, arguments),
      name: path.isStandardStream ? "standard input" : path.text)
  }

  private static func reader(
    _ path: Path, format: LabeledFormat?, _ arguments: ParsedArguments, isInterrupted: (@Sendable () -> Bool)? = nil
  ) throws -> LabeledReader {
    let options = try options(arguments)
    guard path.isStandardStream else {
      return try LabeledReader(path: path.text, format: format, options: options)
    }
    guard let format else {
      throw CommandFailure(
        .usage, "standard input doesn't tell its format: give \(Self.format.specification.display)")
    }
    return try LabeledReader(InputFile.lines(path, isInterrupted: isInterrupted), format: format, options: options)
  }
}

extension LabeledFormat: OptionChoice {}
extension TextEncoding: OptionChoice {}

extension LabeledColumn: OptionValue {
  package init?(argument: String) {
    if argument.isEmpty { return nil }
    self.init(argument)
  }
  package static var expectation: String { "the name of a column, or its number from 1" }
  package var argumentText: String { text }
}
