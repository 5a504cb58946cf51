import Foundation
import Synchronization
import Testing
import TextKit
import TextKitTestSupport

@Suite("The state of a classifier's training")
struct ClassifierStateTests {
  /// Epochs that a training told of.
  private final class Epochs: Sendable {
    let count = Mutex(0)
    func note(_ event: TrainingEvent) { if case .epoch = event { count.withLock { $0 += 1 } } }
    func take() -> Int {
      count.withLock { count in
        defer { count = 0 }
        return count
      }
    }
  }

  @Test("stays until the model is written, and then goes", arguments: [false, true])
  func stays(isEnsemble: Bool) throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appending(path: "model")
    let epochs = Epochs()
    let recipe: any ClassifierRecipe =
      isEnsemble
      ? try NamedRecipe(
        parsing: "voting:members=[\"textcnn:training.epochs=2\",\"bilstm:training.epochs=2\"]", reading: .characters
      ).recipe : SampleTexts.recipe(epochs: 2)
    var training = ClassifierTraining(recipe: recipe, train: SampleTexts.corpus(), dev: nil, output: output)
    training.environment.observer = { event in
      epochs.note(event)
      // Something comes into the way of the model while it is trained.
      do { try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true) } catch {
        Issue.record(error)
      }
    }
    #expect(throws: ModelFileError.self) { try training.run() }
    let all = epochs.take()
    #expect(all == (isEnsemble ? 4 : 2))
    let states = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "model" }
    #expect(states.count == (isEnsemble ? 2 : 1), "\(states)")
    try FileManager.default.removeItem(at: output)
    training.environment.resume = true
    training.environment.observer = { epochs.note($0) }
    try training.run()
    #expect(epochs.take() == 0, "nothing is trained again")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model"])
  }
}
