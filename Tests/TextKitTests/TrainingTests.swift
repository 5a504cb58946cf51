import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Training a segmenter")
struct TrainingTests {
  @Test("gives the same bytes for 1, 2 and 4 threads and for a second run")
  func sameBytes() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try [1, 2, 4, 2].enumerated().map { index, threads in
      let output = folder.appending(path: "\(index).safetensors")
      try SampleModels.training(output, threads: threads).run { _ in }
      return try Data(contentsOf: output)
    }
    #expect(files.allSatisfy { $0 == files[0] })
    var other = SampleModels.training(folder.appending(path: "other.safetensors"))
    other.configuration.training.seed = 2
    try other.run { _ in }
    #expect(try Data(contentsOf: other.output) != files[0], "another seed must give another model")
  }

  /// Stops a training from outside, as a kill does: everything but the files is lost.
  private struct Stop: Error {}

  @Test("taken up after an interruption ends in the same bytes")
  func resumes() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = SampleModels.training(folder.appending(path: "whole.safetensors"), epochs: 5)
    try whole.run { _ in }
    var part = SampleModels.training(folder.appending(path: "part.safetensors"), epochs: 5)
    // The state after every epoch is put aside; each one in turn is what a killed training left behind.
    var states: [Data] = []
    let log = try TrainingLog(url: folder.appending(path: "log.jsonl"), resume: false)
    try part.run(log: log) { event in
      if case .epoch = event { states.append((try? Data(contentsOf: part.checkpointURL)) ?? Data()) }
    }
    #expect(try String(contentsOf: log.url, encoding: .utf8).split(separator: "\n").count == 5)
    #expect(!FileManager.default.fileExists(atPath: part.checkpointURL.path))
    #expect(states.count == 5)
    part.resume = true
    for (epoch, state) in states.enumerated() {
      try state.write(to: part.checkpointURL)
      try FileManager.default.removeItem(at: part.output)
      var resumed: Int?
      try part.run { if case .resumed(let epoch) = $0 { resumed = epoch } }
      #expect(resumed == epoch + 1)
      #expect(try Data(contentsOf: part.output) == Data(contentsOf: whole.output), "resumed after epoch \(epoch + 1)")
    }
  }

  @Test("refuses the state of another training and a damaged one")
  func foreignStates() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var training = SampleModels.training(folder.appending(path: "m.safetensors"), epochs: 2)
    var state = Data()
    try training.run { event in
      if case .epoch = event { state = (try? Data(contentsOf: training.checkpointURL)) ?? Data() }
    }
    training.resume = true
    training.configuration.training.learningRate = 0.02
    try state.write(to: training.checkpointURL)
    #expect(throws: TrainingError.self) { try training.run { _ in } }
    state[state.count / 2] ^= 1
    try state.write(to: training.checkpointURL)
    #expect(throws: ModelFileError.self) { try training.run { _ in } }
  }

  @Test("learns the sample corpus")
  func learns() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let training = SampleModels.training(folder.appending(path: "m.safetensors"), epochs: 20)
    var losses: [Double] = []
    let segmenter = WordSegmenter(
      try training.run { if case .epoch(let report) = $0 { losses.append(report.loss) } })
    #expect(losses.count >= 4)
    #expect(try #require(losses.last) < losses[0] / 3)
    let train = try SegmentationEvaluator(contentsOf: SampleCorpus.path("zh-segmentation/train.seg")).score(
      segmenter, threads: 2)
    let dev = try SegmentationEvaluator(contentsOf: SampleCorpus.path("zh-segmentation/dev.seg")).score(
      segmenter, threads: 2)
    #expect(train.f1 > 0.95)
    // Better than one word a character, which no model could do without having learned anything.
    #expect(dev.f1 > 0.6 && dev.f1 < train.f1, "dev \(dev.f1)")
  }

  @Test("stops with an error when it diverges, and writes nothing")
  func diverges() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var training = SampleModels.training(folder.appending(path: "m.safetensors"))
    training.configuration.training.optimizer = .sgd
    training.configuration.training.clipNorm = 0
    training.configuration.training.learningRate = 1e6
    #expect(throws: TrainingError.self) { try training.run { _ in } }
    #expect(!FileManager.default.fileExists(atPath: training.output.path))
  }

  @Test("stops early when dev does not get better")
  func stopsEarly() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var training = SampleModels.training(folder.appending(path: "m.safetensors"), epochs: 50)
    training.configuration.training.patience = 1
    training.configuration.training.learningRate = 0
    var stopped: Int?
    try training.run { if case .stoppedEarly(let epoch) = $0 { stopped = epoch } }
    #expect(stopped == 2)
  }
}
