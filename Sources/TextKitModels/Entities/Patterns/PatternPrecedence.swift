import TextKitCorpus

/// Who gives way where a pattern and the model see different entities that overlap.
public enum PatternPrecedence: String, Codable, CaseIterable, Sendable {
  /// Patterns win, save against an entity of the model that is longer and holds wholly every pattern that overlaps it:
  /// `New York` yields to the model's `New York Times`.
  case prefer
  /// Patterns win.
  case force
  /// The model wins: patterns are only found where it saw nothing.
  case fill

  /// The entities of both that stand, by their places.
  ///
  /// - Parameters:
  ///   - model: in the order in which they stand; none overlap.
  ///   - patterns: none overlap.
  public func merged(model: [Entity], patterns: [Entity]) -> [Entity] {
    guard !patterns.isEmpty else { return model }
    let patterns = patterns.sorted { $0.utf8 < $1.utf8 }
    var yields = [Bool](repeating: false, count: patterns.count)
    var kept: [Entity] = []
    for entity in model {
      let overlapping = Self.range(of: patterns, overlapping: entity)
      let stays =
        switch self {
        case .fill: true
        case .force: overlapping.isEmpty
        case .prefer:
          overlapping.allSatisfy { number in
            let span = patterns[number].utf8
            return entity.utf8.start <= span.start && span.end <= entity.utf8.end && span.count < entity.utf8.count
          }
        }
      guard stays else { continue }
      kept.append(entity)
      for number in overlapping { yields[number] = true }
    }
    let rest = patterns.indices.filter { !yields[$0] }.map { patterns[$0] }
    return (kept + rest).sorted { $0.utf8 < $1.utf8 }
  }

  /// The numbers of the patterns that share text with an entity.
  private static func range(of patterns: [Entity], overlapping entity: Entity) -> Range<Int> {
    func first(where holds: (Entity) -> Bool) -> Int {
      var (low, high) = (0, patterns.count)
      while low < high {
        let middle = low + (high - low) / 2
        if holds(patterns[middle]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let start = first { $0.utf8.end > entity.utf8.start }
    return start..<max(start, first { $0.utf8.start >= entity.utf8.end })
  }
}
