/// Completion for bash 3.2 and later.
///
/// The script first walks over the names of commands, then looks up in one `case` what the option before the cursor
/// takes, or in another what can stand at the cursor.
struct BashCompletion {
  private let places: [CompletionPlace]
  private let names: CompletionNames

  init(_ places: [CompletionPlace], _ names: CompletionNames) {
    self.places = places
    self.names = names
  }

  var text: String {
    """
    # Completion of \(names.tool) for bash.

    \(names.function)_files() {
      local name
      compopt -o filenames 2> /dev/null
      while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -f -- "$1")
    }

    # Words $3… that begin with $2, each behind $1.
    \(names.function)_words() {
      local head=$1 begin=$2 word
      shift 2
      for word; do
        if [[ $word != "$begin"* ]]; then continue; fi
        COMPREPLY+=("$head$word")
        if [[ $word == *= ]]; then compopt -o nospace 2> /dev/null; fi
      done
    }

    # What the option $2 of the command $1 takes; fails where it takes nothing.
    \(names.function)_value() {
      local head=$3 current=$4
      case "$1 $2" in
    \(valueCases)
        *) return 1 ;;
      esac
    }

    \(names.function)() {
      local current=${COMP_WORDS[COMP_CWORD]} previous='' place=\(names.tool.shellQuoted) index=1 word head=''
      local isOver=''
      COMPREPLY=()
      while ((index < COMP_CWORD)); do
        word=${COMP_WORDS[index]}
        case "$place $word" in
    \(commandCases)
          *) break ;;
        esac
        ((index++))
      done
      while ((index < COMP_CWORD)); do
        if [[ ${COMP_WORDS[index]} == -- ]]; then isOver=1; fi
        ((index++))
      done
      if ((COMP_CWORD > 0)); then previous=${COMP_WORDS[COMP_CWORD - 1]}; fi
      # An option and its value with = between are three words for bash, or one.
      if [[ $current == = ]]; then
        current=''
      elif [[ $previous == = ]] && ((COMP_CWORD > 1)); then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
      elif [[ $current == --*=* ]]; then
        previous=${current%%=*} head=${current%%=*}= current=${current#*=}
      fi
      if [[ -z $isOver && $previous == -* ]]; then
        if \(names.function)_value "$place" "$previous" "$head" "$current"; then return; fi
      fi
      if [[ -z $isOver && $current == -* ]]; then
        case "$place" in
    \(optionCases)
        esac
        return
      fi
      case "$place" in
    \(positionalCases)
      esac
    }

    complete -F \(names.function) \(names.tool)

    """
  }

  /// Which words go on along the path.
  private var commandCases: String {
    let tool = names.tool
    let free = ["help", "-q", "--quiet"].map { "'\(tool) \($0)'" }.joined(separator: " | ")
    let steps = places.dropFirst().map { $0.key.shellQuoted }
    return "      \(free)) ;;\n      \(steps.joined(separator: " | "))) place=\"$place $word\" ;;"
  }

  private var optionCases: String {
    places.map { place in
      let words = place.options.flatMap(\.spellings) + place.flags.map { "--\($0.name)" }
      return "      \(place.key.shellQuoted)) \(names.function)_words '' \"$current\" \(Self.list(words)) ;;"
    }.joined(separator: "\n")
  }

  /// Options that take the same are one case.
  private var valueCases: String {
    var order: [String] = []
    var keys: [String: [String]] = [:]
    for place in places {
      for option in place.options where option.valueName != nil {
        let action = action(option.words, head: "\"$head\"")
        if keys[action] == nil { order.append(action) }
        keys[action, default: []] += option.spellings.map { place.key(of: $0).shellQuoted }
      }
    }
    return order.map { "    \((keys[$0] ?? []).joined(separator: " | "))) \($0) ;;" }.joined(separator: "\n")
  }

  private var positionalCases: String {
    places.compactMap { place in
      var actions: [String] = []
      if !place.commands.isEmpty {
        actions.append("\(names.function)_words '' \"$current\" \(Self.list(place.commands.map(\.name)))")
      }
      let offers = place.positionals.map(\.words).filter { $0.isPath || !$0.offered.isEmpty }
      actions += offers.map { action($0, head: "''") }
      guard !actions.isEmpty else { return nil }
      return "      \(place.key.shellQuoted)) \(actions.joined(separator: "; ")) ;;"
    }.joined(separator: "\n")
  }

  private func action(_ words: ValueWords, head: String) -> String {
    var actions: [String] = []
    if !words.offered.isEmpty {
      actions.append("\(names.function)_words \(head) \"$current\" \(Self.list(words.offered))")
    }
    if words.isPath { actions.append("\(names.function)_files \"$current\"") }
    return actions.isEmpty ? ":" : actions.joined(separator: "; ")
  }

  private static func list(_ words: [String]) -> String { words.map(\.shellQuoted).joined(separator: " ") }
}
