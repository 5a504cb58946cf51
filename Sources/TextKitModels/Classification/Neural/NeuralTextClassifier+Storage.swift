import Foundation
import TextKitCorpus
import TextKitTensor

extension NeuralTextClassifier: StorableClassifier {
  package static let fileKind = "neural"

  package var needsSegmenter: Bool { configuration.tokenizer.unit == .segmented }

  private enum Key {
    static let configuration = "neural.configuration"
    static let precision = "neural.precision"
    static let vocabulary = "neural.vocabulary"
  }

  package func add(to section: inout ClassifierSectionWriter) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    section.writer.metadata[section.name(Key.configuration)] = String(
      decoding: try encoder.encode(configuration), as: UTF8.self)
    section.writer.metadata[section.name(Key.precision)] = precision.rawValue
    let vocabulary = model.vocabulary.serialized()
    section.writer.add(section.name(Key.vocabulary), uint8: vocabulary, shape: [vocabulary.count])
    for id in model.parameters.ids {
      let name = section.name(model.parameters.names[id.index])
      let tensor = model.parameters[id]
      if precision == .int8, id == model.embedding.table {
        let rows = QuantizedRows(tensor)
        section.writer.add(name, int8: rows.values, shape: [tensor.rows, tensor.columns])
        section.writer.add("\(name).scale", floats: rows.scales, shape: [tensor.rows])
      } else {
        section.writer.add(
          name, floats: tensor.values, shape: [tensor.rows, tensor.columns],
          as: precision == .float32 ? .float32 : .float16)
      }
    }
  }

  package init(section: ClassifierSection, resources: ClassifierResources) throws {
    let file = section.file
    func invalid(_ key: String, _ expected: String, _ found: String) -> ModelFileError {
      file.invalid(section.name(key), expected: expected, found: found)
    }
    let text = try section.metadata(Key.configuration)
    let configuration: NeuralClassifierConfiguration
    do { configuration = try JSONDecoder().decode(NeuralClassifierConfiguration.self, from: Data(text.utf8)) } catch {
      throw invalid(Key.configuration, "a neural classifier's configuration", "\(error)")
    }
    if let (name, expected, found) = configuration.firstUnusable {
      throw invalid("\(Key.configuration).\(name)", expected, found)
    }
    let precisionName = try section.metadata(Key.precision)
    guard let precision = ClassifierPrecision(rawValue: precisionName) else {
      throw invalid(
        Key.precision, "one of \(ClassifierPrecision.allCases.map(\.rawValue).joined(separator: ", "))", precisionName
      )
    }
    guard configuration.tokenizer.unit != .segmented || resources.segmenter != nil else {
      throw invalid(Key.configuration, "a segmenter for segmented tokens", "none")
    }
    let vocabulary: Vocabulary
    do {
      vocabulary = try Vocabulary(serialized: try file.uint8(section.name(Key.vocabulary), shape: [nil]))
    } catch let error as CorpusError {
      throw invalid(Key.vocabulary, error.expected, error.found)
    }
    // Each shape is compared with the file's before memory for it is taken.
    var model = NeuralClassifierModel(
      outline: configuration, labels: section.labels, isMultiLabel: section.isMultiLabel, vocabulary: vocabulary)
    for id in model.parameters.ids {
      let name = section.name(model.parameters.names[id.index])
      let shape = model.parameters.shape(of: id)
      if precision == .int8, id == model.embedding.table {
        let scales = try file.tensor("\(name).scale", rows: shape.rows)
        let values = try file.int8(name, shape: [shape.rows, shape.columns])
        model.parameters[id] = try file.tensor(name, shape, of: QuantizedRows(values: values, scales: scales))
      } else {
        model.parameters[id] = try file.tensor(name, shape)
      }
    }
    self.init(rounded: model, precision, resources.segmenter)
  }
}

extension ModelFile {
  /// A tensor of one dimension, finite.
  fileprivate func tensor(_ name: String, rows: Int) throws -> [Float] {
    let values = try floats(name, shape: [rows])
    guard values.allSatisfy(\.isFinite) else {
      throw invalid(name, expected: "finite numbers", found: "infinity or NaN")
    }
    return values
  }
}

extension NeuralClassifierConfiguration {
  /// The first entry that no network can be built from, with what was expected: sizes within what a file of tensors could
  /// hold, so that nothing overflows further on.
  package var firstUnusable: (name: String, expected: String, found: String)? {
    var sizes = [
      ("maximumLength", maximumLength, 1...1_000_000), ("dimension", dimension, 1...8192),
      ("filters", filters, 1...65_536), ("padding", padding, 0...1024), ("hidden", hidden, 1...8192),
      ("layers", layers, 1...16), ("attention", attention, 1...8192),
      ("maximumSentenceLength", maximumSentenceLength, 1...1_000_000), ("widths", widths.count, 1...64),
    ]
    for width in widths { sizes.append(("widths", width, 1...256)) }
    for (name, value, range) in sizes where !range.contains(value) {
      return (name, "\(range.lowerBound) to \(range.upperBound)", "\(value)")
    }
    guard Set(widths).count == widths.count else { return ("widths", "each width once", "\(widths)") }
    for (name, rate) in [("inputDropout", inputDropout), ("dropout", dropout)] where !(rate >= 0 && rate < 1) {
      return (name, "a rate in [0, 1)", "\(rate)")
    }
    return nil
  }
}
