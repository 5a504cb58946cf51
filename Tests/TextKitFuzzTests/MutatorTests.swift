import Testing
import TextKitFuzz

@Suite("Mutation of inputs")
struct MutatorTests {
  private func inputs(_ target: FuzzTarget, seed: UInt64) throws -> [[UInt8]] {
    let seeds = try target.make().seeds
    var random = FuzzRandom(seed: seed)
    return (0..<200).map { _ in
      target.mutated(random.pick(seeds) ?? [], with: random.pick(seeds) ?? [], using: &random)
    }
  }

  @Test("the same seed gives the same inputs, another one others", arguments: ["labeled", "model-neural"])
  func deterministic(_ name: String) throws {
    let target = try #require(FuzzTool.targets.first { $0.name == name })
    let first = try inputs(target, seed: 3)
    #expect(try inputs(target, seed: 3) == first)
    #expect(try inputs(target, seed: 4) != first)
    // Nearly every input differs from the seeds and from the others.
    #expect(Set(first).count > 150)
  }

  @Test("model files are signed again after most changes, and the changes are still there")
  func signed() throws {
    let target = try #require(FuzzTool.targets.first { $0.name == "model-classical" })
    let inputs = try inputs(target, seed: 5)
    let opened = inputs.filter { ModelParts($0).map { $0.signed() } == $0 }
    #expect(opened.count > inputs.count / 2, "\(opened.count) of \(inputs.count)")
    #expect(Set(opened).count > opened.count / 2)
  }

  @Test("no input outgrows the limit, none makes it fail")
  func sizes() {
    var mutator = Mutator(tokens: [Array("token".utf8)])
    mutator.maximumSize = 500
    var random = FuzzRandom(seed: 1)
    var input: [UInt8] = []
    for _ in 0..<20_000 {
      input = mutator.mutated(input, with: [1, 2, 3], using: &random)
      #expect(input.count <= 500)
    }
  }

  @Test("random numbers are in their ranges, and spread")
  func random() {
    var random = FuzzRandom(seed: 9)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 { counts[random.below(10)] += 1 }
    #expect(counts.allSatisfy { (850...1150).contains($0) }, "\(counts)")
    #expect(random.below(0) == 0 && random.below(1) == 0)
    for count in [0, 1, 5, 1000] {
      for _ in 0..<100 {
        let range = random.range(in: count)
        #expect(range.lowerBound >= 0 && range.upperBound <= count && (count == 0) == range.isEmpty)
      }
    }
  }

  @Test("kinds of errors are told apart by their words alone")
  func kinds() {
    #expect(
      TypedErrors.kind(of: "x.txt:12: expected 3 columns, found \"a b\"") == "x.txt:#: expected # columns, found \"")
    #expect(TypedErrors.kind(of: #"found "a\"b\\" on 3"#) == #"found " on #"#)
    #expect(TypedErrors.kind(of: "line 7 'q'") == TypedErrors.kind(of: "line 123 'other'"))
  }
}
