/// A manual page in roff, in the macros of man(7), made from the tree of commands.
package struct ManualPage {
  private let tool: CommandLineTool
  private var lines: [String] = []

  /// The page of the whole tool, or of one command or group.
  ///
  /// - Parameter path: names from the tool down, without the tool's.
  package init(of tool: CommandLineTool, path: [String] = [], node: CommandNode? = nil) {
    self.tool = tool
    let name = ([tool.name] + path).joined(separator: "-")
    let summary = node?.summary ?? tool.summary
    add(".TH \(Self.quoted(name.uppercased())) 1 \"\" \(Self.quoted("\(tool.name) \(tool.version)"))")
    // Neither hyphenated words nor stretched blanks: options are to be found by searching.
    lines += [".nh", ".ad l"]
    add(section: "NAME")
    lines.append("\(Self.escaped(name)) \\- \(Self.escaped(summary))")
    add(section: "SYNOPSIS")
    if let node {
      addSynopses(of: node, path: [tool.name] + path)
      addBody(of: node, path: [tool.name] + path)
    } else {
      addSynopsis("\(tool.name) <command> [options]")
      addTool()
    }
  }

  /// The page, ending with a line break.
  package var text: String { lines.joined(separator: "\n") + "\n" }

  // MARK: Parts

  private mutating func addTool() {
    add(section: "DESCRIPTION")
    for paragraph in tool.notes.description { addParagraph(paragraph) }
    for section in tool.sections {
      add(section: section.title.uppercased())
      for node in section.commands where !node.isHidden { addTree(of: node, path: [tool.name, node.name]) }
    }
    add(section: "OPTIONS")
    addTerm("-h, --help", "Show help, of the tool or of a command.")
    addTerm("-q, --quiet", CommonOptions.quiet.specification.help)
    addTerm("--version [--json]", "Show the version.")
    addEntries("ENVIRONMENT", tool.notes.environment)
    addEntries("FILES", tool.notes.files)
    addEntries("EXIT STATUS", ExitCode.allCases.map { .init("\($0.rawValue)", $0.meaning) })
    if !tool.examples.isEmpty {
      add(section: "EXAMPLES")
      addExamples(tool.examples)
    }
  }

  /// A command under a heading of its own, and so all below a group.
  private mutating func addTree(of node: CommandNode, path: [String]) {
    guard case .command(let type) = node else {
      for child in node.children { addTree(of: child, path: path + [child.name]) }
      return
    }
    add(".SS \(Self.quoted(path.joined(separator: " ")))")
    addDetails(of: type.description)
    addExamples(type.description.examples)
  }

  private mutating func addSynopses(of node: CommandNode, path: [String]) {
    if node.children.isEmpty, let description = node.description {
      addSynopsis(description.usage(path: path))
    } else {
      for child in node.children { addSynopses(of: child, path: path + [child.name]) }
    }
  }

  private mutating func addBody(of node: CommandNode, path: [String]) {
    guard case .command(let type) = node else {
      add(section: "COMMANDS")
      for child in node.children { addTree(of: child, path: path + [child.name]) }
      return
    }
    add(section: "DESCRIPTION")
    addDetails(of: type.description)
    add(section: "EXAMPLES")
    addExamples(type.description.examples)
  }

  private mutating func addDetails(of description: CommandDescription) {
    addParagraph(Self.sentence(description.summary))
    for paragraph in description.discussion { addParagraph(paragraph) }
    for positional in description.positionals {
      addTerm(positional.display, HelpText.explanation(of: positional))
    }
    for option in description.options where option.name != CommonOptions.quiet.specification.name {
      let label = HelpText.label(of: option)
      addTerm(String(label.drop { $0 == " " }), HelpText.explanation(of: option))
    }
  }

  private mutating func addExamples(_ examples: [Example]) {
    for example in examples {
      addParagraph(Self.sentence(example.explanation).replacing(#/\.$/#, with: ":"))
      lines += [".PP", ".nf", ".RS 4", Self.escaped(example.commandLine), ".RE", ".fi"]
    }
  }

  private mutating func addEntries(_ title: String, _ entries: [ManualNotes.Entry]) {
    guard !entries.isEmpty else { return }
    add(section: title)
    for entry in entries { addTerm(entry.term, entry.meaning) }
  }

  // MARK: Lines

  private mutating func add(_ line: String) { lines.append(line) }

  private mutating func add(section title: String) { add(".SH \(Self.quoted(title))") }

  private mutating func addParagraph(_ text: String) {
    beginParagraph()
    lines.append(Self.escaped(text))
  }

  private mutating func addSynopsis(_ text: String) {
    beginParagraph()
    lines.append("\\fB\(Self.escaped(text))\\fR")
  }

  /// A heading begins one by itself.
  private mutating func beginParagraph() {
    guard let last = lines.last, !last.hasPrefix(".SH"), !last.hasPrefix(".SS") else { return }
    lines.append(".PP")
  }

  private mutating func addTerm(_ term: String, _ meaning: String) {
    lines += [".TP", "\\fB\(Self.escaped(term))\\fR", Self.escaped(meaning)]
  }

  /// With a capital letter and a full stop.
  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + (text.last.map { ".?!".contains($0) } ?? true ? "" : ".")
  }

  private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// Text in which roff finds nothing to obey, in ASCII: so a page is right whatever the locale.
  static func escaped(_ text: String) -> String {
    var result = text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\"": result += "\\(dq"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "\n": result += " "
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      }
    }
    return result
  }
}
