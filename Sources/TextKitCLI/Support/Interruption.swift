import Foundation
import Synchronization

/// Takes notice of Ctrl-C and of a request to terminate, so that work can be brought to a good end first.
enum Interruption {
  private static let flag = Atomic(false)

  /// Whether the process was asked to end since `watch`.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// From now on the first request is only noted; the second one ends the process at once, as ever.
  ///
  /// Who waits for input has to ask `isRequested` now and then: calls go on after the signal.
  static func watch() {
    // Read first, so that the handler finds it made.
    guard !isRequested else { return }
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.flag.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}
