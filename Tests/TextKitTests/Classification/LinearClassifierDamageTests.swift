import Testing
import TextKitModels
import TextKitTraining

@Suite("Damaged files of linear classifiers and neighbors")
struct LinearClassifierDamageTests {
  private func trained(
    _ name: String = "svm", _ change: (inout FeatureConfiguration) -> Void = { _ in }
  ) throws -> any StorableClassifier {
    var recipe = try ContractTexts.recipe(name)
    if var linear = recipe as? LinearClassifierRecipe {
      change(&linear.features)
      recipe = linear
    }
    return try #require(
      try ContractTexts.train(recipe, on: ContractTexts.corpus(labels: 3)) as? any StorableClassifier)
  }

  private func refused(
    _ classifier: any StorableClassifier, without names: [String] = [], telling part: String,
    _ change: (inout ModelFileWriter) -> Void
  ) throws {
    var writer = try ModelFileWriter(classifier, except: names)
    change(&writer)
    let error = #expect(throws: ModelFileError.self, "\(part)") { try writer.classifier() }
    #expect("\(try #require(error))".contains(part), "\(part) is not in: \(String(describing: error))")
  }

  private func tensor(_ classifier: any StorableClassifier, _ name: String) throws -> [Float] {
    let file = try ModelFile(data: try ModelFileWriter(classifier).encoded(), path: "memory")
    return try file.floats(name, shape: try #require(file.info(name)).shape.map { $0 })
  }

  @Test("features: names out of order or twice, no names, idf that is no number or too short, settings")
  func features() throws {
    let classifier = try trained()
    let file = try ModelFile(data: try ModelFileWriter(classifier).encoded(), path: "memory")
    let names = try file.int64("features.names", shape: [nil])
    let count = names.count
    for (changed, shape) in [
      (Array(names.reversed()), [count]), ([names[1]] + names[1...], [count]), ([], [0]),
      (Array(names.dropLast()), [count - 1]),
    ] {
      let part = shape == [count - 1] ? "features.idf" : "features.names"
      try refused(classifier, without: ["features.names"], telling: part) {
        $0.add("features.names", int64: changed, shape: shape)
      }
    }
    let idf = try tensor(classifier, "features.idf")
    for bad in [Float.nan, .infinity] {
      try refused(classifier, without: ["features.idf"], telling: "features.idf") {
        $0.add("features.idf", floats: [bad] + idf[1...], shape: [count])
      }
    }
    try refused(classifier, without: ["features.names"], telling: "features.names") { _ in }
    for (old, new, part) in [
      ("\"minimumN\":1", "\"minimumN\":0", "minimumN"), ("\"maximumN\":2", "\"maximumN\":99", "maximumN"),
      ("\"value\":\"tfidf\"", "\"value\":\"tf\"", "features.configuration"),
      ("\"unit\":\"words\"", "\"unit\":\"segmented\"", "segmenter"), ("{", "", "features.configuration"),
    ] {
      try refused(classifier, telling: part) { writer in
        let text = writer.metadata["features.configuration"] ?? ""
        let changed = text.replacing(old, with: new, maxReplacements: 1)
        #expect(changed != text, "\(old) in \(text)")
        writer.metadata["features.configuration"] = changed
      }
    }
  }

  @Test("weights: no numbers, other shapes, links, thresholds")
  func weights() throws {
    let classifier = try trained()
    let weights = try tensor(classifier, "linear.weights")
    let rows = weights.count / 3
    for bad in [Float.nan, -.infinity] {
      try refused(classifier, without: ["linear.weights"], telling: "linear.weights") {
        $0.add("linear.weights", floats: weights.dropLast() + [bad], shape: [rows, 3])
      }
      try refused(classifier, without: ["linear.bias"], telling: "linear.bias") {
        $0.add("linear.bias", floats: [0, 0, bad], shape: [3])
      }
      try refused(classifier, without: ["linear.platt"], telling: "linear.platt") {
        $0.add("linear.platt", floats: [1, 1, 1, 0, 0, bad], shape: [2, 3])
      }
    }
    try refused(classifier, without: ["linear.weights"], telling: "linear.weights") {
      $0.add("linear.weights", floats: weights, shape: [3, rows])
    }
    try refused(classifier, without: ["linear.bias"], telling: "linear.bias") {
      $0.add("linear.bias", floats: [1, 2], shape: [2])
    }
    try refused(classifier, without: ["linear.platt"], telling: "linear.platt") { _ in }
    for (key, value) in [
      ("linear.link", "probit"), ("linear.threshold", "2"), ("linear.threshold", "nan"), ("linear.threshold", "high"),
      ("linear.precision", "int1"), ("classifier.kind", "forest"), ("classifier.labels", "[\"a\",\"a\",\"b\"]"),
      ("classifier.multi_label", "maybe"),
    ] { try refused(classifier, telling: key) { $0.metadata[key] = value } }
    try refused(classifier, telling: "linear.bias") { $0.metadata["classifier.labels"] = "[\"a\",\"b\"]" }
    try refused(classifier, telling: "linear.link") { $0.metadata["linear.link"] = nil }
  }

  @Test("neighbors: rows, columns, labels and counts that don't hang together")
  func neighbors() throws {
    let classifier = try trained("neighbors")
    let file = try ModelFile(data: try ModelFileWriter(classifier).encoded(), path: "memory")
    func change(_ name: String, telling part: String? = nil, _ edit: (inout [Int]) -> Void) throws {
      var values = try file.int64(name, shape: [nil])
      edit(&values)
      try refused(classifier, without: [name], telling: part ?? name) {
        $0.add(name, int64: values, shape: [values.count])
      }
    }
    try change("neighbors.columns") { $0[3] = -1 }
    try change("neighbors.columns") { $0[3] = 1_000_000 }
    try change("neighbors.columns") { $0.removeLast() }
    try change("neighbors.columns") { $0.swapAt(0, 1) }
    try change("neighbors.row_ends") { $0[0] = -1 }
    try change("neighbors.row_ends") { $0.swapAt(0, 1) }
    try change("neighbors.row_ends") { $0[$0.count - 1] += 1 }
    try change("neighbors.row_ends", telling: "neighbors.labels") { $0.removeLast() }
    try change("neighbors.labels") { $0[0] = 3 }
    try change("neighbors.labels") { $0[0] = -1 }
    for value in ["0", "1001", "9223372036854775807", "few"] {
      try refused(classifier, telling: "neighbors.count") { $0.metadata["neighbors.count"] = value }
    }
    try refused(classifier, telling: "neighbors.labels") { $0.metadata["classifier.multi_label"] = "true" }
  }
}
