import Foundation

// Where most features have no weight but 0, only the rows of the others are stored, with their numbers.

extension LinearTextClassifier {
  private enum Key {
    static let link = "linear.link"
    static let threshold = "linear.threshold"
    static let precision = "linear.precision"
    static let rows = "linear.rows"
    static let weights = "linear.weights"
    static let bias = "linear.bias"
    static let platt = "linear.platt"
  }

  package func add(to section: inout ClassifierSectionWriter) throws {
    try features.add(to: &section)
    section.writer.metadata[section.name(Key.threshold)] = "\(threshold)"
    section.writer.metadata[section.name(Key.precision)] = precision.rawValue
    let columns = bias.count
    let numbers = ranks?.columns ?? Array(0..<features.columnCount)
    let places = numbers.indices.filter { place in
      stored[(place * columns)..<((place + 1) * columns)].contains { $0 != 0 }
    }
    var (rows, values) = (places.map { numbers[$0] }, [Float]())
    if rows.count <= features.columnCount / 2 {
      section.writer.add(section.name(Key.rows), int64: rows, shape: [rows.count])
      values = places.flatMap { stored[($0 * columns)..<(($0 + 1) * columns)] }
    } else {
      (rows, values) = (Array(0..<features.columnCount), weights)
    }
    section.writer.add(
      section.name(Key.weights), floats: values, shape: [rows.count, columns],
      as: precision == .float16 ? .float16 : .float32)
    section.writer.add(section.name(Key.bias), floats: bias, shape: [columns])
    switch link {
    case .softmax: section.writer.metadata[section.name(Key.link)] = "softmax"
    case .sigmoid: section.writer.metadata[section.name(Key.link)] = "sigmoid"
    case .clipped: section.writer.metadata[section.name(Key.link)] = "clipped"
    case .platt(let slopes, let offsets):
      section.writer.metadata[section.name(Key.link)] = "platt"
      section.writer.add(section.name(Key.platt), floats: slopes + offsets, shape: [2, columns])
    }
  }

  /// The features that have rows in a file.
  ///
  /// - Throws: `ModelFileError` where rows don't ascend or there are no such features.
  private static func ranks(rowCount: Int, featureCount: Int, section: ClassifierSection) throws -> ColumnRanks {
    let (file, name) = (section.file, section.name(Key.rows))
    let rows = try file.int64(name, shape: [rowCount])
    guard rows.allSatisfy({ (0..<featureCount).contains($0) }), zip(rows, rows.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw file.invalid(name, expected: "ascending numbers below \(featureCount)", found: "others") }
    return ColumnRanks(rows, of: featureCount)
  }

  package init(section: ClassifierSection, resources: ClassifierResources) throws {
    let file = section.file
    func finite(_ name: String, shape: [Int?]) throws -> [Float] {
      let values = try file.floats(section.name(name), shape: shape)
      guard values.allSatisfy(\.isFinite) else {
        throw file.invalid(section.name(name), expected: "finite numbers", found: "others")
      }
      return values
    }
    let features = try FeatureExtractor(section: section, resources: resources)
    let bias = try finite(Key.bias, shape: [nil])
    let columns = bias.count
    guard Self.isColumnCount(columns, labels: section.labels.count, isMultiLabel: section.isMultiLabel) else {
      throw file.invalid(
        section.name(Key.bias), expected: "a number a label", found: "\(columns) for \(section.labels.count)")
    }
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
    case "sigmoid": link = .sigmoid
    case "clipped": link = .clipped
    case "platt":
      let values = try finite(Key.platt, shape: [2, columns])
      link = .platt(slopes: Array(values[..<columns]), offsets: Array(values[columns...]))
    case let other:
      throw file.invalid(section.name(Key.link), expected: "softmax, sigmoid, clipped or platt", found: other)
    }
    let isSparse = file.info(section.name(Key.rows)) != nil
    let weights = try finite(Key.weights, shape: [isSparse ? nil : features.columnCount, columns])
    // Rows of features that were not stored take no memory here either: a small file is a small classifier.
    let ranks =
      isSparse
      ? try Self.ranks(rowCount: weights.count / columns, featureCount: features.columnCount, section: section) : nil
    self.init(
      labels: section.labels, isMultiLabel: section.isMultiLabel, threshold: threshold, features: features,
      stored: weights, ranks: ranks, bias: bias, link: link, precision: precision)
  }
}
