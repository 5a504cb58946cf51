import Foundation
import Testing
import TextKitCommandLine

@Suite("Command line tool")
struct OptionToolTests {
  /// Runs the sample tool and returns exit code, standard output and standard error.
  private func run(_ words: String...) throws -> (code: ExitCode, output: String, diagnostics: String) {
    let output = Pipe()
    let (code, diagnostics) = try run(words, output: output.fileHandleForWriting)
    return (code, try text(of: output), diagnostics)
  }

  /// Runs the sample tool with `output` as standard output; returns exit code and standard error.
  private func run(_ words: [String], output: FileHandle) throws -> (code: ExitCode, diagnostics: String) {
    let diagnostics = Pipe()
    let context = CommandContext(
      output: OutputWriter(descriptor: output.fileDescriptor, name: "standard output"),
      diagnostics: OutputWriter(
        descriptor: diagnostics.fileHandleForWriting.fileDescriptor, name: "standard error", capacity: 0),
      terminal: Terminal(isInteractive: false), diagnosticsTerminal: Terminal(isInteractive: false))
    let code = sampleTool.run(arguments: words, in: context)
    return (code, try text(of: diagnostics))
  }

  /// Everything that was written into the pipe.
  private func text(of pipe: Pipe) throws -> String {
    try pipe.fileHandleForWriting.close()
    return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }

  @Test("A command runs, alone or inside a group")
  func success() throws {
    #expect(try run("segment", "a", "b") == (.success, "words: a|b\n", ""))
    #expect(try run("train", "segment", "-o", "m", "c") == (.success, "", ""))
    // An option instead of a command: the one that stands for the group runs.
    #expect(try run("compare", "-o", "m", "c") == (.success, "", ""))
    #expect(try run("compare", "segment", "-o", "m", "c") == (.success, "", ""))
    #expect(try run("--version") == (.success, "textkit 1.2.3\n", ""))
    #expect(
      try run("--version", "--json") == (.success, "{\"name\":\"textkit\",\"version\":\"1.2.3\"}\n", ""))
    #expect(try run("--version", "x").code == .usage)
  }

  @Test("--quiet, before the command or behind it, drops notes but no errors")
  func quiet() throws {
    #expect(try run("segment", "note").diagnostics == "a note\n")
    #expect(try run("segment", "note", "--quiet") == (.success, "words: note\n", ""))
    #expect(try run("--quiet", "segment", "note") == (.success, "words: note\n", ""))
    #expect(try run("-q", "compare", "-o", "m", "c") == (.success, "", ""))
    #expect(try run("-q", "segment", "-q", "note").code == .usage)
    #expect(try run("-q", "segment", "fail").diagnostics.hasPrefix("textkit: error: file x"))
  }

  @Test("An error that has no hint gets one")
  func hints() throws {
    let result = try run("segment", "hint")
    #expect(result.code == .software)
    #expect(result.diagnostics == "textkit: error: SampleProblem(part: \"it\"); mend it\n")
  }

  @Test("A mistake is one line on standard error, and code 64")
  func usage() throws {
    func expect(_ words: [String], _ message: String) throws {
      let result = try run(words, output: Pipe().fileHandleForWriting)
      #expect(result == (.usage, "textkit: error: \(message)\n"))
    }
    try expect(
      ["segment", "--formt", "x"],
      "unknown option --formt; did you mean --format? (see 'textkit segment --help')")
    try expect(["segmnet"], "unknown command 'segmnet'; did you mean 'segment'? (see 'textkit --help')")
    try expect(
      ["train", "segmnet"], "unknown command 'segmnet'; did you mean 'segment'? (see 'textkit train --help')")
    try expect(["train"], "expected a command: segment (see 'textkit train --help')")
    try expect([], "expected a command: segment, train, compare (see 'textkit --help')")
    try expect(["compare"], "expected a command: segment (see 'textkit compare --help')")
    try expect(["compare", "-o", "m"], "argument <corpus> is missing (see 'textkit compare segment --help')")
    try expect(["train", "-o", "m"], "unknown option -o (see 'textkit train --help')")
    try expect(["--verison"], "unknown option --verison; did you mean --version? (see 'textkit --help')")
    try expect(
      ["segment", "--model", "--quiet"],
      "option --model needs a value <file>, found --quiet; write --model=--quiet if that is the value "
        + "(see 'textkit segment --help')")
    try expect(
      ["segment", "--format=jso"],
      "option --format: expected one of text, json, columns, found 'jso'; did you mean json? "
        + "(see 'textkit segment --help')")
    try expect(["segment", "-vq"], "--verbose and --quiet exclude each other; leave one out")
  }

  @Test("A failing command has its own code, and one line even if its error has more")
  func failure() throws {
    #expect(
      try run("segment", "fail") == (
        .dataError, "", "textkit: error: file x, line 3: expected a tab (see 'textkit segment --help')\n"
      ))
  }

  @Test("Help is found on every way, before any other mistake")
  func help() throws {
    let help = try run("segment", "--help")
    #expect(help.code == .success)
    #expect(help.output.hasPrefix("Usage: textkit segment [options] [<file>...]\n"))
    #expect(try run("segment", "--formt", "-h").output == help.output)
    #expect(try run("help", "segment").output == help.output)
    #expect(try run("--help", "segment").output.hasPrefix("Usage: textkit <command>"))
    #expect(try run("train", "segment", "-h").output == run("help", "train", "segment").output)
    #expect(try run("train", "--help").output.hasPrefix("Usage: textkit train <command>"))
    #expect(try run("segment", "--", "--help").output == "words: --help\n")
    #expect(try run("help", "segmnet").code == .usage)
  }

  @Test("A reader that goes away ends the command without a word")
  func closedPipe() throws {
    _ = signal(SIGPIPE, SIG_IGN)
    let output = Pipe()
    try output.fileHandleForReading.close()
    #expect(try run(["segment", "a"], output: output.fileHandleForWriting) == (.success, ""))
  }

  #if os(Linux)
    @Test("A full disk behind standard output is an error")
    func fullOutput() throws {
      let full = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
      #expect(
        try run(["segment", "a"], output: full)
          == (
            .ioError,
            "textkit: error: standard output can't be written: No space left on device "
              + "(is there room, and may this be written?)\n"
          ))
    }
  #endif
}
