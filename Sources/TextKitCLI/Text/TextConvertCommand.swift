import TextKit
import TextKitCommandLine
import TextKitPretrained

/// `textkit text convert`: from simplified to traditional characters and back.
struct TextConvertCommand: Command {
  static let target = Option(
    "to", short: "t", value: "script", required: ChineseScript.self, help: "How the text is to be written.")
  static let source = Option(
    "from", value: "script", optional: ChineseScript.self,
    help: "How the text is written; traditional for --to simplified and simplified otherwise where it is left out.")
  static let words = Option(
    flag: "words", help: "Exchange words too that Taiwan or Hong Kong has of its own, such as 鼠标 and 滑鼠.")
  static let threads = SharedOptions.threads
  static let description = CommandDescription(
    name: "convert", summary: "Convert between simplified and traditional Chinese",
    discussion: [
      "The longest phrase of OpenCC's tables is replaced, else the character, by the first of its candidates. What is in "
        + "no table stays as it is, byte for byte. The tables come from OpenCC (Apache License 2.0). Text may be larger than "
        + "memory; no phrase is looked for across the place where a line of more than a mebibyte is cut, behind a sentence."
    ],
    positionals: [TextCommands.rawFiles], options: [target, source, words, threads],
    examples: [
      Example("echo 头发发展 | textkit text convert --to traditional", "頭髮發展"),
      Example(
        "textkit text convert --from taiwan --to simplified --words in.txt > out.txt",
        "characters and words of Taiwan"),
    ])

  let conversion: ScriptConversion
  let threads: Int
  let files: [Path]

  init(arguments: ParsedArguments) throws {
    let target = arguments[Self.target]
    let source = arguments[Self.source] ?? (target == .simplified ? .traditional : .simplified)
    guard source != target else {
      throw CommandFailure(.usage, "expected two ways of writing, found --from and --to \(target.rawValue)")
    }
    conversion = ScriptConversion(from: source, to: target, exchangesWords: arguments[Self.words])
    let regions: Set<ChineseScript> = [.taiwan, .hongkong]
    guard !conversion.exchangesWords || !regions.isDisjoint(with: [source, target]) else {
      throw CommandFailure(
        .usage, "--words is for taiwan and hongkong, not \(source.rawValue) and \(target.rawValue)")
    }
    threads = arguments[Self.threads]
    files = arguments[TextCommands.rawFiles]
  }

  func run(in context: CommandContext) throws {
    let converter = try Pretrained.converter(conversion)
    let output = context.output
    try RawBlockReader.process(files, at: .lines, threads: threads) {
      converter.converted($0)
    } write: {
      try output.write($0)
    }
  }
}

extension ChineseScript: OptionChoice {}
