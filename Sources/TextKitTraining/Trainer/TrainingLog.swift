import Foundation
import TextKitCorpus

/// A training log: one JSON object a line, one line an epoch.
///
/// A line is on the disk before the state of its epoch is saved, and lines of epochs behind the state that a training
/// is taken up from go: however often a training was killed, its log has a line for every epoch. Only where an ensemble
/// trains its members one after the other may an epoch have two.
public struct TrainingLog: Sendable {
  /// Where the log is kept.
  public let url: URL
  /// Several trainings write into it.
  private var isShared = false

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
    let output = try OutputDescriptor(appendingTo: url.path)
    try output.append([UInt8](try encoder.encode(report)) + [0x0A])
    try output.synchronize()
    try output.finish()
  }

  /// Removes the lines at the end that tell of epochs behind this one.
  ///
  /// - Throws: `AtomicFileError` where it can't be written, a file error where it can't be read.
  public func rewind(to epoch: Int) throws {
    if isShared { return }
    let old = try Data(contentsOf: url)
    var lines = old.split(separator: 0x0A)
    while let last = lines.last, let line = try? JSONDecoder().decode(Line.self, from: Data(last)), line.epoch > epoch
    {
      lines.removeLast()
    }
    let kept = Data(lines.flatMap { $0 + [0x0A] })
    if kept.count < old.count { try AtomicFile.write(kept, to: url) }
  }

  /// This log for trainings that write into it in turn: none removes lines of another.
  var shared: TrainingLog {
    var log = self
    log.isShared = true
    return log
  }

  private struct Line: Decodable {
    let epoch: Int
  }
}
