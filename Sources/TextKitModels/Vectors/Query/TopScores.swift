/// The greatest of many scores; of equal ones the first.
struct TopScores: Sendable {
  struct Entry: Sendable {
    let score: Float
    let id: Int
  }

  /// How many are kept.
  let capacity: Int
  /// No score at or below it can come in; ids have to be added in ascending order.
  private(set) var threshold: Float
  private var entries: [Entry] = []

  init(capacity: Int) {
    self.capacity = capacity
    threshold = capacity > 0 ? -.infinity : .infinity
  }

  /// Adds a score if it is among the greatest so far.
  @inline(__always)
  mutating func add(_ score: Float, id: Int) {
    if score > threshold { insert(Entry(score: score, id: id)) }
  }

  @inline(never)
  private mutating func insert(_ entry: Entry) {
    entries.append(entry)
    // Sorted once for as many entries as are kept: log(capacity) for each on average.
    if entries.count >= 2 * capacity || entries.count == capacity { trim() }
  }

  private mutating func trim() {
    entries = Array(sorted.prefix(capacity))
    if entries.count == capacity, let last = entries.last { threshold = last.score }
  }

  /// Adds the entries of another part.
  mutating func merge(_ other: TopScores) {
    entries += other.entries
    trim()
  }

  /// The greatest scores, in falling order; equal ones by id.
  var sorted: [Entry] {
    Array(entries.sorted { $0.score == $1.score ? $0.id < $1.id : $0.score > $1.score }.prefix(capacity))
  }
}
