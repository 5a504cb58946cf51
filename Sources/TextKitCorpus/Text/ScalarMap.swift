/// A mapping of Unicode scalars to scalars as a two-level table: one load for the page, one for the scalar.
struct ScalarMap: Sendable {
  /// The start of each page of 256 scalars in `entries`, `[0x1100]`; every page without a change shares page 0.
  private var pageStarts: [UInt16]
  /// Pages of differences to add to the scalar, modulo 2^32; the first is all zero.
  private var differences: [UInt32]

  /// Creates the mapping that sends each key to its value and every other scalar to itself.
  init(_ pairs: [(from: UInt32, to: UInt32)]) {
    pageStarts = Array(repeating: 0, count: 0x1100)
    differences = Array(repeating: 0, count: 0x100)
    for (from, to) in pairs {
      let page = Int(from >> 8)
      if pageStarts[page] == 0 {
        pageStarts[page] = UInt16(differences.count >> 8)
        differences.append(contentsOf: repeatElement(0, count: 0x100))
      }
      differences[Int(pageStarts[page]) << 8 | Int(from & 0xFF)] = to &- from
    }
  }

  /// What a scalar becomes; a value beyond Unicode stays itself.
  subscript(scalar: UInt32) -> UInt32 {
    guard scalar < 0x110000 else { return scalar }
    let page = Int(pageStarts[Int(truncatingIfNeeded: scalar >> 8)])
    return scalar &+ differences[page << 8 | Int(truncatingIfNeeded: scalar & 0xFF)]
  }

  /// Maps all scalars from `start` on in place.
  func apply(to scalars: inout [UInt32], from start: Int) {
    var output = scalars.mutableSpan
    let starts = pageStarts.span
    let differences = differences.span
    for index in start..<output.count {
      let scalar = output[index]
      guard scalar < 0x110000 else { continue }
      let page = Int(starts[Int(truncatingIfNeeded: scalar >> 8)])
      if page == 0 { continue }
      output[index] = scalar &+ differences[page << 8 | Int(truncatingIfNeeded: scalar & 0xFF)]
    }
  }
}

extension ScalarMap {
  /// The mapping of a normalizer, nil if it changes nothing.
  static func shared(for normalizer: Normalizer) -> ScalarMap? {
    let index =
      (normalizer.foldWidth ? 1 : 0) | (normalizer.foldCase ? 2 : 0) | (normalizer.foldDigits ? 4 : 0)
    return index == 0 ? nil : all[index]
  }

  /// The mappings of the eight combinations of foldings: bit 0 width, bit 1 case, bit 2 digits.
  private static let all: [ScalarMap] = {
    let steps = [ScalarFolding.width, ScalarFolding.lowercase, ScalarFolding.digits]
    let tables = steps.map { Dictionary($0.map { ($0.from, $0.to) }) { first, _ in first } }
    return (0..<8).map { combination in
      let chosen = tables.indices.filter { combination >> $0 & 1 == 1 }.map { tables[$0] }
      var pairs: [(from: UInt32, to: UInt32)] = []
      for key in chosen.flatMap(\.keys) {
        pairs.append((key, chosen.reduce(key) { scalar, table in table[scalar] ?? scalar }))
      }
      return ScalarMap(pairs)
    }
  }()
}
