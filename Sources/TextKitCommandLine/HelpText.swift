/// The help of commands, rendered for a terminal.
struct HelpText {
  let terminal: Terminal
  private var sections: [String] = []

  /// Labels that are wider stand on a line of their own.
  private static let labelLimit = 28

  /// The help of a single command.
  init(for description: CommandDescription, path: [String], terminal: Terminal) {
    self.terminal = terminal
    let placeholders = description.positionals.map(\.display)
    let required = description.options.filter { $0.occurrence == .required }.map {
      "\($0.display) <\($0.valueName ?? "value")>"
    }
    addUsage((path + required + ["[options]"] + placeholders).joined(separator: " "))
    addParagraphs([description.summary] + description.discussion)
    addTable("Arguments", description.positionals.map { ("<\($0.name)>", Self.explanation(of: $0)) })
    addTable(
      "Options",
      description.options.map { (Self.label(of: $0), Self.explanation(of: $0)) }
        + [("-h, --help", "Show this help.")])
    addExamples(description.examples)
  }

  /// The help of a group, or of the tool itself.
  init(
    group summary: String, commands: [CommandNode], path: [String], terminal: Terminal, hasVersion: Bool,
    examples: [Example]
  ) {
    self.terminal = terminal
    addUsage((path + ["<command>", "[options]"]).joined(separator: " "))
    addParagraphs([summary])
    addTable("Commands", commands.filter { !$0.isHidden }.map { ($0.name, $0.summary) })
    addTable(
      "Options",
      [("-h, --help", "Show this help, or that of a command.")]
        + (hasVersion ? [("--version", "Show the version.")] : []))
    addExamples(examples)
  }

  /// The text, ending with a line break.
  var text: String { sections.joined(separator: "\n\n") + "\n" }

  private static func label(of option: OptionSpecification) -> String {
    let short = option.short.map { "-\($0), " } ?? "    "
    return short + option.display + (option.valueName.map { " <\($0)>" } ?? "")
  }

  private static func explanation(of option: OptionSpecification) -> String {
    var notes: [String] = []
    if !option.choices.isEmpty { notes.append("one of " + option.choices.joined(separator: ", ")) }
    if let defaultText = option.defaultText {
      notes.append("default: " + (defaultText.isEmpty ? "empty" : defaultText))
    }
    if option.occurrence == .required { notes.append("required") }
    if option.occurrence == .repeated { notes.append("may be repeated") }
    return option.help + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
  }

  private static func explanation(of positional: PositionalSpecification) -> String {
    let choices = positional.choices
    return positional.help + (choices.isEmpty ? "" : " (one of \(choices.joined(separator: ", ")))")
  }

  private mutating func addUsage(_ usage: String) {
    let lines = TextLayout.lines(of: usage, width: terminal.width - 7)
    sections.append(
      TextStyle.heading.apply(to: "Usage:", in: terminal) + " " + lines.joined(separator: "\n       "))
  }

  private mutating func addParagraphs(_ paragraphs: [String]) {
    for paragraph in paragraphs where !paragraph.isEmpty {
      sections.append(TextLayout.lines(of: paragraph, width: terminal.width).joined(separator: "\n"))
    }
  }

  private mutating func addTable(_ title: String, _ rows: [(label: String, explanation: String)]) {
    guard !rows.isEmpty else { return }
    let widths = rows.map { TextLayout.width(of: $0.label) }.filter { $0 <= Self.labelLimit }
    let column = (widths.max() ?? Self.labelLimit) + 2
    let indent = String(repeating: " ", count: column + 2)
    var lines = [TextStyle.heading.apply(to: "\(title):", in: terminal)]
    for (label, explanation) in rows {
      var rest = TextLayout.lines(of: explanation, width: max(20, terminal.width - column - 2))[...]
      if TextLayout.width(of: label) > column - 2 {
        lines.append("  \(label)")
      } else {
        lines.append(
          rest.isEmpty ? "  \(label)" : "  \(TextLayout.padded(label, to: column))\(rest.removeFirst())")
      }
      lines += rest.map { indent + $0 }
    }
    sections.append(lines.joined(separator: "\n"))
  }

  private mutating func addExamples(_ examples: [Example]) {
    guard !examples.isEmpty else { return }
    var lines = [TextStyle.heading.apply(to: "Examples:", in: terminal)]
    for example in examples {
      lines.append("  \(example.commandLine)")
      lines += TextLayout.lines(of: example.explanation, width: terminal.width - 6).map { "      \($0)" }
    }
    sections.append(lines.joined(separator: "\n"))
  }
}
