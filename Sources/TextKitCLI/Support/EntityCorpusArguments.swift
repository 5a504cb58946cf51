import TextKit
import TextKitCommandLine

/// The options of all commands that read texts with entities.
enum EntityCorpusArguments {
  static let format = Option(
    "corpus-format", value: "name", optional: EntityFormat.self,
    help: "How texts and entities are laid out; told from the content where it is left out.")
  static let scheme = Option(
    "scheme", value: "name", optional: TagScheme.self,
    help: "conll: how tags mark entities; told from the tags of the file where it is left out.")
  static let tokenColumn = Option(
    "token-column", value: "number", default: 1, help: "conll: the column of the token, from 1; -1 is the last.")
  static let tagColumn = Option(
    "tag-column", value: "number", default: -1, help: "conll: the column of the tag, counted alike.")
  static let joiner = Option(
    "joiner", value: "text", optional: String.self,
    help: "conll: what stands between two tokens in the text; nothing by default where every token is one character, "
      + "else a blank.")

  /// All of them, for a command's list of options.
  static let all: [any OptionDeclaration] = [format, scheme, tokenColumn, tagColumn, joiner]

  /// What the arguments leave open of a format.
  static func options(_ arguments: ParsedArguments) throws(CommandFailure) -> EntityCorpusOptions {
    try options(format: arguments[format], scheme: arguments[scheme], arguments)
  }

  /// What the arguments leave open of a format, the format and the scheme known otherwise.
  static func options(
    format: EntityFormat?, scheme: TagScheme?, _ arguments: ParsedArguments
  ) throws(CommandFailure) -> EntityCorpusOptions {
    EntityCorpusOptions(
      format: format, scheme: scheme,
      columns: CoNLLFormat(
        tokenColumn: try column(arguments, tokenColumn), tagColumn: try column(arguments, tagColumn)),
      joiner: arguments[joiner])
  }

  /// Reads a corpus; `-` is standard input, whose format has to be given.
  static func corpus(_ path: Path, _ arguments: ParsedArguments) throws -> EntityCorpus {
    try reading(path, options(arguments)).corpus
  }

  /// Reads a corpus; `-` is standard input, whose format has to be given.
  ///
  /// - Parameter formatOption: The option that gives the format, for a message.
  static func reading(
    _ path: Path, _ options: EntityCorpusOptions, collectsFaults: Bool = false,
    formatOption: OptionSpecification = format.specification
  ) throws -> EntityReading {
    guard path.isStandardStream else {
      return try EntityReading(contentsOf: path.text, options: options, collectsFaults: collectsFaults)
    }
    guard options.format != nil else {
      throw CommandFailure(.usage, "standard input doesn't tell its format: give \(formatOption.display)")
    }
    return try EntityReading(InputFile.lines(path), options: options, collectsFaults: collectsFaults)
  }

  /// A column as readers count it, from 0.
  private static func column(_ arguments: ParsedArguments, _ option: Option<Int>) throws(CommandFailure) -> Int {
    let number = arguments[option]
    guard number != 0 else {
      throw CommandFailure(.usage, "expected \(option.specification.display) from 1, or from -1 down, found 0")
    }
    return number > 0 ? number - 1 : number
  }
}

extension EntityFormat: OptionChoice {}
extension TagScheme: OptionChoice {}
