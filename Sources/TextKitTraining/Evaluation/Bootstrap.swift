import TextKitTensor

/// Intervals by resampling documents or sentences with replacement (Efron 1979), by percentiles.
public struct Bootstrap: Codable, Sendable, Equatable {
  /// How many resamples; without any there are no intervals.
  public var resamples: Int
  /// The same seed gives the same resamples, for any number of threads.
  public var seed: UInt64

  /// Sets up resampling.
  public init(resamples: Int = 1_000, seed: UInt64 = 1) {
    self.resamples = resamples
    self.seed = seed
  }

  /// An interval that holds a figure with 95% confidence.
  public struct Interval: Codable, Sendable, Equatable {
    public let low: Double
    public let high: Double

    /// The middle 95% of the values, interpolated between neighbors.
    package init(of values: [Double]) {
      let sorted = values.sorted()
      low = Self.percentile(0.025, of: sorted)
      high = Self.percentile(0.975, of: sorted)
    }

    static func percentile(_ share: Double, of sorted: [Double]) -> Double {
      guard let last = sorted.last else { return 0 }
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      guard below + 1 < sorted.count else { return last }
      return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }
  }

  /// What `figure` says of every resample, a resample being as many numbers below `count` as there are items, drawn
  /// with replacement; none without items.
  func resampled<Figure: Sendable>(
    count: Int, threads: Int, _ figure: @Sendable (_ items: [Int]) -> Figure
  ) -> [Figure] {
    guard count > 0 else { return [] }
    return Parallel.map(count: resamples, threads: threads) { resample, _ in
      var random = RandomSource(seed: seed, path: UInt64(resample))
      return figure((0..<count).map { _ in Int(random.next().multipliedFullWidth(by: UInt64(count)).high) })
    }
  }
}
