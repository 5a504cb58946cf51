/// Which types the same words, of at most 4 KB, have in different places.
struct EntityTypes {
  let findings: [CorpusFinding]

  /// What a surface is, and where.
  private struct Surface {
    /// For each type how often, and the first places.
    var types: [String: (count: Int, places: [String])] = [:]
    /// How many documents of each part have it.
    var documentCounts: [String: Int] = [:]
    /// The document that it was seen in last.
    private var document = -1

    mutating func note(_ type: String, document number: Int, part: String, place: String) {
      var use = types[type] ?? (0, [])
      use.count += 1
      if use.places.count < 3, use.places.last != place { use.places.append(place) }
      types[type] = use
      if number != document { documentCounts[part, default: 0] += 1 }
      document = number
    }
  }

  /// Longer stretches are no words: texts would be hashed over and over where many of them overlap.
  static let longestSurface = 1 << 12

  init(names: [String], readings: [EntityReading]) {
    // Slices share the bytes of their text.
    var surfaces: [ArraySlice<UInt8>: Surface] = [:]
    var document = 0
    for (name, reading) in zip(names, readings) {
      for sample in reading.corpus.samples {
        document += 1
        let place = CorpusError.place(file: reading.corpus.file, line: sample.line)
        for entity in sample.entities where entity.span.count <= Self.longestSurface {
          surfaces[sample.text[entity.span], default: Surface()]
            .note(entity.label, document: document, part: name, place: place)
        }
      }
    }
    // What is of another than its most frequent type most often comes first; equals by their bytes.
    let several = surfaces.filter { $0.value.types.count > 1 }.map { bytes, surface in
      let types = surface.types.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      return (
        bytes: bytes, surface: surface, types: types, others: types.dropFirst().reduce(0) { $0 + $1.value.count }
      )
    }
    let ranked = several.sorted {
      $0.others != $1.others ? $0.others > $1.others : $0.bytes.lexicographicallyPrecedes($1.bytes)
    }
    findings = ranked.map { bytes, surface, types, _ in
      let list = types.map { "\($0.key) (\($0.value.count))" }.joined(separator: " and ")
      return CorpusFinding(
        kind: .severalTypes, message: "\(CorpusError.quoted(bytes)) is \(list)",
        // The rare ones are the ones to look at.
        places: types.reversed().flatMap(\.value.places), documentCounts: surface.documentCounts)
    }
  }
}
