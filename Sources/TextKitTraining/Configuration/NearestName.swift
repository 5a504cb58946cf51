/// The name that was probably meant, or `nil` if none is near: for 'did you mean …?'.
///
/// Names are compared without regard to case by the Levenshtein distance with adjacent transpositions (Damerau
/// 1964, in the restricted form of optimal string alignment). Up to a third of the longer name may differ. The
/// first of equally near names wins. O(candidates × lengths); names beyond 64 characters are not compared.
package func nearestName(to name: String, among candidates: [String]) -> String? {
  let limit = 64
  let wanted = Array(name.lowercased().unicodeScalars.prefix(limit + 1))
  guard !wanted.isEmpty, wanted.count <= limit else { return nil }
  var nearest: (name: String, distance: Int)?
  for candidate in candidates {
    let scalars = Array(candidate.lowercased().unicodeScalars.prefix(limit + 1))
    guard scalars.count <= limit else { continue }
    let distance = editDistance(wanted, scalars)
    guard distance <= max(wanted.count, scalars.count) / 3, distance < nearest?.distance ?? .max else {
      continue
    }
    nearest = (candidate, distance)
  }
  return nearest?.name
}

/// Insertions, deletions, substitutions and swaps of neighbors that turn one into the other.
private func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
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
