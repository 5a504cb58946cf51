import Foundation
import TextKit
import TextKitCommandLine

/// Options and arguments that mean the same in every command that has them.
enum SharedOptions {
  static let threads = Option(
    "threads", short: "j", value: "count", default: min(256, ProcessInfo.processInfo.activeProcessorCount),
    in: 1...256,
    help: "Threads to work with.")
  static let json = Option(flag: "json", help: "Print one JSON object.")
  /// Short for the format that a program reads; `ParsedArguments.format` heeds it.
  static let jsonLines = Option(flag: "json", help: "The same as --format jsonl.")
  static let textFiles = Positional(
    "file", repeated: Path.self, help: "Files of text, a text a line; - or none for standard input.")

  // MARK: Training

  static let model = Option(
    "output", short: "o", value: "file", required: Path.self, help: "Where the model goes (safetensors).")
  static let configuration = Option(
    "config", value: "file", optional: Path.self, help: "Configuration (JSON); what it leaves out has defaults.")
  static let resume = Option(flag: "resume", help: "Go on with a training that was interrupted.")
  static let log = Option("log", value: "file", optional: Path.self, help: "Write a line of JSON for every epoch.")
  static let note = Option(
    "note", value: "key=value", repeated: String.self,
    help: "Say something in the model file, such as corpus.license=….")

  /// Overrides of the configuration.
  static func settings(such example: String) -> Option<[String]> {
    Option("set", value: "key=value", repeated: String.self, help: "Override one entry, such as \(example).")
  }
}

extension ParsedArguments {
  /// The format that is asked for, by its own option or by `--json`.
  ///
  /// - Throws: `CommandFailure` where the two don't agree.
  func format<Format: OptionChoice & Equatable>(
    _ option: Option<Format>, jsonLines: Format
  ) throws(CommandFailure) -> Format {
    let format = self[option]
    guard self[SharedOptions.jsonLines] else { return format }
    guard !isGiven(option) || format == jsonLines else {
      throw CommandFailure(
        .usage, "--json is --format \(jsonLines.rawValue), found --format \(format.rawValue) beside it",
        hint: "leave one out")
    }
    return jsonLines
  }
}
