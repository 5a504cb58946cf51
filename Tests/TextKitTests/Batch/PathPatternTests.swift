import Testing
import TextKit

@Suite("Path patterns")
struct PathPatternTests {
  @Test(
    "match as shells match",
    arguments: [
      ("a/*.txt", "a/b.txt", true), ("a/*.txt", "a/b/c.txt", false), ("a/*.txt", "a/.b.txt", false),
      ("a/.*.txt", "a/.b.txt", true), ("**/*.txt", "a/b/c.txt", true), ("**/*.txt", "c.txt", true),
      ("**/*.txt", "a/.b/c.txt", false), ("a/**/d", "a/d", true), ("a/**/d", "a/b/c/d", true),
      ("a/**/d", "a/b/c/e", false), ("n?.txt", "n1.txt", true), ("n?.txt", "n.txt", false), ("n[0-9]x", "n5x", true),
      ("n[!0-9]x", "n5x", false), ("n[!0-9]x", "nax", true), ("n[ab-d]x", "ncx", true), ("n[]x", "n[]x", true),
      ("*a*b*", "xxaayybb", true), ("*a*b", "xaybz", false), ("/tmp/*", "/tmp/x", true), ("*", "", true),
    ])
  func matches(pattern: String, path: String, isMatch: Bool) throws {
    let parsed = try #require(PathPattern(pattern))
    #expect(parsed.matches(path) == isMatch)
    #expect(path.hasPrefix(parsed.root) || !isMatch)
  }

  @Test("any number of ** takes time in proportion to pattern and path")
  func folders() throws {
    let pattern = try #require(PathPattern(String(repeating: "**/a/", count: 40) + "b"))
    let path = String(repeating: "a/", count: 200)
    #expect(!pattern.matches(path + "c"))
    #expect(pattern.matches(path + "b"))
    #expect(try #require(PathPattern("**/**/**")).matches("a/b"))
    #expect(!(try #require(PathPattern("a/**/**/.x/c"))).matches("a/.y/.x/c"))
  }

  @Test("a path without wildcards is none")
  func plain() { #expect(PathPattern("a/b.txt") == nil) }
}
