import CTextKitKernels
import Testing

/// The suite of all kernel tests: one after the other, so that a sweep has the core to itself.
@Suite("Kernels", .serialized)
enum KernelTests {}

/// A code path of the kernels, as the argument of a test.
struct InstructionSet: Sendable, CustomStringConvertible {
  let isa: tk_isa

  /// Every path that this CPU has.
  static let available = [
    InstructionSet(isa: TK_ISA_BASELINE), InstructionSet(isa: TK_ISA_AVX2),
    InstructionSet(isa: TK_ISA_AVX512),
  ].filter { $0.isa.rawValue <= tk_isa_best().rawValue }

  var description: String {
    switch isa {
    case TK_ISA_BASELINE: "baseline"
    case TK_ISA_AVX2: "AVX2"
    default: "AVX-512"
    }
  }

  /// Whether multiply-adds are fused: everywhere but on SSE2.
  var isFused: Bool {
    #if arch(x86_64)
      isa != TK_ISA_BASELINE
    #else
      true
    #endif
  }

  /// Runs `body` on this path, in this thread alone.
  func run<Result>(_ body: () throws -> Result) throws -> Result {
    try #require(tk_isa_select_for_thread(isa))
    defer { tk_isa_follow_process() }
    return try body()
  }
}

/// SplitMix64, so that a failing case can be had again from its seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &self) }
  }
}

/// Lengths around every vector width and unrolling of every path.
let lengths = [
  0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 67, 100, 127, 128, 131, 257,
]

/// The bits of each element, so that NaN equals itself and 0 isn't -0.
func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }

/// The greatest absolute difference; infinite where only one is NaN or they differ beside an infinity.
func greatestDifference(_ values: [Float], _ expected: [Double]) -> Double {
  guard values.count == expected.count else { return .infinity }
  var greatest = 0.0
  for (value, exact) in zip(values, expected) {
    if Double(value) == exact || (value.isNaN && exact.isNaN) { continue }
    let difference = abs(Double(value) - exact)
    greatest = max(greatest, difference.isNaN ? .infinity : difference)
  }
  return greatest
}
