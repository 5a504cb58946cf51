import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTraining

/// The errors that a reader may throw: those that say where, what was expected and what was found.
package enum TypedErrors {
  static func contains(_ error: any Error) -> Bool {
    switch error {
    case is CorpusError, is ModelFileError, is VectorFileError, is ConfigurationError, is TrainingError,
      is AtomicFileError, is VectorQueryError:
      true
    default: false
    }
  }

  /// An error's kind: its text without what differs from input to input.
  static func kind(of error: any Error) -> String { kind(of: "\(type(of: error)) \(error)") }

  /// A text without its numbers and what is quoted in it, cut.
  package static func kind(of text: String) -> String {
    var kind: [UInt8] = []
    var quote: UInt8?
    var isEscaped = false
    for byte in text.utf8 where kind.count < 200 {
      if let open = quote {
        if byte == open, !isEscaped { quote = nil }
        isEscaped = byte == 0x5C && !isEscaped
        continue
      }
      if byte == 0x22 || byte == 0x27 { quote = byte }
      if (0x30...0x39).contains(byte) {
        if kind.last != 0x23 { kind.append(0x23) }
      } else {
        kind.append(byte < 0x20 ? 0x20 : byte)
      }
    }
    return String(decoding: kind, as: UTF8.self)
  }
}
