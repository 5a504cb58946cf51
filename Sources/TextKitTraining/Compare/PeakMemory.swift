import Foundation

// `getrusage` takes a pointer to what it fills, which lives for the call alone.

/// The most memory that this process ever had.
package enum PeakMemory {
  /// The largest resident set in bytes; nil where the system doesn't tell.
  ///
  /// On Linux `VmHWM`: `getrusage` there also counts what the parent had when it started this process.
  package static func bytes() -> Int? {
    #if os(Linux)
      return status("VmHWM:")
    #else
      var usage = rusage()
      guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return nil }
      return Int(usage.ru_maxrss)
    #endif
  }

  /// The resident set now in bytes, `VmRSS`; nil where the system doesn't tell.
  package static func current() -> Int? { status("VmRSS:") }

  /// An entry of Linux's list of what a process has, in bytes; nil where there is no such list.
  private static func status(_ name: String) -> Int? {
    do {
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
      return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    } catch {
      return nil
    }
  }
}
