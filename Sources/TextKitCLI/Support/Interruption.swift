import Foundation
import Synchronization

/// Takes notice of Ctrl-C and of a request to terminate, so that work can be brought to a good end first.
///
/// Sound: the set of signals is a local value, lent to the C library for the length of each call.
enum Interruption {
  private static let flag = Atomic(false)

  /// Whether the process was asked to end since `watch`.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// From now on the first request is only noted; the second one ends the process at once, as ever.
  ///
  /// Who waits for input has to ask `isRequested` now and then: calls go on after the signal. A program that Foundation's
  /// Process starts from a thread of Dispatch has all signals blocked, as that thread has: these two are let in.
  static func watch() {
    // Read first, so that the handler finds it made.
    guard !isRequested else { return }
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.flag.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
    var numbers = sigset_t()
    unsafe sigemptyset(&numbers)
    for number in [SIGINT, SIGTERM] { unsafe sigaddset(&numbers, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
  }
}
