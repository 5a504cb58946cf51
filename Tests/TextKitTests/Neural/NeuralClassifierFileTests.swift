import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTensor
import TextKitTestSupport
import TextKitTraining

@Suite("Files of neural classifiers")
struct NeuralClassifierFileTests {
  private func encoded(_ classifier: NeuralTextClassifier, prefix: String = "") throws -> ModelFileWriter {
    var section = ClassifierSectionWriter(
      writer: ModelFileWriter(kind: ClassifierFile.kind, version: ClassifierFile.version), prefix: prefix)
    try ClassifierFile.add(classifier, to: &section)
    return section.writer
  }

  private func load(_ writer: ModelFileWriter, prefix: String = "") throws -> any StorableClassifier {
    let file = try ModelFile(data: writer.encoded(), path: "memory")
    return try ClassifierFile.load(file, prefix: prefix, resources: ClassifierResources())
  }

  @Test("load as they were saved, in every precision, whole and as a part", arguments: ClassifierPrecision.allCases)
  func roundTrip(_ precision: ClassifierPrecision) throws {
    let block = TextBlock(SampleTexts.corpus())
    for model in SampleTexts.encoders {
      let classifier = try SampleTexts.untrained(model, precision: precision)
      for prefix in ["", "member.1."] {
        let writer = try encoded(classifier, prefix: prefix)
        let loaded = try #require(try load(writer, prefix: prefix) as? NeuralTextClassifier)
        #expect(loaded.probabilities(of: block) == classifier.probabilities(of: block))
        #expect(loaded.labels == classifier.labels && loaded.precision == precision)
        #expect(try encoded(loaded, prefix: prefix).encoded() == writer.encoded())
      }
    }
  }

  @Test("are smaller where precision is, and near what they were")
  func precision() throws {
    let block = TextBlock(SampleTexts.corpus())
    let exact = try SampleTexts.untrained(SampleTexts.encoders[0])
    var sizes: [Int] = []
    for precision in ClassifierPrecision.allCases {
      let classifier = try SampleTexts.untrained(SampleTexts.encoders[0], precision: precision)
      sizes.append(try encoded(classifier).encoded().count)
      let differences = zip(classifier.probabilities(of: block), exact.probabilities(of: block)).map { abs($0 - $1) }
      #expect(try #require(differences.max()) < (precision == .int8 ? 2e-2 : 2e-3))
    }
    #expect(sizes == sizes.sorted(by: >))
  }

  @Test("that don't hang together are refused")
  func inconsistent() throws {
    let classifier = try SampleTexts.untrained(SampleTexts.encoders[0], precision: .int8)
    func refused(_ comment: Comment, _ change: (inout ModelFileWriter) throws -> Void) throws {
      var writer = try encoded(classifier)
      try change(&writer)
      #expect(throws: ModelFileError.self, comment) { try load(writer) }
    }
    func setting(_ key: String, _ value: String) -> (inout ModelFileWriter) throws -> Void {
      { writer in
        let text = try #require(writer.metadata["neural.configuration"])
        let changed = text.replacing(try Regex("\"\(key)\":[^,}\\]]*\\]?"), with: "\"\(key)\":\(value)")
        #expect(changed != text)
        writer.metadata["neural.configuration"] = changed
      }
    }
    for (key, value) in [
      ("dimension", "0"), ("dimension", "13"), ("dimension", "9000000000000"), ("filters", "65000"),
      ("filters", "-1"), ("widths", "[]"), ("widths", "[2,2]"), ("widths", "[2,3,4]"), ("dropout", "1"),
      ("encoder", "\"bilstm\""), ("encoder", "\"rnn\""), ("maximumLength", "0"), ("unit", "\"segmented\""),
    ] { try refused("\(key) \(value)", setting(key, value)) }
    try refused("no configuration") { $0.metadata["neural.configuration"] = nil }
    try refused("precision") { $0.metadata["neural.precision"] = "int4" }
    try refused("another precision") { $0.metadata["neural.precision"] = "float32" }
    try refused("labels") { $0.metadata["classifier.labels"] = "[\"a\",\"b\"]" }
    try refused("kind") { $0.metadata["classifier.kind"] = "other" }
    let tensors = try ModelFile(data: encoded(classifier).encoded(), path: "memory")
    let scale = try #require(tensors.tensorNames.first { $0.hasSuffix(".scale") })
    var writer = ModelFileWriter(metadata: tensors.metadata)
    for name in tensors.tensorNames {
      let info = try #require(tensors.info(name))
      let scales = [Float](repeating: .greatestFiniteMagnitude, count: info.elementCount)
      if name == scale {
        writer.add(name, floats: scales, shape: info.shape)
      } else {
        writer.add(name, info.elementType, shape: info.shape, bytes: try tensors.bytes(name))
      }
    }
    let error = #expect(throws: ModelFileError.self, "scales") { try load(writer) }
    #expect("\(try #require(error))".contains(scale.dropLast(6)) == true)
    var broken = classifier.model
    broken.parameters[broken.outputWeight] = Tensor(broken.parameters[broken.outputWeight].shape, repeating: .nan)
    #expect(throws: ModelFileError.self) { try load(try encoded(NeuralTextClassifier(broken))) }
  }
}
