import Dispatch
import Foundation
import Synchronization

/// Takes notice of Ctrl-C and of a request to terminate, so that work can be brought to a good end first. The second
/// one ends the process at once, as ever.
final class Interruption {
  /// Raised by the first request; any thread may look.
  final class Flag: Sendable {
    private let value = Atomic(false)

    /// Whether the process was asked to end.
    var isRaised: Bool { value.load(ordering: .relaxed) }

    fileprivate func raise() { value.store(true, ordering: .relaxed) }
  }

  private static let signals = [SIGINT, SIGTERM]
  private let flag = Flag()
  private let sources: [any DispatchSourceSignal]

  private init() {
    sources = Interruption.signals.map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for source in sources {
      let flag = flag
      source.setEventHandler {
        flag.raise()
        for number in Interruption.signals { signal(number, SIG_DFL) }
      }
      source.resume()
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in Interruption.signals { signal(number, SIG_DFL) }
  }

  /// Runs `body` with a flag that Ctrl-C raises.
  static func watching<Result>(_ body: (Flag) throws -> Result) rethrows -> Result {
    let interruption = Interruption()
    return try withExtendedLifetime(interruption) { try body(interruption.flag) }
  }
}
