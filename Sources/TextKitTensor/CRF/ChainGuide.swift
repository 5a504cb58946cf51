/// What is known of spans before a sequence is decoded.
///
/// A span of several steps has the tags `begin`, `inside`, …, `end`; one of a single step has `single`.
package struct ChainGuide: Sendable {
  /// The tags of a span, all different.
  package struct Tags: Hashable, Sendable {
    package let begin: Int32
    package let inside: Int32
    package let end: Int32
    package let single: Int32

    package init(begin: Int32, inside: Int32, end: Int32, single: Int32) {
      precondition(Set([begin, inside, end, single]).count == 4, "tags \(begin), \(inside), \(end), \(single)")
      (self.begin, self.inside, self.end, self.single) = (begin, inside, end, single)
    }

    /// The tag of a step of a span.
    package subscript(_ step: Int, of span: Range<Int>) -> Int32 {
      switch (step == span.lowerBound, step + 1 == span.upperBound) {
      case (true, true): single
      case (true, false): begin
      case (false, true): end
      case (false, false): inside
      }
    }
  }

  /// Steps over which a path gains if it has exactly the tags of one span there.
  package struct Arc: Hashable, Sendable {
    package let steps: Range<Int>
    /// What is added to the score, at least 0.
    package let bonus: Float

    package init(steps: Range<Int>, bonus: Float) {
      precondition(!steps.isEmpty && bonus >= 0, "an arc over \(steps) with the bonus \(bonus)")
      (self.steps, self.bonus) = (steps, bonus)
    }
  }

  package let tags: Tags
  /// By their first step; all different, and none shares a step with a forced span.
  package var arcs: [Arc] = []
  /// Spans that every path has; ascending, none overlap.
  package var forced: [Range<Int>] = []

  package init(tags: Tags) { self.tags = tags }

  /// Whether nothing is known.
  package var isEmpty: Bool { arcs.isEmpty && forced.isEmpty }
}
