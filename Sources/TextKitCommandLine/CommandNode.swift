/// A place in the tree of commands.
package indirect enum CommandNode: Sendable {
  case command(any Command.Type)
  /// Commands; the one named `standard` runs where an option stands instead of a name.
  case group(name: String, summary: String, commands: [CommandNode], standard: (any Command.Type)? = nil)

  package var name: String {
    switch self {
    case .command(let type): type.description.name
    case .group(let name, _, _, _): name
    }
  }

  /// Whether lists of commands leave it out.
  package var isHidden: Bool {
    switch self {
    case .command(let type): type.description.isHidden
    case .group: false
    }
  }

  package var summary: String {
    switch self {
    case .command(let type): type.description.summary
    case .group(_, let summary, _, _): summary
    }
  }
}

/// Commands under one heading of the tool's help.
package struct CommandSection: Sendable {
  package let title: String
  package let commands: [CommandNode]

  package init(_ title: String, _ commands: [CommandNode]) {
    self.title = title
    self.commands = commands
  }
}

extension CommandNode {
  /// The commands below a group, without the hidden ones; none below a command.
  package var children: [CommandNode] {
    switch self {
    case .command: []
    case .group(_, _, let commands, _): commands.filter { !$0.isHidden }
    }
  }

  /// What the command takes; for a group what its standard command takes.
  package var description: CommandDescription? {
    switch self {
    case .command(let type): type.description
    case .group(_, _, _, let standard): standard?.description
    }
  }

  /// Examples: of a group, the first ones of its first commands.
  package var examples: [Example] {
    switch self {
    case .command(let type): type.description.examples
    case .group:
      children.count > 1
        ? Array(children.compactMap(\.examples.first).prefix(2)) : Array(children.flatMap(\.examples).prefix(2))
    }
  }
}
