import TextKitTraining

extension CommandLineTool {
  /// What a command line asks for.
  package enum Invocation: Sendable {
    case command(any Command.Type, ParsedArguments, path: [String])
    /// Help for the tool itself if there is no node.
    case help(path: [String], CommandNode?)
    case version(asJSON: Bool)
  }

  /// Finds the command that `arguments` name, and reads the rest for it.
  ///
  /// `--help` or `-h` anywhere before `--` asks for help on the command found so far, `help train segment` is the
  /// same as `train segment --help`. `--quiet` may stand before the command, too.
  package func invocation(of arguments: [String]) throws(UsageError) -> Invocation {
    var words = arguments[...]
    let asksForHelp =
      words.first == "help" || words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    if words.first == "help" { words.removeFirst() }
    let isQuiet = ["-q", "--quiet"].contains(words.first)
    if isQuiet { words.removeFirst() }
    var path = [name]
    var node: CommandNode?
    var choices = commands
    while true {
      guard let word = words.first, !word.hasPrefix("-") else {
        if asksForHelp { return .help(path: path, node) }
        if words.first == "--version", path.count == 1 { return try version(words.dropFirst()) }
        if case .group(_, _, _, let standard?) = node, !words.isEmpty {
          return try Self.parsed(standard, words, isQuiet, path + [standard.description.name])
        }
        throw UsageError(
          commandPath: path, reason: Self.reason(for: words.first, choices.filter { !$0.isHidden }.map(\.name)))
      }
      guard let found = choices.first(where: { $0.name == word }) else {
        let nearest = nearestName(
          to: word, among: choices.filter { !$0.isHidden }.map(\.name) + (node == nil ? ["help"] : []))
        throw UsageError(
          commandPath: path, reason: .unknownCommand(word, suggestion: nearest.map { "'\($0)'" }))
      }
      words.removeFirst()
      path.append(word)
      node = found
      switch found {
      case .group(_, _, let commands, _): choices = commands
      case .command where asksForHelp: return .help(path: path, found)
      case .command(let type): return try Self.parsed(type, words, isQuiet, path)
      }
    }
  }

  private static func parsed(
    _ type: any Command.Type, _ words: ArraySlice<String>, _ isQuiet: Bool, _ path: [String]
  ) throws(UsageError) -> Invocation {
    let words = (isQuiet ? [CommonOptions.quiet.specification.display] : []) + words
    do throws(UsageError.Reason) {
      return .command(type, try ParsedArguments(words, for: type.description), path: path)
    } catch {
      throw UsageError(commandPath: path, reason: error)
    }
  }

  private func version(_ rest: ArraySlice<String>) throws(UsageError) -> Invocation {
    let asJSON = rest.first == "--json"
    if let word = rest.dropFirst(asJSON ? 1 : 0).first {
      throw UsageError(commandPath: [name], reason: .unexpectedArgument(word))
    }
    return .version(asJSON: asJSON)
  }

  /// Why `word`, an option or nothing, can't stand where a command was expected.
  private static func reason(for word: String?, _ names: [String]) -> UsageError.Reason {
    guard let word else { return .missingCommand(names) }
    let name = word.prefix { $0 != "=" }
    let nearest = nearestName(to: String(name), among: ["--help", "--quiet", "--version"])
    return .unknownOption(String(name), suggestion: nearest)
  }
}
