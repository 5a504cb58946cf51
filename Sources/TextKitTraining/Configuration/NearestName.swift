import TextKitCorpus

/// The name that was probably meant, or `nil` if none is near: for 'did you mean …?'.
///
/// Names are compared without regard to case by the Levenshtein distance with adjacent transpositions (Damerau
/// 1964, in the restricted form of optimal string alignment). Up to a third of the longer name may differ. The
/// first of equally near names wins. O(candidates × lengths); names beyond 64 characters are not compared.
package func nearestName(to name: String, among candidates: [String]) -> String? {
  let limit = 64
  let wanted = name.lowercased().unicodeScalars.prefix(limit + 1).map(\.value)
  guard !wanted.isEmpty, wanted.count <= limit else { return nil }
  var nearest: (name: String, distance: Int)?
  for candidate in candidates {
    let scalars = candidate.lowercased().unicodeScalars.prefix(limit + 1).map(\.value)
    guard scalars.count <= limit else { continue }
    let distance = editDistance(wanted, scalars)
    guard distance <= max(wanted.count, scalars.count) / 3, distance < nearest?.distance ?? .max else {
      continue
    }
    nearest = (candidate, distance)
  }
  return nearest?.name
}
