import Foundation

// What the system says about a failure. One of the few files with unsafe code: the C library owns the text, which is
// copied at once.

/// The system's words for its error numbers.
package enum SystemMessage {
  /// What it says about the last failure.
  package static var last: String { text(errno) }

  /// What an error number means.
  package static func text(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
