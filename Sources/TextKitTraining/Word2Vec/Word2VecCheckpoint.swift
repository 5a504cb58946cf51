import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// The file that holds an unfinished training of vectors: a safetensors file, replaced whole.
struct Word2VecCheckpoint: Sendable {
  let url: URL
  /// What tells this training from others: configuration and text.
  let fingerprint: String

  private static let kind = "textkit.vectors.checkpoint"
  private static let version = 1

  private enum Key {
    static let fingerprint = "training.fingerprint"
    static let epoch = "training.epoch"
    static let chunk = "training.chunk"
    static let pairs = "training.pairs"
    static let loss = "training.loss_bits"
  }

  /// Writes the tables and the position.
  ///
  /// - Throws: `ModelFileError` where the file can't be written; the state saved before is then still there.
  func save(_ trainer: Word2VecTrainer, _ position: Word2VecPosition) throws {
    var writer = ModelFileWriter(
      kind: Self.kind, version: Self.version,
      metadata: [
        Key.fingerprint: fingerprint, Key.epoch: "\(position.epoch)", Key.chunk: "\(position.chunk)",
        Key.pairs: "\(position.pairs)", Key.loss: "\(position.loss.bitPattern)",
      ])
    for (name, table) in Self.tables(of: trainer) {
      writer.add(name, floats: table.values(0..<table.rows), shape: [table.rows, table.columns])
    }
    try writer.write(to: url)
  }

  /// Fills the tables from the file and returns the position; nil where there is no file.
  ///
  /// - Throws: `TrainingError.foreignCheckpoint` where it is of another training; `ModelFileError` where it is damaged.
  func load(into trainer: Word2VecTrainer) throws -> Word2VecPosition? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let file = try ModelFile(contentsOf: url, kind: Self.kind, versions: 1...Self.version)
    let found = try file.metadata(Key.fingerprint)
    guard found == fingerprint else {
      throw TrainingError.foreignCheckpoint(
        path: url.path, reason: "configuration or text differ (\(found), not \(fingerprint))")
    }
    func number<Number: FixedWidthInteger>(_ key: String, below bound: Number) throws -> Number {
      let text = try file.metadata(key)
      guard let value = Number(text), value >= 0, value < bound else {
        throw ModelFileError(
          path: url.path, reason: .metadata(key: key, expected: "a number below \(bound)", found: text))
      }
      return value
    }
    var position = Word2VecPosition(epoch: try number(Key.epoch, below: trainer.configuration.epochs))
    position.chunk = try number(Key.chunk, below: trainer.chunkCount)
    position.pairs = try number(Key.pairs, below: 1 << 60)
    position.loss = Double(bitPattern: try number(Key.loss, below: UInt64.max))
    for (name, table) in Self.tables(of: trainer) {
      table.set(try file.floats(name, shape: [table.rows, table.columns]))
    }
    return position
  }

  /// Removes the file, and what killed trainings had begun of it; false where there is none.
  @discardableResult
  func remove() throws -> Bool { try AtomicFile.remove(url) }

  private static func tables(of trainer: Word2VecTrainer) -> [(String, SharedMatrix)] {
    [("inputs", trainer.inputs), ("outputs", trainer.outputs)]
  }
}
