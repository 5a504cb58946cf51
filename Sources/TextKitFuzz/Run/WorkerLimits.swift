import Foundation

// `setrlimit` and `setitimer` take pointers to values that live for the call alone.

/// What one input may take of a worker.
enum WorkerLimits {
  /// Memory: this many bytes for a byte of the input, and a constant.
  static let bytesPerByte = 64
  static let spareBytes = 64 << 20
  /// Processor time.
  static let seconds = 5

  /// Lets the process have so much more memory than it has, from now on: what goes beyond can't be allocated, and ends
  /// the process. Address space is counted, not what is touched, so that an array that was never filled counts too.
  static func allow(inputBytes: Int) {
    #if os(Linux)
      guard let held = addressSpace else { return }
      var limit = rlimit()
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
      limit.rlim_cur = min(limit.rlim_max, UInt(held + bytesPerByte * inputBytes + spareBytes))
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #endif
  }

  #if os(Linux)
    private static var addressSpace: Int? {
      guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
      return text.split(separator: " ").first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) }
    }
  #endif

  /// Ends the process by `SIGPROF` after so much processor time of all its threads; 0 stops the clock.
  static func startClock(seconds: Int = seconds) {
    var timer = itimerval()
    timer.it_value.tv_sec = seconds
    #if os(Linux)
      unsafe setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    #else
      unsafe setitimer(ITIMER_PROF, &timer, nil)
    #endif
  }
}
