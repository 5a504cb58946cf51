/// Completion for zsh, by its function `_arguments`: a function for the tool and for every command.
struct ZshCompletion {
  private let places: [CompletionPlace]
  private let names: CompletionNames

  init(_ places: [CompletionPlace], _ names: CompletionNames) {
    self.places = places
    self.names = names
  }

  var text: String {
    let functions = places.map(function).joined(separator: "\n")
    return """
      #compdef \(names.tool)
      # Completion of \(names.tool) for zsh.

      \(names.function)_words_or_files() {
        local -a offered=("$@")
        _alternative 'words:word:compadd -a offered' 'files:file:_files'
      }

      \(names.function)_heads() { compadd -S '' -- "$@" }

      \(functions)
      if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
        \(names.function) "$@"
      else
        compdef \(names.function) \(names.tool)
      fi

      """
  }

  private func name(_ path: [String]) -> String {
    names.function + path.dropFirst().map { "__" + $0.replacing("-", with: "_") }.joined()
  }

  private func function(_ place: CompletionPlace) -> String {
    let specifications = options(of: place)
    guard !place.commands.isEmpty else {
      return """
        \(name(place.path))() {
          _arguments -s -S : \\
            \((specifications + positionals(of: place)).joined(separator: " \\\n    "))
        }

        """
    }
    let commands = place.commands.map {
      "\($0.name):\($0.summary)".replacing("'", with: "'\\''")
    }.map { "'\($0)'" }
    let calls = place.commands.map { command in
      // What help is asked for is found as what is to be run.
      "    \(command.name)) \(name(command.name == "help" ? place.path : place.path + [command.name])) ;;"
    }
    return """
      \(name(place.path))() {
        local curcontext=$curcontext state line
        local -a commands=(
          \(commands.joined(separator: "\n    "))
        )
        _arguments -C -S : \\
          \(specifications.joined(separator: " \\\n    ")) \\
          ': :->command' '*:: :->rest'
        case $state in
          command) _describe -t commands command commands ;;
          rest)
            case $line[1] in
      \(calls.joined(separator: "\n").replacing("    ", with: "        "))
            esac ;;
        esac
      }

      """
  }

  private func options(of place: CompletionPlace) -> [String] {
    place.options.map { option in
      let value = option.valueName.map { ":\(Self.plain($0)):\(action(option.words))" } ?? ""
      let help = "[\(Self.plain(option.help))]\(value)".replacing("'", with: "'\\''")
      let isRepeated = option.occurrence == .repeated
      guard let short = option.short else {
        return "'\(isRepeated ? "*" : "")\(option.display)\(option.valueName == nil ? "" : "=")\(help)'"
      }
      let hasValue = option.valueName != nil
      let group = isRepeated ? "*" : "(-\(short) \(option.display))"
      return "'\(group)'{-\(short)\(hasValue ? "+" : ""),\(option.display)\(hasValue ? "=" : "")}'\(help)'"
    } + place.flags.map { "'(- *)--\($0.name)[\($0.help)]'" }
  }

  private func positionals(of place: CompletionPlace) -> [String] {
    place.positionals.map { positional in
      let count = positional.isRepeated ? "*" : positional.minimum > 0 ? "" : ":"
      return "'\(count):\(Self.plain(positional.name)):\(action(positional.words))'"
    }
  }

  /// What completes a value; an action that begins with a blank is called as it stands.
  private func action(_ words: ValueWords) -> String {
    let offered = words.offered.joined(separator: " ")
    if words.isPath { return offered.isEmpty ? "_files" : " \(names.function)_words_or_files \(offered)" }
    if words.offered.contains(where: { $0.hasSuffix("=") }) { return " \(names.function)_heads \(offered)" }
    return offered.isEmpty ? " " : "(\(offered))"
  }

  /// Text without what means something between brackets and colons.
  private static func plain(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
      .replacing(":", with: "\\:")
  }
}
