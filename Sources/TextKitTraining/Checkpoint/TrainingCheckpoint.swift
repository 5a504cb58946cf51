import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTensor

/// The file that holds a training's state between epochs: a safetensors file, replaced whole after every epoch.
package struct TrainingCheckpoint: Sendable {
  /// Where it is.
  package let url: URL
  /// What tells this training from others: configuration and data.
  package let fingerprint: String

  private static let kind = "textkit.checkpoint"
  private static let version = 1
  /// More steps than any training takes; counting on from there overflows nothing.
  private static let mostSteps = 1 << 48

  private enum Key {
    static let fingerprint = "training.fingerprint"
    static let epoch = "training.epoch"
    static let step = "training.step"
    static let averageCount = "training.average_count"
    static let bestScore = "training.best_score_bits"
    static let epochsSinceBest = "training.epochs_since_best"
  }

  package init(url: URL, fingerprint: String) {
    self.url = url
    self.fingerprint = fingerprint
  }

  /// Writes the state, replacing what was there.
  ///
  /// - Throws: `ModelFileError` where it can't be written; the old state is then still there.
  package func save(_ state: TrainingState) throws {
    var metadata = [
      Key.fingerprint: fingerprint, Key.epoch: "\(state.epoch)", Key.step: "\(state.optimizer.step)",
      Key.averageCount: "\(state.averageCount)", Key.epochsSinceBest: "\(state.epochsSinceBest)",
    ]
    if let score = state.bestScore { metadata[Key.bestScore] = "\(score.bitPattern)" }
    var writer = ModelFileWriter(
      kind: TrainingCheckpoint.kind, version: TrainingCheckpoint.version, metadata: metadata)
    func add(_ name: String, _ tensor: Tensor) {
      writer.add(name, floats: tensor.values, shape: [tensor.rows, tensor.columns])
    }
    for (prefix, parameters) in [
      ("parameters", state.parameters as Parameters?), ("average", state.average), ("best", state.best),
    ] {
      guard let parameters else { continue }
      for id in parameters.ids { add("\(prefix).\(parameters.names[id.index])", parameters[id]) }
    }
    for id in state.parameters.ids {
      for (number, tensor) in state.optimizer.state[id.index].enumerated() {
        add("optimizer.\(number).\(state.parameters.names[id.index])", tensor)
      }
    }
    try writer.write(to: url)
  }

  /// Reads the state that was saved last; nil where there is none.
  ///
  /// - Parameter state: the training's first state, for names and shapes.
  /// - Throws: `TrainingError.foreignCheckpoint` where it belongs to another training; `ModelFileError` where it is
  ///   damaged.
  package func load(like state: TrainingState) throws -> TrainingState? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let file = try ModelFile(
      contentsOf: url, kind: TrainingCheckpoint.kind, versions: 1...TrainingCheckpoint.version)
    let found = try file.metadata(Key.fingerprint)
    guard found == fingerprint else {
      throw TrainingError.foreignCheckpoint(
        path: url.path, reason: "configuration or training data differ (\(found), not \(fingerprint))")
    }
    func number(_ key: String) throws -> Int {
      let text = try file.metadata(key)
      guard let value = Int(text), (0...Self.mostSteps).contains(value) else {
        throw ModelFileError(
          path: url.path, reason: .metadata(key: key, expected: "a count up to \(Self.mostSteps)", found: text))
      }
      return value
    }
    func read(_ prefix: String) throws -> Parameters {
      var parameters = state.parameters
      for id in parameters.ids {
        parameters[id] = try file.tensor("\(prefix).\(parameters.names[id.index])", parameters[id].shape)
      }
      return parameters
    }
    var loaded = state
    loaded.epoch = try number(Key.epoch)
    loaded.optimizer.step = try number(Key.step)
    loaded.averageCount = try number(Key.averageCount)
    loaded.epochsSinceBest = try number(Key.epochsSinceBest)
    loaded.parameters = try read("parameters")
    loaded.average = state.average == nil ? nil : try read("average")
    if let bits = file.metadata[Key.bestScore] {
      loaded.bestScore = UInt64(bits).map(Double.init(bitPattern:))
      loaded.best = try read("best")
    }
    for id in state.parameters.ids {
      for index in state.optimizer.state[id.index].indices {
        loaded.optimizer.state[id.index][index] = try file.tensor(
          "optimizer.\(index).\(state.parameters.names[id.index])", state.parameters[id].shape)
      }
    }
    return loaded
  }

  /// Removes the file once the training is done, and what killed trainings had begun of it.
  package func remove() throws { try AtomicFile.remove(url) }
}
