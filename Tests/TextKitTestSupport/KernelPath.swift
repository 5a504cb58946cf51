import CTextKitKernels
import Testing

/// A code path of the kernels: one of the instruction sets.
public struct KernelPath: Sendable, CustomTestStringConvertible {
  /// Its number in C.
  public let isa: tk_isa

  /// Every path that this processor has, the worst first.
  public static let available = [TK_ISA_BASELINE, TK_ISA_AVX2, TK_ISA_AVX512].filter {
    $0.rawValue <= tk_isa_best().rawValue
  }
  .map(KernelPath.init)

  /// What `TEXTKIT_ISA` calls it.
  public var name: String {
    switch isa {
    case TK_ISA_BASELINE: "baseline"
    case TK_ISA_AVX2: "avx2"
    default: "avx512"
    }
  }

  public var testDescription: String { name }

  /// Runs `body` on this path, in this thread alone.
  public func run<Result>(_ body: () throws -> Result) throws -> Result {
    try #require(tk_isa_select_for_thread(isa))
    defer { tk_isa_follow_process() }
    return try body()
  }
}
