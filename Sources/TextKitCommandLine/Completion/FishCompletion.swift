/// Completion for fish 3 and later: a line for everything that can stand somewhere, with the place as its condition.
struct FishCompletion {
  private let places: [CompletionPlace]
  private let names: CompletionNames

  init(_ places: [CompletionPlace], _ names: CompletionNames) {
    self.places = places
    self.names = names
  }

  private var condition: String { "_\(names.function)_at" }

  var text: String {
    let tool = names.tool
    let keys = places.map { $0.key.shellQuoted }.joined(separator: " \\\n        ")
    return """
      # Completion of \(tool) for fish.

      # Whether the names of commands before the cursor lead to the place $argv.
      function \(condition)
          set -l places \(keys)
          set -l words (commandline -opc)
          set -l place \(tool.shellQuoted)
          for word in $words[2..]
              if test "$place" = \(tool.shellQuoted); and contains -- "$word" help -q --quiet
                  continue
              end
              contains -- "$place $word" $places; or break
              set place "$place $word"
          end
          test "$place" = "$argv"
      end

      complete -c \(tool) -f
      \(places.flatMap(lines).joined(separator: "\n"))

      """
  }

  private func lines(of place: CompletionPlace) -> [String] {
    let head = "complete -c \(names.tool) -n \(Self.quoted("\(condition) \(place.key)"))"
    var lines = place.commands.map { "\(head) -a \(Self.quoted($0.name)) -d \(Self.quoted($0.summary))" }
    for option in place.options {
      let short = option.short.map { " -s \($0)" } ?? ""
      let value = option.valueName == nil ? "" : " -r\(option.words.isPath ? " -F" : " -f")\(offered(option.words))"
      lines.append("\(head)\(short) -l \(option.name)\(value) -d \(Self.quoted(Self.short(option.help)))")
    }
    lines += place.flags.map { "\(head) -l \($0.name) -d \(Self.quoted($0.help))" }
    for positional in place.positionals where positional.words.isPath || !positional.words.offered.isEmpty {
      lines.append("\(head)\(positional.words.isPath ? " -F" : "")\(offered(positional.words))")
    }
    return lines
  }

  private func offered(_ words: ValueWords) -> String {
    words.offered.isEmpty ? "" : " -a \(Self.quoted(words.offered.joined(separator: " ")))"
  }

  /// The first clause: fish shows it beside the word.
  private static func short(_ help: String) -> String {
    let end = help.firstRange(of: #/[.;]( |$)/#)?.lowerBound ?? help.endIndex
    return String(help[..<end])
  }

  /// In fish, a backslash means something between quotation marks.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
