import Foundation
import Testing
import TextKit
import TextKitCorpus

@Suite("Faults in batch runs")
struct BatchFaultTests {
  private let folder: BatchFolderCase

  init() throws { folder = try BatchFolderCase() }

  private func run(
    _ paths: String..., options: (inout BatchOptions) -> Void = { _ in }
  ) throws -> (records: [Substring], errors: [Substring], failure: CorpusError?) {
    var job = BatchJob(tasks: [BatchFolderCase.lengths], input: try BatchInput(paths: paths))
    options(&job.options)
    let (records, errors, failure) = try folder.run(job)
    return (records.split(separator: "\n"), errors.split(separator: "\n"), failure as? CorpusError)
  }

  @Test("a file that can't be read has one record, the last file too")
  func files() throws {
    let good = try folder.file("a.txt", "a\n")
    let bad = try folder.file("b.csv", "id,body\n1,x\n")
    for paths in [[good, bad], [bad, good], [bad]] {
      var job = BatchJob(tasks: [BatchFolderCase.lengths], input: try BatchInput(paths: paths))
      job.options.faults = .skip
      let (records, errors, failure) = try folder.run(job)
      #expect(failure == nil && records.split(separator: "\n").count == paths.count, "\(records)")
      #expect(errors.split(separator: "\n").count == 1 && errors.contains("a column"))
    }
  }

  @Test("a row with a fault has its record, and the rows behind it have theirs")
  func rows() throws {
    let path = try folder.file("r.csv", "id,text\n1,a\n2,\"b\"x\n3,\"c\nd\"y\n4,e\n")
    let next = try folder.file("s.csv", "text\nf\n")
    let skipped = try run(path, next) { $0.faults = .skip }
    #expect(skipped.failure == nil && skipped.records.count == 5, "\(skipped.records)")
    #expect(skipped.records.last == #"{"text": "f", "lengths": [1]}"#)
    #expect(skipped.records[3] == #"{"id": "4", "text": "e", "lengths": [1]}"#)
    #expect(skipped.errors.count == 2 && skipped.errors[0].contains(#""line": 3"#), "\(skipped.errors)")
    #expect(skipped.errors[0].hasSuffix(#""record": "2,\"b\"x"}"#), "\(skipped.errors[0])")
    let stopped = try run(path)
    #expect(stopped.records.count == 1 && stopped.failure?.line == 3)
  }

  @Test("columns beyond the header, and two of one name, are errors of the file")
  func columns() throws {
    let path = try folder.file("c.csv", "id,text\n1,a\n")
    let beyond = try run(path) { $0.column = .number(3) }
    #expect(beyond.failure?.expected == "a column 3" && beyond.failure?.found == "2 columns")
    #expect(try run(path) { $0.column = .number(2) }.records.count == 1)
    let twice = try run(folder.file("d.csv", "note,text,note\nx,a,y\n"))
    #expect(twice.failure?.found.contains("note") == true && twice.records.isEmpty)
  }

  @Test("a link that leads nowhere is a file that can't be read")
  func links() throws {
    try folder.file("in/a.txt", "a\n")
    let root = folder.url.appending(path: "in")
    try FileManager.default.createSymbolicLink(
      atPath: root.appending(path: "b.txt").path, withDestinationPath: "nowhere")
    #expect(try run(root.path).failure?.file.hasSuffix("in/b.txt") == true)
    #expect(try run(root.path) { $0.faults = .skip }.records.count == 2)
  }

  @Test("a long text has the record that it has alone, whatever stands before it")
  func company() throws {
    let long = String(repeating: "ab c. ", count: 300_000)
    let alone = try run(folder.file("alone.txt", long + "\n"))
    let behind = try run(folder.file("behind.txt", "a\n\(long)\nb\n"))
    #expect(alone.records.count == 1 && behind.records.count == 3 && behind.records[1] == alone.records[0])
    let head = BatchTask(name: "head", key: "head", identity: "1", isSequence: false) { texts, _, part in
      TextBlock(lines: texts.lineEnds.indices.map { _ in Array("\(part.isHead)".utf8) })
    }
    var job = BatchJob(tasks: [head], input: try BatchInput(paths: [folder.url.path + "/behind.txt"]))
    job.options.output = .text
    #expect(try folder.run(job).records == "false\ntrue\nfalse\n")
  }
}
