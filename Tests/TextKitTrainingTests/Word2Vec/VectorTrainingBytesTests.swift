import Foundation
import Testing
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Bytes of trained word vectors")
struct VectorTrainingBytesTests {
  private let text = TopicText(sentences: 1200).text

  private func training(_ folder: TokenFolder, _ configuration: VectorTrainingConfiguration) throws -> VectorTraining
  {
    var training = VectorTraining(
      inputs: [try folder.file("text", text)], output: folder.url.appending(path: "v"), configuration: configuration)
    training.configuration.word2vec.epochs = 2
    return training
  }

  @Test(arguments: TopicText.configurations)
  func `deterministic training gives the same bytes for 1, 2 and 4 threads`(
    configuration: VectorTrainingConfiguration
  ) throws {
    let folder = try TokenFolder()
    var training = try training(folder, configuration)
    training.configuration.word2vec.deterministic = true
    let files = try [1, 2, 4, 3].map { threads in
      training.threads = threads
      try training.run()
      return try Data(contentsOf: training.output)
    }
    #expect(files.allSatisfy { $0 == files[0] }, "\(configuration.label)")
    training.configuration.word2vec.seed = 2
    #expect(try training.run().vectors.values != WordVectors(data: files[0], path: "first").values)
  }

  @Test(arguments: TopicText.configurations)
  func `one thread alone gives the same bytes again`(configuration: VectorTrainingConfiguration) throws {
    let folder = try TokenFolder()
    let training = try training(folder, configuration)
    let files = try (0..<2).map { _ in
      try training.run()
      return try Data(contentsOf: training.output)
    }
    #expect(files[0] == files[1], "\(configuration.label)")
  }

  @Test func `every format holds the same numbers`() throws {
    let folder = try TokenFolder()
    var training = try training(folder, TopicText.configuration)
    training.metadata = ["corpus.name": "topics"]
    let expected = try training.run().vectors
    #expect(expected.metadata["corpus.name"] == "topics")
    for format in VectorFileFormat.allCases {
      training.format = format
      try training.run()
      let read = try WordVectors(contentsOf: training.output)
      #expect(read.report?.format == format && read.words == expected.words)
      #expect(read.values.map(\.bitPattern) == expected.values.map(\.bitPattern), "\(format)")
      #expect(read.counts == (format == .safetensors ? expected.counts : nil))
    }
  }

  @Test func `subwords come back from the file`() throws {
    let folder = try TokenFolder()
    var training = try training(folder, TopicText.configuration)
    training.configuration.word2vec.maximumSubword = 4
    let vectors = try training.run().vectors
    let read = try WordVectors(contentsOf: training.output)
    for word in ["karokaro", "fengul", "x"] { #expect(read.vector(for: word) == vectors.vector(for: word)) }
    #expect(read.vector(for: "karokaro") != nil)
  }

  @Test(arguments: TopicText.configurations)
  func `an absurd learning rate writes nothing that is not finite`(configuration: VectorTrainingConfiguration) throws
  {
    for (rate, deterministic) in [(1e6, false), (1e6, true), (1e3, false)] {
      let folder = try TokenFolder()
      var training = try training(folder, configuration)
      training.configuration.word2vec.learningRate = rate
      training.configuration.word2vec.deterministic = deterministic
      do {
        let vectors = try training.run().vectors
        #expect(vectors.values.allSatisfy { $0.isFinite }, "\(configuration.label)")
        let read = try WordVectors(contentsOf: training.output)
        #expect(read.values == vectors.values && (read.vector(for: "karofen") ?? []).allSatisfy { $0.isFinite })
      } catch TrainingError.diverged {
        #expect(!FileManager.default.fileExists(atPath: training.output.path))
      }
    }
  }
}
