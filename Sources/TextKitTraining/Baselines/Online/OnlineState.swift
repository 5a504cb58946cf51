import Foundation
import TextKitCorpus
import TextKitModels

/// All that training from a stream has to remember between two documents.
struct OnlineState: Sendable {
  let configuration: OnlineConfiguration
  var learner: FTRLProximal
  /// The labels by the learner's numbers: those given, or in the order they appeared in.
  private(set) var labels: [String]
  private var numbers: [String: Int]
  var total = ProgressiveScore()
  /// Documents since the last saved state.
  var recent = ProgressiveScore()

  init(_ configuration: OnlineConfiguration) {
    self.configuration = configuration
    labels = configuration.labels
    numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    learner = FTRLProximal(
      configuration.ftrl, featureCount: 1 << (configuration.features.hashBits ?? 0), labelCount: labels.count)
  }

  /// Scores a document and learns from it.
  ///
  /// - Throws: `CorpusError` where its labels are not what they may be.
  mutating func learn(_ matrix: SparseMatrix, row: Int, from document: OnlineDocument) throws {
    guard configuration.multiLabel || document.labels.count == 1 else {
      throw document.error(expected: "one label", found: "\(document.labels.count)")
    }
    var gold: [Int] = []
    let known = labels.count
    for label in document.labels {
      let number = try numbers[label] ?? add(label, of: document)
      if !gold.contains(number) { gold.append(number) }
    }
    // A text without labels before the first label teaches nothing.
    if labels.isEmpty { return total.add(loss: 0, isRight: false) }
    let outcome = learner.learn(matrix, row: row, gold: gold)
    let isRight = outcome.predicted < known && gold.contains(outcome.predicted)
    total.add(loss: outcome.loss, isRight: isRight)
    recent.add(loss: outcome.loss, isRight: isRight)
  }

  private mutating func add(_ label: String, of document: OnlineDocument) throws -> Int {
    guard configuration.labels.isEmpty else {
      throw document.error(
        expected: "one of the labels \(configuration.labels.joined(separator: ", "))",
        found: CorpusError.quoted(label))
    }
    guard labels.count < configuration.maximumLabels else {
      throw document.error(
        expected: "at most \(configuration.maximumLabels) labels", found: "another, \(CorpusError.quoted(label))")
    }
    numbers[label] = labels.count
    labels.append(label)
    learner.addLabel()
    return labels.count - 1
  }
}

/// What of a document is still needed once its features are found.
struct OnlineDocument: Sendable {
  let labels: [String]
  let file: String
  let line: Int?

  func error(expected: String, found: String) -> CorpusError {
    CorpusError(file: file, line: line, expected: expected, found: found)
  }
}

// MARK: - File

extension OnlineState {
  private static let kind = "textkit.online.state"
  private static let version = 1

  private enum Key {
    static let configuration = "online.configuration"
    static let labels = "online.labels"
    static let digest = "online.digest"
    static let documents = "online.documents"
    static let right = "online.right"
    static let loss = "online.loss_bits"
    static let z = "online.z"
    static let n = "online.n"
  }

  private static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The configuration, for the model file and to know a state by.
  var configurationText: String { get throws { try Self.text(configuration) } }

  /// Writes the state; `digest` is that of all documents it learned from.
  ///
  /// - Throws: `ModelFileError` where the file can't be written; the state saved before is then still there.
  func save(to url: URL, digest: UInt64) throws {
    var writer = ModelFileWriter(
      kind: Self.kind, version: Self.version,
      metadata: [
        Key.configuration: try configurationText, Key.labels: try Self.text(labels), Key.digest: "\(digest)",
        Key.documents: "\(total.documents)", Key.right: "\(total.right)", Key.loss: "\(total.lossSum.bitPattern)",
      ])
    let (z, n) = learner.state
    let shape = [learner.featureCount + 1, labels.count]
    writer.add(Key.z, floats: z, shape: shape)
    writer.add(Key.n, floats: n, shape: shape)
    try writer.write(to: url)
  }

  /// Reads a state and the digest of the documents that it learned from.
  ///
  /// - Throws: `TrainingError.foreignCheckpoint` where its configuration is another; `ModelFileError`.
  static func load(_ configuration: OnlineConfiguration, from url: URL) throws -> (OnlineState, digest: UInt64) {
    let file = try ModelFile(contentsOf: url, kind: kind, versions: 1...version)
    var state = OnlineState(configuration)
    let (found, expected) = (try file.metadata(Key.configuration), try state.configurationText)
    guard found == expected else {
      throw TrainingError.foreignCheckpoint(path: url.path, reason: "configuration \(found), not \(expected)")
    }
    func number<Number: FixedWidthInteger>(_ key: String, in range: ClosedRange<Number>) throws -> Number {
      let text = try file.metadata(key)
      guard let value = Number(text), range.contains(value) else {
        throw ModelFileError(
          path: url.path, reason: .metadata(key: key, expected: "a number of \(range)", found: text))
      }
      return value
    }
    let text = try file.metadata(Key.labels)
    guard let labels = try? JSONDecoder().decode([String].self, from: Data(text.utf8)),
      Set(labels).count == labels.count, configuration.labels.isEmpty || labels == configuration.labels
    else {
      throw ModelFileError(
        path: url.path, reason: .metadata(key: Key.labels, expected: "a list of labels, each once", found: text))
    }
    state.labels = labels
    state.numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    let shape = [state.learner.featureCount + 1, labels.count]
    let (z, n) = (try file.floats(Key.z, shape: shape), try file.floats(Key.n, shape: shape))
    for (name, values) in [(Key.z, z), (Key.n, n)] where !values.allSatisfy(\.isFinite) {
      throw ModelFileError(path: url.path, reason: .notFinite(tensor: name))
    }
    state.learner = FTRLProximal(
      configuration.ftrl, featureCount: state.learner.featureCount, labelCount: labels.count, z: z, n: n)
    state.total.documents = try number(Key.documents, in: 0...Int.max)
    state.total.right = try number(Key.right, in: 0...state.total.documents)
    state.total.lossSum = Double(bitPattern: try number(Key.loss, in: 0...UInt64.max))
    return (state, try number(Key.digest, in: 0...UInt64.max))
  }
}
