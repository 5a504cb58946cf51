import Foundation

extension LinearTextClassifier {
  private enum Key {
    static let link = "linear.link"
    static let threshold = "linear.threshold"
    static let precision = "linear.precision"
    static let weights = "linear.weights"
    static let bias = "linear.bias"
    static let platt = "linear.platt"
  }

  package func add(to section: inout ClassifierSectionWriter) throws {
    try features.add(to: &section, precision: precision)
    section.writer.metadata[section.name(Key.threshold)] = "\(threshold)"
    section.writer.metadata[section.name(Key.precision)] = precision.rawValue
    let columns = bias.count
    section.writer.add(
      section.name(Key.weights), floats: weights, shape: [features.columnCount, columns],
      as: precision == .float16 ? .float16 : .float32)
    section.writer.add(section.name(Key.bias), floats: bias, shape: [columns])
    switch link {
    case .softmax: section.writer.metadata[section.name(Key.link)] = "softmax"
    case .platt(let slopes, let offsets):
      section.writer.metadata[section.name(Key.link)] = "platt"
      section.writer.add(section.name(Key.platt), floats: slopes + offsets, shape: [2, columns])
    }
  }

  package init(section: ClassifierSection, resources: ClassifierResources) throws {
    let file = section.file
    func finite(_ name: String, shape: [Int]) throws -> [Float] {
      let values = try file.floats(section.name(name), shape: shape)
      guard values.allSatisfy(\.isFinite) else {
        throw file.invalid(section.name(name), expected: "finite numbers", found: "others")
      }
      return values
    }
    let features = try FeatureExtractor(section: section, resources: resources)
    let columns = Self.columnCount(labels: section.labels.count, isMultiLabel: section.isMultiLabel)
    let text = try section.metadata(Key.threshold)
    guard let threshold = Float(text), threshold >= 0, threshold <= 1 else {
      throw file.invalid(section.name(Key.threshold), expected: "0 to 1", found: text)
    }
    let name = try section.metadata(Key.precision)
    guard let precision = LinearPrecision(rawValue: name) else {
      throw file.invalid(
        section.name(Key.precision), expected: "one of \(LinearPrecision.allCases.map(\.rawValue))", found: name)
    }
    let link: LinearLink
    switch try section.metadata(Key.link) {
    case "softmax": link = .softmax
    case "platt":
      let values = try finite(Key.platt, shape: [2, columns])
      link = .platt(slopes: Array(values[..<columns]), offsets: Array(values[columns...]))
    case let other: throw file.invalid(section.name(Key.link), expected: "softmax or platt", found: other)
    }
    self.init(
      labels: section.labels, isMultiLabel: section.isMultiLabel, threshold: threshold, features: features,
      weights: try finite(Key.weights, shape: [features.columnCount, columns]),
      bias: try finite(Key.bias, shape: [columns]), link: link, precision: precision)
  }
}
