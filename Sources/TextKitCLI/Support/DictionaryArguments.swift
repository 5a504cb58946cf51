import TextKit
import TextKitCommandLine

/// The options of all commands that segment by words of the user's own.
enum DictionaryArguments {
  static let dictionary = Option(
    "dictionary", short: "d", value: "file", optional: Path.self,
    help: "Words to keep whole, one a line, a TAB and a type behind it or not; # begins a comment, \\# a word.")
  static let mode = Option(
    "dictionary-mode", value: "name", default: DictionaryMode.prefer,
    help: "prefer: its words gain a bonus, the model decides; force: they are words wherever they stand.")
  static let bonus = Option(
    "dictionary-bonus", value: "number", default: Segmenter.defaultDictionaryBonus, in: 0...1000,
    help: "What a reading gains in the mode prefer for each character of such a word, in log odds.")

  /// All of them, for a command's list of options.
  static let all: [any OptionDeclaration] = [dictionary, mode, bonus]

  /// What a command's help says of dictionaries.
  static let discussion =
    "The words of a dictionary are found where they stand as words: US neither in USB nor in US2; widths of letters and "
    + "letter case count as little as to the shipped model. A word with white space in it, or across the end of a clause, "
    + "comes out whole in either mode. Of forced words that overlap, the longer one stands, of two as long the one listed "
    + "first."

  /// The segmenter of a command that has these options; what is wrong with a dictionary goes to standard error.
  static func segmenter(
    _ model: Path?, _ arguments: ParsedArguments, in context: CommandContext
  ) throws -> Segmenter {
    var segmenter = try ModelLocator.segmenter(model)
    guard let path = arguments[dictionary] else { return segmenter }
    let words = try UserDictionary(InputFile.lines(path))
    try RejectedLines.warn(words.report.rejections, of: path, in: context)
    if words.count == 0 {
      throw CommandFailure(
        .dataError, "\(path.text): expected words, one a line, found none in \(words.report.lineCount) lines")
    }
    segmenter.dictionary = words
    segmenter.dictionaryMode = arguments[mode]
    segmenter.dictionaryBonus = arguments[bonus]
    return segmenter
  }
}

extension DictionaryMode: OptionChoice {}
