/// One measured value, and what it is to be held against.
struct Measurement: Codable, Equatable, Sendable {
  /// What was measured: 'path/what shape', unique within its group.
  var name: String
  var value: Double
  var unit: String
  /// A limit of the machine or the value of a peer, in the same unit.
  var reference: Double?
  /// What the reference is.
  var referenceName: String?
  /// `value / reference`; whether more is better follows from the unit.
  var ratio: Double?

  init(
    _ name: String, _ value: Double, _ unit: String, against reference: Double? = nil,
    _ referenceName: String? = nil
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.reference = reference
    self.referenceName = referenceName
    ratio = reference.map { value / $0 }
  }
}

/// Measurements that are run together under one name.
struct BenchmarkGroup: Sendable {
  let name: String
  let summary: String
  let run: @Sendable () throws -> [Measurement]
}

/// The shortest time of a piece of work.
enum Stopwatch {
  /// Seconds per call of `work`, the best of many short bursts: on a machine shared with others, what interrupts
  /// only ever adds time, and a burst of half a millisecond often escapes it.
  static func best(
    burst: Duration = .microseconds(500), total: Duration = .milliseconds(60), _ work: () -> Void
  )
    -> Double
  {
    let clock = ContinuousClock()
    let once = clock.measure { work() }
    let calls = max(1, Int(burst / max(once, .nanoseconds(20))))
    var best = Double.infinity
    let end = clock.now + total
    repeat {
      let time = clock.measure {
        for _ in 0..<calls { work() }
      }
      best = min(best, time / .seconds(1) / Double(calls))
    } while clock.now < end
    return best
  }
}
