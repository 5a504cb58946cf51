import Foundation
import TextKit
import TextKitCorpus
import TextKitModels

/// The readers of batch runs.
enum BatchTargets {
  static let all = [documents, manifest]

  /// For every text the number of its bytes.
  private static let task = BatchTask(name: "bytes", key: "bytes", identity: "1", isSequence: false) { texts, _, _ in
    TextBlock(lines: texts.lineEnds.indices.map { Array("\(texts.range(ofLine: $0).count)".utf8) })
  }

  static let documents = FuzzTarget(
    name: "batch", summary: "documents of a batch run: lines, files, JSON Lines, TSV, CSV",
    tokens: [
      "{\"text\": \"a\"}\n", "\"text\":", "\t", ",", "\"", "\n", "\r\n", "\\u0000", "\\ud800", "[[[", "text\n",
      "\"bytes\"",
    ]
  ) {
    FuzzSubject([
      "{\"id\": 1, \"text\": \"我爱\\n北京\"}\n{\"text\": \"\"}\n", "id\ttext\n1\ta b\n", "id,text\n1,\"a, \"\"b\"\n",
    ]) { input in
      var results: [String] = []
      for format in BatchFormat.allCases {
        for faults in BatchOptions.Faults.allCases {
          var job = BatchJob(tasks: [task], input: try BatchInput(paths: [input.path]))
          (job.options.format, job.options.faults) = (format, faults)
          if format == .tsv || format == .csv { job.options.column = .number(faults == .skip ? 1 : 2) }
          let output = Lines()
          do {
            let progress = try job.run(
              to: .stream({ output.append($0) }, errors: { _ in }))
            try BrokenProperty.check(
              output.count == progress.documents, "\(output.count) lines for \(progress.documents) documents")
            for line in output.lines where SourceText(bytes: input.bytes).isValidUTF8 {
              try BrokenProperty.check(
                JSONGrammar.holds(line),
                "a record that is no JSON: \(String(decoding: line.prefix(200), as: UTF8.self))")
            }
            results.append("\(progress.errors > 0)")
          } catch let error as CorpusError { results.append(TypedErrors.kind(of: error)) }
        }
      }
      return TypedErrors.kind(of: results.joined(separator: "|"))
    }
  }

  static let manifest = FuzzTarget(
    name: "batch-manifest", summary: "the list of what an interrupted batch run has written",
    tokens: [
      "{\"shard\":{\"bytes\":0,\"end\":{\"file\":0,\"line\":0,\"offset\":0},\"errors\":0,\"file\":\"part-00000.jsonl\",\"records\":1}}\n",
      "{\"isComplete\":true}\n", "{\"conditions\":{}}\n", "../", "\"file\":\"", "9223372036854775807", "-1", "{}\n",
      "\n",
    ]
  ) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "textkit-fuzz-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    // The times of files are among the conditions, so that the text lies where it stays.
    let text = FileManager.default.temporaryDirectory.appending(path: "textkit-fuzz-batch-\(getpid()).txt")
    try Data("a\nbc\ndef\nghij\n".utf8).write(to: text)
    func job() throws -> BatchJob {
      var job = BatchJob(tasks: [task], input: try BatchInput(paths: [text.path]))
      (job.options.shardSize, job.options.resume) = (4, true)
      return job
    }
    try job().run(to: .folder(folder))
    let whole = [UInt8](try Data(contentsOf: folder.appending(path: "manifest.jsonl")))
    let parts = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("part-") }
    let contents = try parts.sorted().map { ($0, try Data(contentsOf: folder.appending(path: $0))) }
    let cut = whole.split(separator: 0x0A).dropLast(2).joined(separator: [0x0A]) + [0x0A]
    return FuzzSubject(seeds: [Array(cut), whole]) { input in
      let folder = input.folder.appending(path: "run")
      try? FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, data) in contents { try data.write(to: folder.appending(path: name)) }
      try Data(input.bytes).write(to: folder.appending(path: "manifest.jsonl"))
      let progress = try job().run(to: .folder(folder))
      return "\(progress.wasComplete) \(min(progress.newDocuments, 2))"
    }
  }

  /// Gathers lines.
  private final class Lines: @unchecked Sendable {
    private(set) var lines: [ArraySlice<UInt8>] = []

    var count: Int { lines.count }

    func append(_ bytes: [UInt8]) { lines += bytes.split(separator: 0x0A) }
  }
}
