import CTextKitKernels
import Foundation

/// The code paths of the kernels, worst to best, as `TEXTKIT_ISA` names them.
package enum InstructionSet: String, CaseIterable, Sendable {
  case baseline, avx2, avx512

  /// The environment variable that asks for a path below the best.
  package static let environmentVariable = "TEXTKIT_ISA"

  /// The best that this processor has.
  package static var best: InstructionSet {
    switch tk_isa_best() {
    case TK_ISA_AVX512: .avx512
    case TK_ISA_AVX2: .avx2
    default: .baseline
    }
  }

  /// What the environment asks for where that is no path, or none of this processor, so that the best one is used; nil
  /// otherwise.
  package static var unusableRequest: String? {
    tk_isa_request_invalid() ? ProcessInfo.processInfo.environment[environmentVariable] ?? "" : nil
  }
}
