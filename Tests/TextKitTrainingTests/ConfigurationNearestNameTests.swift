import Testing
import TextKitTraining

@Suite("Nearest name")
struct ConfigurationNearestNameTests {
  @Test("A slip of the finger is found, something else isn't")
  func slips() {
    let names = ["epochs", "learningRate", "batchSize", "seed"]
    #expect(nearestName(to: "epoch", among: names) == "epochs")
    #expect(nearestName(to: "Epochs", among: names) == "epochs")
    #expect(nearestName(to: "epohcs", among: names) == "epochs")
    #expect(nearestName(to: "learning_rate", among: names) == "learningRate")
    #expect(nearestName(to: "learnRate", among: names) == "learningRate")
    #expect(nearestName(to: "sed", among: names) == "seed")
    #expect(nearestName(to: "dropout", among: names) == nil)
    #expect(nearestName(to: "", among: names) == nil)
    #expect(nearestName(to: "x", among: []) == nil)
  }

  @Test("The nearest wins, the first of equals")
  func order() {
    #expect(nearestName(to: "abcd", among: ["abcx", "abcdx", "abcd"]) == "abcd")
    #expect(nearestName(to: "abc", among: ["abx", "abd"]) == "abx")
    // A swap of neighbors is one step, not two.
    #expect(nearestName(to: "acb", among: ["abc"]) == "abc")
  }

  @Test("Endless names cost nothing and find nothing")
  func long() {
    let long = String(repeating: "a", count: 1_000_000)
    #expect(nearestName(to: long, among: [long]) == nil)
    #expect(nearestName(to: "aaa", among: [long, "aab"]) == "aab")
  }
}
