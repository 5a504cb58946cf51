import CTextKitKernels
import Foundation

/// Tables and a plan for `tk_embedding_train`, which the kernel or its naive twin works on.
struct EmbeddingCase {
  /// Whether inputs are averaged, and whether words are means of several rows.
  struct Kind: Sendable, CustomStringConvertible {
    let averages, hasBags: Bool

    static let all = [false, true].flatMap { averages in
      [false, true].map { Kind(averages: averages, hasBags: $0) }
    }
    var description: String { (averages ? "averaged" : "one by one") + (hasBags ? ", bags" : "") }
  }

  struct Group {
    let center, low, high: Int
    /// 2 · row + label.
    let outputs: [Int32]
  }

  static let rows = 48
  static let guardValue: Float = 77

  let stride, dimension: Int
  let averages: Bool
  /// `[rows, stride]`.
  var inputs, outputs: [Float]
  /// The rows of each word; nil: a word is a row.
  var bags: [[Int32]]?
  var words: [Int32] = []
  var groups: [Group] = []
  var rate: Float = 0.1
  /// What `tk_embedding_plan.inputs` says.
  var mostInputs = 1
  /// Whether the kernel kept to its scratch memory.
  private(set) var keptToScratch = true

  /// Makes tables of numbers whose products are about ±3; only even rows are named by words and outputs.
  init(_ kind: Kind, stride: Int, padding: Int, using random: inout SeededGenerator) {
    (self.stride, averages, dimension) = (stride, kind.averages, stride - padding)
    let bound = Float(3 / Double(stride).squareRoot()).squareRoot()
    func table(_ random: inout SeededGenerator) -> [Float] {
      var values = random.floats(EmbeddingCase.rows * stride, in: -bound...bound)
      for index in values.indices where index % stride >= stride - padding { values[index] = 0 }
      return values
    }
    inputs = table(&random)
    outputs = table(&random)
    guard kind.hasBags else { return }
    bags = (0..<EmbeddingCase.rows).map { _ in
      (0..<Int.random(in: 1...7, using: &random)).map { _ in EmbeddingCase.row(&random) }
    }
  }

  static func row(_ random: inout SeededGenerator) -> Int32 {
    2 * Int32.random(in: 0..<Int32(rows / 2), using: &random)
  }

  /// Adds running text and a group in it; `twice` repeats a word and an output.
  mutating func addGroup(
    inputs count: Int, outputs outputCount: Int, twice: Bool, using random: inout SeededGenerator
  ) {
    let low = words.count + Int.random(in: 0..<3, using: &random)
    let center = low + Int.random(in: 0...count, using: &random)
    while words.count <= low + count + 1 { words.append(EmbeddingCase.row(&random)) }
    var outputs = (0..<outputCount).map { _ in
      2 * EmbeddingCase.row(&random) + Int32.random(in: 0...1, using: &random)
    }
    if twice, count > 1 {
      let others = (low...low + count).filter { $0 != center }
      words[others[1]] = words[others[0]]
    }
    if twice, outputCount > 1 {
      outputs[outputCount - 1] = outputs[outputCount - 2] ^ Int32.random(in: 0...1, using: &random)
    }
    groups.append(Group(center: center, low: low, high: low + count + 1, outputs: outputs))
    mostInputs = max(mostInputs, count)
  }

  /// Rows of `inputs` and of `outputs` that some group names.
  var namedRows: (inputs: Set<Int>, outputs: Set<Int>) {
    var named: (inputs: Set<Int>, outputs: Set<Int>) = ([], [])
    for group in groups {
      for position in group.low..<group.high where position != group.center {
        let word = words[position]
        for row in bags?[Int(word)] ?? [word] { named.inputs.insert(Int(row)) }
      }
      for output in group.outputs { named.outputs.insert(Int(output >> 1)) }
    }
    return named
  }

  /// Lets the kernel do the plan, in scratch memory full of NaN; returns the loss.
  mutating func train() -> Double {
    var ends: [Int32] = []
    for group in groups { ends.append((ends.last ?? 0) + Int32(group.outputs.count)) }
    var bagEnds: [Int32] = []
    for bag in bags ?? [] { bagEnds.append((bagEnds.last ?? 0) + Int32(bag.count)) }
    let numbers = [
      words, groups.map { Int32($0.center) }, groups.map { Int32($0.low) }, groups.map { Int32($0.high) }, ends,
      groups.flatMap(\.outputs), bagEnds, (bags ?? []).flatMap { $0 },
    ]
    let size = tk_embedding_scratch_size(stride, mostInputs)
    var scratch = [Float](repeating: .nan, count: size) + [Float](repeating: EmbeddingCase.guardValue, count: 64)
    let (averages, stride, rate, mostInputs, hasBags) = (averages, stride, rate, mostInputs, bags != nil)
    let groupCount = groups.count
    func withPointers(
      _ index: Int, _ pointers: [UnsafePointer<Int32>?], _ body: ([UnsafePointer<Int32>?]) -> Double
    ) -> Double {
      if index == numbers.count { return unsafe body(pointers) }
      return unsafe numbers[index].withUnsafeBufferPointer {
        unsafe withPointers(index + 1, pointers + [$0.baseAddress], body)
      }
    }
    let loss = unsafe inputs.withUnsafeMutableBufferPointer { inputs in
      unsafe outputs.withUnsafeMutableBufferPointer { outputs in
        unsafe withPointers(0, []) { p in
          var tables = unsafe tk_embedding_tables(
            stride: stride, inputs: inputs.baseAddress, outputs: outputs.baseAddress,
            bag_ends: hasBags ? p[6] : nil, bags: hasBags ? p[7] : nil)
          var plan = unsafe tk_embedding_plan(
            words: p[0], groups: groupCount, centers: p[1], lows: p[2], highs: p[3], output_ends: p[4],
            outputs: p[5], inputs: mostInputs, averages: averages)
          return unsafe tk_embedding_train(&tables, &plan, rate, &scratch)
        }
      }
    }
    keptToScratch = scratch[size...].allSatisfy { $0 == EmbeddingCase.guardValue }
    return loss
  }
}
