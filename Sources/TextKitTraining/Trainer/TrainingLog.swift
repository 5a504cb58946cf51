import Foundation
import TextKitCorpus

/// A training log: one JSON object a line, one line an epoch.
///
/// A line is on the disk before the state of its epoch is saved, and lines of epochs behind the state that a training
/// is taken up from go: however often a training was killed, its log has a line for every epoch. The lines of an ensemble's
/// members say under `member` whose they are.
public struct TrainingLog: Sendable {
  /// Where the log is kept.
  public let url: URL
  /// Whose lines are written and removed; nil where a single training writes.
  private(set) var member: String?

  /// Starts a log, or goes on with the one that is there; a last line that was cut goes.
  ///
  /// - Throws: `AtomicFileError` where it can't be written, a file error where it can't be read.
  public init(url: URL, resume: Bool) throws {
    self.url = url
    guard resume, FileManager.default.fileExists(atPath: url.path) else {
      try AtomicFile.write(Data(), to: url)
      return
    }
    let old = try Data(contentsOf: url)
    let whole = old.lastIndex(of: 0x0A).map { old[...$0] } ?? Data()
    if whole.count < old.count { try AtomicFile.write(Data(whole), to: url) }
  }

  /// Adds a line and brings it to the disk.
  ///
  /// - Throws: `CorpusError` where it can't be written.
  public func append(_ report: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let line =
      try member.map { try encoder.encode(MemberReport(report: report, member: $0)) } ?? encoder.encode(report)
    let output = try OutputDescriptor(appendingTo: url.path)
    try output.append([UInt8](line) + [0x0A])
    try output.synchronize()
    try output.finish()
  }

  /// Removes the lines that tell of epochs behind this one.
  ///
  /// - Throws: `AtomicFileError` where it can't be written, a file error where it can't be read.
  public func rewind(to epoch: Int) throws {
    let old = try Data(contentsOf: url)
    let lines = old.split(separator: 0x0A).filter { text in
      guard let line = try? JSONDecoder().decode(Line.self, from: Data(text)) else { return true }
      return line.member != member || line.epoch <= epoch
    }
    let kept = Data(lines.flatMap { $0 + [0x0A] })
    if kept.count < old.count { try AtomicFile.write(kept, to: url) }
  }

  /// This log for a member of what it is the log of.
  package func log(ofMember name: String) -> TrainingLog {
    var log = self
    log.member = member.map { "\($0).\(name)" } ?? name
    return log
  }

  private struct Line: Decodable {
    let epoch: Int
    let member: String?
  }

  /// A report with one entry more.
  private struct MemberReport<Report: Encodable>: Encodable {
    let report: Report
    let member: String

    private enum CodingKeys: CodingKey {
      case member
    }

    func encode(to encoder: any Encoder) throws {
      try report.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(member, forKey: .member)
    }
  }
}
