/// Insertions, deletions, substitutions and swaps of neighbors that turn one into the other: the Levenshtein distance
/// with adjacent transpositions (Damerau 1964) in the restricted form of optimal string alignment. O(product of lengths).
package func editDistance(_ first: [UInt32], _ second: [UInt32]) -> Int {
  // Rows of the dynamic programme: `previous[j]` is the distance of `first[..<i]` to `second[..<j]`.
  var beforePrevious: [Int] = []
  var previous = Array(0...second.count)
  for i in first.indices {
    var current = [i + 1]
    for j in second.indices {
      let substitution = previous[j] + (first[i] == second[j] ? 0 : 1)
      var distance = min(substitution, previous[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
        distance = min(distance, beforePrevious[j - 1] + 1)
      }
      current.append(distance)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[second.count]
}
