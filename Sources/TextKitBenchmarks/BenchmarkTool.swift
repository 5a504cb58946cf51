import Foundation

/// `textkit-bench [--list] [--json FILE] [GROUP…]`: runs the named groups, or all.
@main
struct BenchmarkTool {
  /// Every group; one file each.
  static let groups: [BenchmarkGroup] = [
    .kernels, .training, .convolution, .segmentation, .tokens, .texts, .vectors, .loadSegment, .loadEntities,
    .loadClassify,
  ]

  static let usage = """
    usage: textkit-bench [--list] [--json FILE] [GROUP...]

    Runs the named groups of measurements, or all, and prints a table.
      --list       list the groups
      --json FILE  write the measurements to FILE too

    """

  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch let error as UsageError {
      FileHandle.standardError.write(Data("textkit-bench: \(error.message)\n\(usage)".utf8))
      exit(64)
    } catch {
      FileHandle.standardError.write(Data("textkit-bench: \(error)\n".utf8))
      exit(74)
    }
  }

  struct UsageError: Error {
    let message: String
  }

  static func run(_ arguments: [String]) throws {
    var arguments = arguments[...]
    var names: [String] = []
    var jsonPath: String?
    while let argument = arguments.popFirst() {
      switch argument {
      case "--help", "-h":
        print(usage, terminator: "")
        return
      case "--list":
        for group in groups { print("\(group.name): \(group.summary)") }
        return
      case "--json":
        guard let path = arguments.popFirst() else { throw UsageError(message: "--json needs a file") }
        jsonPath = path
      case _ where argument.hasPrefix("-"): throw UsageError(message: "unknown option \(argument)")
      default: names.append(argument)
      }
    }
    let selected = try names.isEmpty ? groups : names.map(group)
    var report = BenchmarkReport()
    for group in selected {
      let measurements = try group.run()
      report.groups[group.name] = measurements
      print("\(group.name)\n\(BenchmarkReport.table(measurements))")
    }
    if let jsonPath { try report.json().write(to: URL(fileURLWithPath: jsonPath), options: .atomic) }
  }

  static func group(named name: String) throws -> BenchmarkGroup {
    guard let group = groups.first(where: { $0.name == name }) else {
      throw UsageError(message: "no group \(name); there are \(groups.map(\.name).joined(separator: ", "))")
    }
    return group
  }
}
