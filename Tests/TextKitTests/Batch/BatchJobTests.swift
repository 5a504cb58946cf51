import Foundation
import Synchronization
import Testing
import TextKit
import TextKitCorpus
import TextKitPretrained

@Suite("Batch runs")
struct BatchJobTests {
  private let folder: BatchFolderCase

  init() throws { folder = try BatchFolderCase() }

  private func job(_ paths: String..., options: (inout BatchOptions) -> Void = { _ in }) throws -> BatchJob {
    var job = BatchJob(tasks: [BatchFolderCase.lengths], input: try BatchInput(paths: paths))
    options(&job.options)
    return job
  }

  @Test("a line, an object, a row: a record each, other fields as they were")
  func formats() throws {
    let lines = try folder.run(try job(folder.file("a.txt", "ab c\r\n\n\u{1F600} \"d\"\n最后")))
    #expect(
      lines.records == """
        {"text": "ab c", "lengths": [2, 1]}
        {"text": "", "lengths": []}
        {"text": "\u{1F600} \\"d\\"", "lengths": [4, 3]}
        {"text": "最后", "lengths": [6]}

        """)
    let objects = try folder.run(
      try job(
        folder.file(
          "b.jsonl", #"{"id": 1.50, "body": "ab\u0020c", "more": {"x":[1, null]}}"# + "\n" + #"{ "body":"" }"# + "\n"
        )
      ) { $0.field = "body" })
    #expect(
      objects.records == """
        {"id": 1.50, "body": "ab\\u0020c", "more": {"x":[1, null]}, "lengths": [2, 1]}
        {"body":"", "lengths": []}

        """)
    let rows = try folder.run(
      try job(folder.file("c.csv", "id,text\n1,\"a, \"\"b\"\"\nc\"\n\n2,\n")) { $0.prefix = "x_" })
    #expect(
      rows.records == """
        {"id": "1", "text": "a, \\"b\\"\\nc", "x_lengths": [2, 5]}
        {"id": "2", "text": "", "x_lengths": []}

        """)
    let bare = try folder.run(
      try job(folder.file("d.tsv", "1\tab c\n2\td\n")) {
        $0.hasHeader = false
        $0.column = .number(2)
        $0.output = .text
      })
    #expect(bare.records == "2, 1\n1\n")
  }

  @Test("files of a folder in the order of their names, each as its name says or as one document")
  func folders() throws {
    try folder.file("in/b.txt", "b\nbb\n")
    try folder.file("in/a/z.jsonl", "{\"text\": \"aaa\"}\n")
    try folder.file("in/.hidden", "no")
    let root = folder.url.path + "/in"
    let all = try folder.run(try job(root))
    #expect(
      all.records == "{\"text\": \"aaa\", \"lengths\": [3]}\n{\"text\": \"b\", \"lengths\": [1]}\n"
        + "{\"text\": \"bb\", \"lengths\": [2]}\n")
    let whole = try folder.run(try job(root + "/*.txt") { $0.format = .files })
    #expect(whole.records == "{\"file\": \"\(root)/b.txt\", \"text\": \"b\\nbb\\n\", \"lengths\": [5]}\n")
    #expect(throws: CorpusError.self) { try BatchInput(paths: [root + "/*.csv"]) }
    #expect(throws: CorpusError.self) { try BatchInput(paths: [root + "/none"]) }
  }

  @Test("a document that can't be read ends the run behind those before it, or has a record that says why")
  func faults() throws {
    let path = try folder.file(
      "e.jsonl", "{\"text\": \"a\"}\n{\"text\": 1}\n{\"other\": \"\"}\n[]\n{\"text\": \"b\"}\n")
    let stopped = try folder.run(try job(path))
    #expect(stopped.records == "{\"text\": \"a\", \"lengths\": [1]}\n")
    #expect((stopped.failure as? CorpusError)?.line == 2)
    let skipped = try folder.run(try job(path) { $0.faults = .skip })
    #expect(skipped.failure == nil)
    let lines = skipped.records.split(separator: "\n")
    #expect(lines.count == 5 && lines[4] == "{\"text\": \"b\", \"lengths\": [1]}")
    #expect(lines[1].hasPrefix("{\"error\": \"\(path):2: expected a string"), "\(lines[1])")
    #expect(lines[2].contains("a field \\\"text\\\""))
    let errors = skipped.errors.split(separator: "\n")
    #expect(errors.count == 3 && errors[0].hasSuffix("\"record\": \"{\\\"text\\\": 1}\"}"), "\(errors)")
    let clash = try folder.run(try job(folder.file("f.jsonl", "{\"text\": \"a\", \"lengths\": 1}\n")))
    #expect(clash.failure.map { "\($0)" }?.contains("--prefix") == true)
    let rows = try folder.run(try job(folder.file("g.csv", "text,b\n1,2\n3\n4,5\n")) { $0.faults = .skip })
    #expect(rows.records.split(separator: "\n").count == 3 && rows.errors.contains("\"line\": 3"))
  }

  @Test("what is written doesn't depend on threads; shards begin where the input says")
  func threads() throws {
    let text = (0..<20_000).map { "line \($0) " + String(repeating: "x ", count: $0 % 40) }.joined(separator: "\n")
    let path = try folder.file("t.txt", text)
    var seen: Set<[String: Data]> = []
    for threads in [1, 2, 5] {
      let output = folder.url.appending(path: "out\(threads)")
      let progress = try job(path) {
        $0.threads = threads
        $0.shardSize = 100_000
      }.run(to: .folder(output))
      #expect(progress.documents == 20_000 && progress.errors == 0 && progress.bytes == text.utf8.count)
      seen.insert(try BatchFolderCase.contents(output))
    }
    let contents = try #require(seen.first)
    #expect(seen.count == 1 && contents.count == text.utf8.count / 100_000 + 2, "\(contents.keys.sorted())")
    let stream = try folder.run(try job(path))
    let parts = contents.filter { $0.key.hasPrefix("part-") }.sorted { $0.key < $1.key }.map(\.value)
    #expect(Data(parts.joined()) == Data(stream.records.utf8))
  }

  @Test("a text of megabytes gives the words and entities that it gives at once")
  func longText() throws {
    let sentence = "王小明在北京大学读书，昨天去了上海。Mr. Smith paid 3.14 dollars! "
    let text = String(repeating: sentence, count: 1_300_000 / sentence.utf8.count)
    let path = try folder.file("long.txt", "short\n\(text)\nshort")
    let segmenter = try Pretrained.segmenter()
    var recognizer = try Pretrained.recognizer()
    recognizer.minimumConfidence = 0.5
    var job = BatchJob(tasks: [.segment(segmenter), .entities(recognizer)], input: try BatchInput(paths: [path]))
    job.options.threads = 2
    let lines = try folder.run(job).records.split(separator: "\n")
    try #require(lines.count == 3)
    struct Record: Decodable {
      struct Found: Decodable {
        var text: String
        var type: String
        var start: Int
        var end: Int
        var utf8: [Int]
      }
      var text: String
      var words: [String]
      var entities: [Found]
    }
    let record = try JSONDecoder().decode(Record.self, from: Data(lines[1].utf8))
    #expect(record.text == text && record.words == segmenter.pieces(in: text).map(String.init))
    let expected = recognizer.entities(in: text)
    #expect(record.entities.count == expected.count)
    #expect(
      zip(record.entities, expected).allSatisfy {
        $0.text == $1.text && $0.type == $1.type && $0.start..<$0.end == $1.scalars
          && $0.utf8 == [$1.utf8.start, $1.utf8.end]
      })
  }

  @Test("a chunk has a bounded number of records, however short they are")
  func shortRecords() throws {
    let most = Mutex(0)
    let task = BatchTask(name: "none", key: "none", identity: "1", isSequence: true) { texts, _, _ in
      most.withLock { $0 = max($0, texts.lineEnds.count) }
      return TextBlock(lines: texts.lineEnds.map { _ in [] })
    }
    let path = try folder.file("empty.txt", String(repeating: "\n", count: 20_000))
    let run = try folder.run(BatchJob(tasks: [task], input: try BatchInput(paths: [path])))
    #expect(run.records.utf8.count(where: { $0 == 0x0A }) == 20_000 && run.failure == nil)
    #expect(most.withLock { $0 } == 8192)
  }

  @Test("many columns are looked up, not searched through")
  func manyColumns() throws {
    let names = (0..<100_000).map { "c\($0)" }
    let path = try folder.file("wide.csv", (["text"] + names).joined(separator: ",") + "\n")
    let twice = try folder.file("twice.csv", (["text"] + names + ["c7"]).joined(separator: ",") + "\n")
    let start = ContinuousClock.now
    let failure = try folder.run(try job(path)).failure
    #expect(failure == nil)
    let complaint = try folder.run(try job(twice)).failure as? CorpusError
    #expect(complaint?.found == "\"c7\" twice")
    #expect(ContinuousClock.now - start < .seconds(5))
  }
}
