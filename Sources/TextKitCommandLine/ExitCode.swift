import Foundation
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// How a command ended (the numbers of BSD's `sysexits.h`).
package enum ExitCode: Int32, Sendable {
  case success = 0
  /// The command line can't be understood.
  case usage = 64
  /// An input can be read but isn't what it should be.
  case dataError = 65
  /// An input can't be read.
  case noInput = 66
  /// A mistake in the program.
  case software = 70
  /// An output can't be written.
  case ioError = 74
  /// Ended by Ctrl-C or a request to terminate before the work was done, as shells number it: 128 + SIGINT.
  case interrupted = 130
}

/// An error that knows how the command should end.
package protocol ExitCodeReporting: Error {
  var exitCode: ExitCode { get }
}

/// What a command throws when it has to give up.
package struct CommandFailure: ExitCodeReporting, CustomStringConvertible {
  package let exitCode: ExitCode
  package let message: String
  package let hint: String?

  package init(_ exitCode: ExitCode, _ message: String, hint: String? = nil) {
    self.exitCode = exitCode
    self.message = message
    self.hint = hint
  }

  package var description: String { hint.map { "\(message); \($0)" } ?? message }
}

extension UsageError: ExitCodeReporting {
  package var exitCode: ExitCode { .usage }
}

extension OutputError: ExitCodeReporting {
  package var exitCode: ExitCode { self == .closed ? .success : .ioError }
}

extension AtomicFileError: ExitCodeReporting {
  /// A reader that has gone is no mistake: there is just nothing left to do.
  package var exitCode: ExitCode { code == EPIPE ? .success : .ioError }
}

extension ModelFileError: ExitCodeReporting {
  package var exitCode: ExitCode {
    switch reason {
    case .notFound, .notRegularFile, .unreadable: .noInput
    case .notWritten: .ioError
    default: .dataError
    }
  }
}

extension ConfigurationError: ExitCodeReporting {
  package var exitCode: ExitCode {
    switch (reason, source) {
    case (.unreadable, _): .noInput
    case (_, .override): .usage
    default: .dataError
    }
  }
}

extension ExitCode {
  /// How a command ends that threw `error`.
  package init(for error: any Error) {
    if let error = error as? any ExitCodeReporting {
      self = error.exitCode
    } else if let error = error as? CocoaError {
      self = error.isWriteError ? .ioError : .noInput
    } else {
      self = .software
    }
  }
}

extension CocoaError {
  /// Foundation's codes for failed writes are 512 to 767.
  fileprivate var isWriteError: Bool { (512..<768).contains(code.rawValue) }
}
