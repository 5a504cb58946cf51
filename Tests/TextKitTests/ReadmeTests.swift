import Foundation
import Testing

@Suite("The README's Swift")
struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The blocks of Swift under "From Swift".
  private func shown() throws -> [String] {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let section = try #require(readme.split(separator: "\n## ").first { $0.hasPrefix("From Swift\n") })
    return section.split(separator: "```swift\n").dropFirst().compactMap { $0.split(separator: "```").first }.map {
      $0.trimmingCharacters(in: .newlines)
    }
  }

  /// The regions of the consumer's sources by their names: the parts between `// README: name` and `// end`, an empty
  /// line between two parts.
  private func built() throws -> [String: String] {
    let folder = Self.root.appending(path: "Tests/Consumer/Sources/Consumer")
    var regions: [String: [String]] = [:]
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
      var part: (name: String, indent: Int, lines: [String])?
      for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
        let indent = line.prefix { $0 == " " }.count
        let content = line.dropFirst(indent)
        if content.hasPrefix("// README: ") {
          #expect(part == nil, "\(file.lastPathComponent): a region in a region")
          part = (String(content.dropFirst("// README: ".count)), indent, [])
        } else if content == "// end", let whole = part {
          regions[whole.name, default: []].append(
            whole.lines.joined(separator: "\n").trimmingCharacters(in: .newlines))
          part = nil
        } else {
          let indent = part?.indent ?? 0
          part?.lines.append(String(line.dropFirst(indent)))
        }
      }
      #expect(part == nil, "\(file.lastPathComponent): a region without an end")
    }
    return regions.mapValues { $0.joined(separator: "\n\n") }
  }

  @Test("is what the consumer package builds and runs")
  func isBuilt() throws {
    let shown = try shown()
    let built = try built()
    #expect(shown.count >= 5)
    for block in shown {
      #expect(built.values.contains(block), "not in Tests/Consumer:\n\(block)")
    }
    for (name, region) in built where !shown.contains(region) {
      Issue.record("not in the README: \(name)\n\(region)")
    }
  }
}
