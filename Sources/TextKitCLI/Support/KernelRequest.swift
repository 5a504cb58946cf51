import TextKit
import TextKitCommandLine
import TextKitTensor

/// What the environment asks of the kernels.
enum KernelRequest {
  /// Refuses a `TEXTKIT_ISA` that the kernels would pass over: who sets it wants to know by what was computed.
  @Sendable static func check() throws {
    guard let request = InstructionSet.unusableRequest else { return }
    let names = InstructionSet.allCases.map(\.rawValue)
    throw CommandFailure(
      .usage,
      "\(InstructionSet.environmentVariable): expected \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "") "
        + "(this processor has up to \(InstructionSet.best.rawValue)), found \(CorpusError.quoted(request))",
      hint: "unset, it is the best")
  }
}
