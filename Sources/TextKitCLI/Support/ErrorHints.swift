import Foundation
import TextKit
import TextKitCommandLine
import TextKitPretrained

/// What to do about errors of the library, which knows no commands.
enum ErrorHints {
  /// A hint; nil where only the error's kind is known.
  @Sendable static func hint(for error: any Error) -> String? {
    switch error {
    case is PretrainedError:
      "\(Pretrained.environmentVariable) can name another folder (see 'textkit model list')"
    case let error as ModelFileError: hint(error.reason, error.path)
    case let error as VectorFileError:
      if case .modelFile(let reason) = error.reason { hint(reason, error.path) } else { nil }
    case let error as CorpusError where error.isUnreadable: missing(error.file)
    case let error as ConfigurationError:
      if case .file(let path) = error.source { missing(path) } else { nil }
    default: nil
    }
  }

  private static func hint(_ reason: ModelFileError.Reason, _ path: String) -> String? {
    switch reason {
    case .notFound: missing(path)
    case .kind, .metadata(key: "labeler.tags", _, _), .metadata(key: "crf.tags", _, _):
      ModelKind(path: path).map { "it is \($0.use)" }
    case .tooShort, .headerTooLong, .malformedHeader: "models are safetensors files, is this one?"
    case .checksum: "it has been changed since it was written: fetch or train it again"
    default: nil
    }
  }

  /// The file that was probably meant instead of one that isn't there, or else where paths begin.
  private static func missing(_ path: String) -> String? {
    guard !FileManager.default.fileExists(atPath: path) else { return nil }
    if let nearest = NearestFile.name(to: path) { return "did you mean \(nearest)?" }
    return path.hasPrefix("/") ? nil : "paths begin at \(FileManager.default.currentDirectoryPath)"
  }
}
