import Foundation
import Testing
import TextKit
import TextKitTestSupport

@Suite("textkit batch", .enabled(if: Program.url != nil, "the program isn't built"))
struct BatchCommandTests {
  private let folder: BatchFolderCase

  init() throws { folder = try BatchFolderCase() }

  /// Runs a line of shell with the program as `$0`.
  private static func shell(_ script: String, _ arguments: String...) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", script, try #require(Program.url).path] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test("gives the records that the single commands give")
  func records() throws {
    let text = SampleCorpus.path("zh-text/mixed.txt")
    let batch = try Program.run(["batch", "-t", "segment", "-i", text, "-o", "-"])
    #expect(try batch.code == 0 && batch.output == Program.run(["segment", "-f", "jsonl", text]).output)
    let entities = try Program.run(["batch", "-t", "ner", "-i", text, "-o", "-"])
    #expect(try entities.output == Program.run(["ner", "-f", "jsonl", text]).output)
    let words = try Program.run(["batch", "-t", "segment", "--output-format", "text", "-i", text, "-o", "-"])
    #expect(try words.output == Program.run(["segment", text]).output)
    let labels = try Program.run(["batch", "-t", "sentiment", "--output-format", "text", "-i", text, "-o", "-"])
    #expect(try labels.output == Program.run(["sentiment", "-f", "label", text]).output)
    let all = try Program.run(["batch", "-t", "classify,segment,ner,sentiment", "-i", text, "-o", "-"])
    for line in String(decoding: all.output, as: UTF8.self).split(separator: "\n") {
      let keys = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]).keys
      #expect(keys.sorted() == ["classification", "entities", "sentiment", "text", "words"])
    }
  }

  @Test(
    "refuses what makes no sense together",
    arguments: [
      ["-t", "segment", "-o", "-", "--resume"], ["-t", "segment", "-o", "-", "--on-error", "skip"],
      ["-t", "segment,ner", "-o", "-", "--output-format", "text"], ["-t", "segment,segment", "-o", "-"],
      ["-t", "cut", "-o", "-"], ["-t", "segment", "-o", "-", "-m", "ner=x"],
      ["-t", "sentiment", "-o", "-", "-m", "sentiment=x"], ["-t", "segment", "-o", "x", "--errors", "e"],
    ])
  func usage(_ arguments: [String]) throws {
    #expect(try Program.run(["batch"] + arguments).code == 64)
  }

  @Test("answers a line before the next one comes, and ends in peace when nobody reads")
  func pipes() throws {
    // The second line is written after the answer to the first has been read.
    let talk = """
      coproc WORKER { "$0" batch -t segment -j 1 -i - -o -; }
      for text in 我爱北京 天安门; do
        echo $text >&"${WORKER[1]}"
        read -t 20 -r answer <&"${WORKER[0]}" || exit 3
        echo "$answer"
      done
      eval "exec ${WORKER[1]}>&-"
      wait
      """
    let answers = try Self.shell(talk)
    #expect(answers.code == 0)
    #expect(
      answers.output
        == "{\"text\": \"我爱北京\", \"words\": [\"我\", \"爱\", \"北京\"]}\n{\"text\": \"天安门\", \"words\": [\"天安门\"]}\n")
    let closed = try Self.shell(
      "yes 我爱北京 | head -200000 | \"$0\" batch -t segment -i - -o - | head -1; echo ${PIPESTATUS[2]}")
    #expect(closed.output.hasSuffix("}\n0\n"), "\(closed)")
    let failed = try Self.shell(
      "printf '{\"text\": \"a\"}\\n{\\n' | \"$0\" batch -t segment -f jsonl -i - -o -; echo $?")
    #expect(failed.output == "{\"text\": \"a\", \"words\": [\"a\"]}\n65\n")
  }

  @Test("ends at a request to, though its input stays open and silent", arguments: ["TERM", "INT"])
  func request(signal: String) throws {
    // Without job control bash has background jobs ignore INT; a coprocess of `set -m` doesn't.
    let talk = """
      set -m
      coproc WORKER { exec "$0" batch -t segment -j 2 -i - -o -; }
      pid=$WORKER_PID out=${WORKER[0]} in=${WORKER[1]}
      exec 3<&"$out" 4>&"$in"
      echo 我爱北京 >&4
      read -t 30 -r answer <&3 || exit 3
      { sleep 30; kill -KILL $pid; } > /dev/null 3<&- 4>&- & guard=$!
      kill -\(signal) $pid
      wait $pid; code=$?
      kill -- -$guard
      # A line that comes too late has no answer.
      cat <&3
      echo $code
      """
    let talked = try Self.shell(talk)
    #expect(talked.code == 0 && talked.output == "130\n", "\(talked)")
  }

  @Test("killed at any moment and resumed, it leaves the files of a run without a stop")
  func kills() throws {
    let sample = try String(contentsOfFile: SampleCorpus.path("zh-segmentation/test.raw"), encoding: .utf8)
    let input = try folder.file("in.txt", String(repeating: sample, count: 1 + 3_000_000 / sample.utf8.count))
    let output = folder.url.path + "/out"
    let arguments = "batch -t segment -i \(input) --shard-size 1 -o"
    #expect(try Self.shell("\"$0\" \(arguments) \(output).whole").code == 0)
    let whole = try BatchFolderCase.contents(URL(filePath: output + ".whole"))
    #expect(whole.count >= 4)
    var random = SeededRandom(seed: 7)
    var runs = 0
    var code: Int32 = 1
    while code != 0, runs < 60 {
      let wait = runs < 8 ? String(format: "%.2f", 0.1 + Double(random.next() % 900) / 1000) : "60"
      let script = "timeout -s KILL \(wait) \"$0\" \(arguments) \(output)\(runs > 0 ? " --resume" : "")"
      code = try Self.shell(script).code
      runs += 1
    }
    #expect(runs > 2 && code == 0)
    #expect(try BatchFolderCase.contents(URL(filePath: output)) == whole)
  }

  @Test("goes on only where letters are folded as when the run began", arguments: [[], ["--fold-width"]])
  func foldWidth(flags: [String]) throws {
    let run = ["batch", "-t", "segment", "-i", try folder.file("in.txt", "我爱北京\n"), "-o", folder.url.path + "/out"]
    #expect(try Program.run(run + flags).code == 0)
    let other = try Program.run(run + ["--resume"] + (flags.isEmpty ? ["--fold-width"] : []))
    #expect(other.code == 65 && other.messages.contains("expected a run of fold-width "), "\(other)")
    #expect(try Program.run(run + ["--resume"] + flags).code == 0)
  }

  @Test("works under Spark's RDD.pipe, where PySpark is", .enabled(if: spark != nil, "PySpark isn't there"))
  func sparkJob() throws {
    let python = try #require(Self.spark)
    let sample = SampleCorpus.path("zh-segmentation/test.raw")
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Spark/segment.py").path
    let target = folder.url.path + "/spark"
    let job = try Self.shell(
      "PYSPARK_PYTHON=\(python) \(python) \(script) \"$0\" file://\(sample) \(target) 4")
    #expect(job.code == 0, "\(job.output)")
    let single = try Program.run(["batch", "-t", "segment", "-i", sample, "-o", "-"])
    let parts = try FileManager.default.contentsOfDirectory(atPath: target).filter { $0.hasPrefix("part-") }.sorted()
    #expect(parts.count >= 4)
    var records = Data()
    for part in parts { records += try Data(contentsOf: URL(filePath: "\(target)/\(part)")) }
    #expect(records == single.output)
  }

  /// A Python that has PySpark, and a Java to run it.
  private static let spark: String? = {
    for python in [ProcessInfo.processInfo.environment["TEXTKIT_PYTHON"], "python3"].compactMap(\.self) {
      let found = try? shell("command -v java && \(python) -c 'import pyspark'")
      if found?.code == 0 { return python }
    }
    return nil
  }()
}
