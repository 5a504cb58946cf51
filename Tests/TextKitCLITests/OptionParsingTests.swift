import Testing
import TextKitCommandLine

@Suite("Options")
struct OptionParsingTests {
  private func parse(_ words: String...) throws(UsageError.Reason) -> ParsedArguments {
    try ParsedArguments(words, for: SampleCommand.description)
  }

  private func reason(_ words: String..., train: Bool = false) -> UsageError.Reason? {
    do throws(UsageError.Reason) {
      let description = train ? SampleTrainCommand.description : SampleCommand.description
      _ = try ParsedArguments(words, for: description)
      return nil
    } catch {
      return error
    }
  }

  @Test("What isn't given has its default")
  func defaults() throws {
    let parsed = try parse()
    #expect(parsed[SampleCommand.format] == .text)
    #expect(parsed[SampleCommand.threads] == 2)
    #expect(parsed[SampleCommand.scale] == 0.5)
    #expect(parsed[SampleCommand.model] == nil)
    #expect(parsed[SampleCommand.set] == [])
    #expect(parsed[SampleCommand.verbose] == false)
    #expect(parsed[SampleCommand.files] == [])
    #expect(!parsed.isGiven(SampleCommand.format))
  }

  @Test("Values are joined, separate, or stand behind a letter")
  func spellings() throws {
    for words in [
      ["--format", "json", "--threads=8"], ["--format=json", "-j8"], ["-f", "json", "-j", "8"],
      ["-fjson", "-j=8"], ["-f=json", "--threads", "8"],
    ] {
      let parsed = try ParsedArguments(words, for: SampleCommand.description)
      #expect(parsed[SampleCommand.format] == .json, "\(words)")
      #expect(parsed[SampleCommand.threads] == 8, "\(words)")
      #expect(parsed.isGiven(SampleCommand.format))
    }
  }

  @Test("Flags are grouped, also before an option with a value")
  func groups() throws {
    let parsed = try parse("-vqj3", "-m", "a.model")
    #expect(parsed[SampleCommand.verbose])
    #expect(parsed[CommonOptions.quiet])
    #expect(parsed[SampleCommand.threads] == 3)
    #expect(parsed[SampleCommand.model]?.text == "a.model")
  }

  @Test("Repeated options keep their order; values may hold signs, blanks and dashes")
  func values() throws {
    let parsed = try parse("--set", "a=1", "--set=b=x y", "--set=--c", "--set=", "--scale", "-2.5", "-m", "-")
    #expect(parsed[SampleCommand.set] == ["a=1", "b=x y", "--c", ""])
    #expect(parsed[SampleCommand.scale] == -2.5)
    #expect(parsed[SampleCommand.model]?.isStandardStream == true)
  }

  @Test("'--' ends the options, '-' is a positional, options and positionals mix")
  func positionals() throws {
    let parsed = try parse("a", "-v", "-", "--", "--format", "-q", "--")
    #expect(parsed[SampleCommand.files].map(\.text) == ["a", "-", "--format", "-q", "--"])
    #expect(parsed[SampleCommand.verbose])
    #expect(!parsed[CommonOptions.quiet])
  }

  @Test("Required and optional parts")
  func required() throws {
    let parsed = try ParsedArguments(["-o", "m", "corpus"], for: SampleTrainCommand.description)
    #expect(parsed[SampleTrainCommand.output].text == "m")
    #expect(parsed[SampleTrainCommand.corpus].text == "corpus")
    #expect(parsed[SampleTrainCommand.development] == nil)
    let both = try ParsedArguments(["a", "-om", "b"], for: SampleTrainCommand.description)
    #expect(both[SampleTrainCommand.development]?.text == "b")
    #expect(reason("c", train: true) == .missingOption("--output", valueName: "file"))
    #expect(reason("-o", "m", train: true) == .missingPositional("corpus"))
    #expect(reason("-o", "m", "a", "b", "c", train: true) == .unexpectedArgument("c"))
  }

  @Test("Every mistake is told from the others, with the nearest name")
  func mistakes() {
    #expect(reason("--formt", "json") == .unknownOption("--formt", suggestion: "--format"))
    #expect(reason("--Threads=3") == .unknownOption("--Threads", suggestion: "--threads"))
    #expect(reason("--zzz") == .unknownOption("--zzz", suggestion: nil))
    #expect(reason("-z") == .unknownOption("-z", suggestion: nil))
    #expect(reason("-theads") == .unknownOption("-t", suggestion: "--threads"))
    #expect(reason("---") == .unknownOption("---", suggestion: nil))
    #expect(reason("--=x") == .unknownOption("--", suggestion: nil))
    #expect(reason("--model") == .missingValue(option: "--model", valueName: "file", next: nil))
    #expect(
      reason("--model", "--format") == .missingValue(option: "--model", valueName: "file", next: "--format"))
    #expect(reason("--verbose=yes") == .unexpectedValue(option: "--verbose", value: "yes"))
    #expect(reason("-v=yes") == .unexpectedValue(option: "--verbose", value: "yes"))
    #expect(reason("-v", "--verbose") == .repeatedOption("--verbose"))
    #expect(reason("-j1", "--threads=2") == .repeatedOption("--threads"))
    #expect(
      reason("--format=jsn")
        == .invalidValue(
          argument: "option --format", expected: "one of text, json, columns", found: "jsn",
          suggestion: "json"))
    for text in ["0", "65", "x", "", "1.5", "9223372036854775808"] {
      #expect(
        reason("--threads=\(text)")
          == .invalidValue(
            argument: "option --threads", expected: "an integer from 1 to 64", found: text, suggestion: nil))
    }
    for text in ["nan", "inf", "1e999", "1,5"] {
      #expect(
        reason("--scale=\(text)")
          == .invalidValue(argument: "option --scale", expected: "a number", found: text, suggestion: nil))
    }
    #expect(
      reason("--", "")
        == .invalidValue(
          argument: "argument <file>", expected: "the name of a file", found: "", suggestion: nil))
  }
}
