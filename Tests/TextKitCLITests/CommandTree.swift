import TextKitCLI
import TextKitCommandLine

/// The commands of the program, as the tests walk over them.
enum CommandTree {
  struct Leaf: Sendable, CustomStringConvertible {
    let path: [String]
    let command: CommandDescription
    var description: String { path.joined(separator: " ") }
  }

  /// Every command that is no group, hidden ones left out.
  static let leaves: [Leaf] = TextKitTool.tool.commands.filter { !$0.isHidden }.flatMap { leaves(of: $0, [$0.name]) }

  /// Every group.
  static let groups: [CommandNode] = TextKitTool.tool.commands.filter { !$0.children.isEmpty }

  private static func leaves(of node: CommandNode, _ path: [String]) -> [Leaf] {
    guard case .command(let type) = node else {
      return node.children.flatMap { leaves(of: $0, path + [$0.name]) }
    }
    return [Leaf(path: path, command: type.description)]
  }
}
