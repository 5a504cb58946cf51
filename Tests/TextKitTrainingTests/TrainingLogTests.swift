import Foundation
import Testing

import TextKitTraining

@Suite("Training logs")
struct TrainingLogTests {
  private struct Line: Encodable {
    let epoch: Int
  }

  private func write(_ epochs: [Int], to log: TrainingLog) throws {
    for epoch in epochs { try log.append(Line(epoch: epoch)) }
  }

  private func epochs(_ log: TrainingLog) throws -> String {
    try String(contentsOf: log.url, encoding: .utf8)
      .replacing("{\"epoch\":", with: "").replacing("}\n", with: ";")
  }

  @Test("lines behind the state that a training goes on from are taken back")
  func rewind() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    var log = try TrainingLog(url: url, resume: true)
    try write([1, 2, 3], to: log)
    try log.rewind(to: 3)
    #expect(try epochs(log) == "1;2;3;")
    try log.rewind(to: 1)
    #expect(try epochs(log) == "1;")
    // A process that was killed in the middle of a line.
    try (Data(contentsOf: url) + Data("{\"epo".utf8)).write(to: url)
    log = try TrainingLog(url: url, resume: true)
    try write([2], to: log)
    #expect(try epochs(log) == "1;2;")
    try log.rewind(to: 0)
    #expect(try epochs(log) == "")
    try write([1], to: log)
    log = try TrainingLog(url: url, resume: false)
    #expect(try epochs(log) == "")
  }

  @Test("members of an ensemble write into one log, and take back their own lines")
  func members() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    let log = try TrainingLog(url: url, resume: false)
    let (first, second) = (log.log(ofMember: "a"), log.log(ofMember: "b").log(ofMember: "c"))
    try write([1, 2], to: first)
    try write([1, 2], to: second)
    try first.rewind(to: 1)
    try write([2], to: first)
    try second.rewind(to: 0)
    try log.rewind(to: 0)
    try write([1], to: second)
    let lines = try String(contentsOf: url, encoding: .utf8)
    #expect(
      lines == """
        {"epoch":1,"member":"a"}
        {"epoch":2,"member":"a"}
        {"epoch":1,"member":"b.c"}

        """)
  }
}
