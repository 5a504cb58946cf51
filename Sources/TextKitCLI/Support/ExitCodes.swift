import TextKit
import TextKitCommandLine
import TextKitPretrained

// What exit codes the library's errors stand for.

extension CorpusError: ExitCodeReporting {
  package var exitCode: ExitCode { notWritten?.exitCode ?? (isUnreadable ? .noInput : .dataError) }
}

extension TrainingError: ExitCodeReporting {
  package var exitCode: ExitCode { .dataError }
}

extension PretrainedError: ExitCodeReporting {
  package var exitCode: ExitCode { .noInput }
}

extension VectorFileError: ExitCodeReporting {
  package var exitCode: ExitCode {
    switch reason {
    case .malformed, .unwritableWord: .dataError
    case .modelFile(let reason): ModelFileError(path: path, reason: reason).exitCode
    case .notWritten(let error): error.exitCode
    }
  }
}

extension VectorQueryError: ExitCodeReporting {
  package var exitCode: ExitCode { .dataError }
}
