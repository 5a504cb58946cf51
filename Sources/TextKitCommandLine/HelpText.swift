/// The help of commands, rendered for a terminal.
struct HelpText {
  let terminal: Terminal
  private var sections: [String] = []

  /// Labels that are wider stand on a line of their own.
  private static let labelLimit = 28

  /// The help of a single command.
  init(for description: CommandDescription, path: [String], terminal: Terminal) {
    self.terminal = terminal
    addUsage(description.usage(path: path))
    addParagraphs([description.summary] + description.discussion)
    addTable("Arguments", description.positionals.map { ("<\($0.name)>", Self.explanation(of: $0)) })
    addTable(
      "Options",
      description.options.map { (Self.label(of: $0), Self.explanation(of: $0)) }
        + [("-h, --help", "Show this help.")])
    addExamples(description.examples)
  }

  /// The help of a group.
  init(group summary: String, commands: [CommandNode], path: [String], examples: [Example], terminal: Terminal) {
    self.terminal = terminal
    addUsage((path + ["<command>", "[options]"]).joined(separator: " "))
    addParagraphs([summary])
    addTable("Commands", commands.filter { !$0.isHidden }.map { ($0.name, $0.summary) })
    addTable("Options", [("-h, --help", "Show this help, or that of a command.")])
    addExamples(examples)
  }

  /// The help of the tool itself: a table of contents without blank lines, so that it fits a screen.
  init(for tool: CommandLineTool, terminal: Terminal) {
    self.terminal = terminal
    addUsage("\(tool.name) <command> [options]")
    addParagraphs([tool.summary])
    let commands = tool.commands.filter { !$0.isHidden }
    let width = (commands.map { TextLayout.width(of: $0.name) }.max() ?? 0) + 2
    var tables: [String] = []
    for section in tool.sections {
      let rows = section.commands.filter { !$0.isHidden }.map {
        ($0.name, Self.contents(of: $0, width: terminal.width - width - 2))
      }
      tables.append(table(section.title, rows, column: width))
    }
    let options = "-h, --help; -q, --quiet; --version. Every command has --help."
    tables.append(TextStyle.heading.apply(to: "Options:", in: terminal) + " " + options)
    sections.append(tables.joined(separator: "\n"))
    addExamples(tool.examples)
  }

  /// The summary, and what is below a group if it fits.
  private static func contents(of node: CommandNode, width: Int) -> String {
    let names = node.children.map(\.name).joined(separator: ", ")
    let contents = "\(node.summary): \(names)"
    return names.isEmpty || TextLayout.width(of: contents) > width ? node.summary : contents
  }

  /// The text, ending with a line break.
  var text: String { sections.joined(separator: "\n\n") + "\n" }

  static func label(of option: OptionSpecification) -> String {
    let short = option.short.map { "-\($0), " } ?? "    "
    return short + option.display + (option.valueName.map { " <\($0)>" } ?? "")
  }

  static func explanation(of option: OptionSpecification) -> String {
    var notes: [String] = []
    if !option.words.choices.isEmpty { notes.append("one of " + option.words.choices.joined(separator: ", ")) }
    if let defaultText = option.defaultText {
      notes.append("default: " + (defaultText.isEmpty ? "empty" : defaultText))
    }
    if option.occurrence == .required { notes.append("required") }
    if option.occurrence == .repeated { notes.append("may be repeated") }
    return option.help + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
  }

  static func explanation(of positional: PositionalSpecification) -> String {
    let choices = positional.words.choices
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
    sections.append(table(title, rows, column: (widths.max() ?? Self.labelLimit) + 2))
  }

  /// A heading and its rows; explanations begin at a column.
  private func table(_ title: String, _ rows: [(label: String, explanation: String)], column: Int) -> String {
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
    return lines.joined(separator: "\n")
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

extension CommandDescription {
  /// How a command line is put together, in one line.
  func usage(path: [String]) -> String {
    let required = options.filter { $0.occurrence == .required }.map {
      "\($0.display) <\($0.valueName ?? "value")>"
    }
    return (path + required + ["[options]"] + positionals.map(\.display)).joined(separator: " ")
  }
}
