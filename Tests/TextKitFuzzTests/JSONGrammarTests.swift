import Testing
import TextKitFuzz

@Suite("What the fuzzer takes for JSON")
struct JSONGrammarTests {
  @Test(
    "numbers of any size",
    arguments: [
      "{\"id\": -1e999}", "[1E+4000, 1.5e-4000]", String(repeating: "7", count: 500),
      "0." + String(repeating: "7", count: 500), "{\"a\": \"1e999\"}",
    ])
  func numbers(_ text: String) { #expect(JSONGrammar.holds(Array(text.utf8))) }

  @Test(
    "nothing else",
    arguments: [
      "", "{\"id\": 1e999", "[1e]", "[.5e999]", "[+1e999]", "[-]", "[1e999 2]", "{\"a\": nan}", "{\"a\": inf}",
    ])
  func others(_ text: String) { #expect(!JSONGrammar.holds(Array(text.utf8))) }
}
