import Foundation
import Testing
import TextKitCommandLine

@Suite("Help and terminals")
struct OptionHelpTests {
  /// What `words` write to a standard output of that kind.
  private func output(_ words: [String], _ terminal: Terminal) throws -> String {
    let pipe = Pipe()
    let writer = OutputWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor, name: "output")
    let context = CommandContext(
      output: writer, diagnostics: writer, terminal: terminal, diagnosticsTerminal: terminal)
    #expect(sampleTool.run(arguments: words, in: context) == .success)
    try pipe.fileHandleForWriting.close()
    return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }

  @Test("The help of a command: usage, summary, arguments, options in columns, examples")
  func command() throws {
    let expected = """
      Usage: textkit segment [options] [<file>...]

      Splits Chinese text into words.

      The words of a line concatenate to the line.

      Arguments:
        <file>  Texts; standard input if there is none.

      Options:
        -f, --format <name>    How words are written. (one of text, json, columns;
                               default: text)
        -j, --threads <count>  Threads at work. (default: 2)
            --scale <factor>   A factor. (default: 0.5)
        -m, --model <file>     The model to use instead of the one that comes with the
                               program, which was trained on news text.
            --set <key=value>  A setting. (may be repeated)
        -v, --verbose          Say more.
        -q, --quiet            Write nothing but errors to standard error: no
                               progress, no notes.
        -h, --help             Show this help.

      Examples:
        textkit segment news.txt
            Words of a file, with blanks between them.
        echo 我爱北京 | textkit segment
            Words of standard input.

      """
    let found = try output(["segment", "-h"], Terminal(isInteractive: false))
    #expect(found == expected)
  }

  @Test("The help of the tool, of a group, and of a command with required parts")
  func others() throws {
    let terminal = Terminal(isInteractive: false)
    #expect(
      try output(["--help"], terminal) == """
        Usage: textkit <command> [options]

        Finds words, names and topics in text.

        Use:
          segment  Splits Chinese text into words.
        Train:
          train    Train models: segment
          compare  Compare models: segment
        Options: -h, --help; -q, --quiet; --version. Every command has --help.

        Examples:
          textkit segment news.txt
              Words of a file.

        """)
    #expect(try output(["train", "-h"], terminal).contains("\nCommands:\n  segment  Trains a segmenter.\n"))
    let help = try output(["train", "segment", "-h"], terminal)
    #expect(
      help.hasPrefix("Usage: textkit train segment --output <file> [options] <corpus> [<development>]\n"))
    #expect(help.contains("  -o, --output <file>  The model. (required)\n"))
  }

  @Test("Lines are wrapped at the terminal's width, and colors are for terminals that want them")
  func width() throws {
    let narrow = try output(["segment", "-h"], Terminal(isInteractive: true, width: 50))
    #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= 50 })
    #expect(!narrow.contains("\u{1B}"))
    let colored = try output(["segment", "-h"], Terminal(isInteractive: true, usesColor: true))
    #expect(colored.hasPrefix("\u{1B}[1mUsage:\u{1B}[0m textkit"))
  }

  @Test("A pipe is no terminal, whatever the environment says")
  func pipe() {
    let pipe = Pipe()
    withExtendedLifetime(pipe) {
      let terminal = Terminal(
        descriptor: pipe.fileHandleForWriting.fileDescriptor,
        environment: ["COLUMNS": "200", "TERM": "xterm"])
      #expect(terminal == Terminal(isInteractive: false, width: 80, usesColor: false))
    }
  }

  #if os(Linux)
    @Test("A terminal has colors unless NO_COLOR is set or it is dumb, and COLUMNS columns")
    func terminal() throws {
      // The controlling side of a pseudoterminal is a terminal, too.
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: "/dev/ptmx"))
      func terminal(_ environment: [String: String]) -> Terminal {
        withExtendedLifetime(handle) {
          Terminal(descriptor: handle.fileDescriptor, environment: environment)
        }
      }
      #expect(
        terminal(["TERM": "xterm"]) == Terminal(isInteractive: true, width: 80, usesColor: true, rewritesLines: true))
      #expect(!terminal(["NO_COLOR": "1"]).usesColor)
      #expect(terminal(["NO_COLOR": ""]).usesColor)
      #expect(terminal(["NO_COLOR": "1"]).rewritesLines)
      #expect(!terminal(["TERM": "dumb"]).usesColor && !terminal(["TERM": "dumb"]).rewritesLines)
      #expect(terminal(["COLUMNS": "100"]).width == 100)
      #expect(terminal(["COLUMNS": "7"]).width == 40)
    }
  #endif
}
