import Foundation
import Synchronization
import Testing
import TextKit
import TextKitCorpus

@Suite("Batch runs that go on")
struct BatchResumeTests {
  private let folder: BatchFolderCase
  private let paths: [String]

  init() throws {
    folder = try BatchFolderCase()
    let objects = (0..<3_000).map { "{\"id\": \($0), \"text\": \"\($0) and more\"}" }.joined(separator: "\n")
    let rows = (0..<2_000).map { "\($0),\"a\n\($0) b\"" }.joined(separator: "\n")
    paths = [
      try folder.file("a.jsonl", objects + "\n{\n"), try folder.file("b.csv", "id,text\n" + rows),
      try folder.file("c.txt", "\u{FEFF}one\r\ntwo\r\n"), try folder.file("d.txt", ""),
      try folder.file("e.txt", String(repeating: "x y\n", count: 5_000)),
    ]
  }

  private func job(resume: Bool) throws -> BatchJob {
    var job = BatchJob(tasks: [BatchFolderCase.lengths], input: try BatchInput(paths: paths))
    job.options.shardSize = 9_000
    job.options.threads = 2
    job.options.faults = .skip
    job.options.resume = resume
    return job
  }

  private func output(_ name: String) -> URL { folder.url.appending(path: name) }

  @Test("from any number of chunks on, the files are those of a run without a stop")
  func stops() throws {
    try job(resume: false).run(to: .folder(output("whole")))
    let whole = try BatchFolderCase.contents(output("whole"))
    #expect(whole.keys.contains("errors-00010.jsonl") || whole.keys.contains { $0.hasPrefix("errors-") })
    for stop in [1, 2, 3, 7, 12] {
      let target = output("stopped\(stop)")
      let count = Atomic(0)
      var runs = 0
      var isDone = false
      while !isDone, runs < 100 {
        count.store(0, ordering: .relaxed)
        let job = try job(resume: runs > 0)
        try job.run(
          to: .folder(target), isCancelled: { count.load(ordering: .relaxed) >= stop + 4 },
          observer: { _ in count.add(1, ordering: .relaxed) })
        runs += 1
        isDone = try job.run(resuming: target).wasComplete
      }
      #expect(runs > 1 && runs < 100, "\(runs) runs")
      #expect(try BatchFolderCase.contents(target) == whole)
    }
  }

  @Test("a manifest that was cut anywhere, and files that were begun, are made good")
  func torn() throws {
    let target = output("torn")
    try job(resume: false).run(to: .folder(target))
    let whole = try BatchFolderCase.contents(target)
    let manifest = try #require(whole["manifest.jsonl"])
    for cut in stride(from: 0, through: manifest.count, by: 397) {
      try manifest.prefix(cut).write(to: target.appending(path: "manifest.jsonl"))
      try Data("half".utf8).write(to: target.appending(path: ".part-00003.jsonl.x1y2.tmp"))
      try job(resume: true).run(to: .folder(target))
      #expect(try BatchFolderCase.contents(target) == whole, "cut at \(cut)")
    }
  }

  @Test("files of others in the folder stay; parts without a manifest are refused")
  func others() throws {
    let target = output("shared")
    try folder.file("shared/movie.partial", "mine")
    try folder.file("shared/part-00000.jsonl.partial/important", "mine")
    try job(resume: false).run(to: .folder(target))
    #expect(try String(contentsOf: target.appending(path: "movie.partial"), encoding: .utf8) == "mine")
    #expect(FileManager.default.fileExists(atPath: target.path + "/part-00000.jsonl.partial/important"))
    try FileManager.default.removeItem(at: target.appending(path: "manifest.jsonl"))
    for resume in [false, true] {
      let error = #expect(throws: CorpusError.self) { try job(resume: resume).run(to: .folder(target)) }
      #expect(error?.found.hasPrefix("errors-") == true, "\(error?.found ?? "")")
    }
    #expect(!FileManager.default.fileExists(atPath: target.appending(path: "manifest.jsonl").path))
  }

  @Test("while one run writes to a folder, another is refused and harms nothing")
  func twoRuns() throws {
    let target = output("two")
    let failures = Mutex<[String]>([])
    let second = try job(resume: true)
    try job(resume: false).run(
      to: .folder(target),
      observer: { _ in
        let error = #expect(throws: CorpusError.self) { try second.run(to: .folder(target)) }
        failures.withLock { $0.append(error?.expected ?? "none") }
      })
    #expect(Set(failures.withLock { $0 }) == ["a folder that no other run writes to"])
    #expect(try second.run(to: .folder(target)).wasComplete)
  }

  @Test("a run that a document stopped goes on with faults skipped")
  func skipping() throws {
    let target = output("stop")
    var stopping = try job(resume: false)
    stopping.options.faults = .stop
    #expect(throws: CorpusError.self) { try stopping.run(to: .folder(target)) }
    try job(resume: true).run(to: .folder(target))
    try job(resume: false).run(to: .folder(output("skip")))
    #expect(try BatchFolderCase.contents(target) == BatchFolderCase.contents(output("skip")))
  }

  @Test("what the run writes is no input, though it lies in the folder of the input")
  func inside() throws {
    let root = folder.url.appending(path: "inside")
    try folder.file("inside/a.txt", "a\n")
    try folder.file("inside/outer/b.txt", "b\n")
    let target = root.appending(path: "out")
    func job(resume: Bool) throws -> BatchJob {
      var job = BatchJob(
        tasks: [BatchFolderCase.lengths], input: try BatchInput(paths: [root.path], excluding: target))
      job.options.resume = resume
      return job
    }
    #expect(try job(resume: false).run(to: .folder(target)).documents == 2)
    #expect(try job(resume: true).run(to: .folder(target)).wasComplete)
  }

  @Test("another run, other input or a lost file is refused")
  func refusals() throws {
    let target = output("other")
    try job(resume: false).run(to: .folder(target))
    #expect(throws: CorpusError.self) { try job(resume: false).run(to: .folder(target)) }
    var other = try job(resume: true)
    other.options.prefix = "x"
    let error = #expect(throws: CorpusError.self) { try other.run(to: .folder(target)) }
    #expect(error?.expected.contains("prefix") == true)
    #expect(try job(resume: true).run(to: .folder(target)).wasComplete)
    try FileManager.default.removeItem(at: target.appending(path: "part-00001.jsonl"))
    #expect(throws: (any Error).self) { try job(resume: true).run(to: .folder(target)) }
    try folder.file("c.txt", "changed\n")
    #expect(throws: CorpusError.self) { try job(resume: true).run(to: .folder(target)) }
  }
}

extension BatchJob {
  /// Goes on with a run, and is stopped before it reads anything.
  fileprivate func run(resuming folder: URL) throws -> Progress {
    var job = self
    job.options.resume = true
    return try job.run(to: .folder(folder), isCancelled: { true })
  }
}
