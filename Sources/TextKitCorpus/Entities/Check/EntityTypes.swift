/// Which types the same words have in different places.
struct EntityTypes {
  let findings: [CorpusFinding]

  /// A surface as one type.
  private struct Use {
    var count = 0
    /// The first places.
    var places: [String] = []
    /// How many documents of each part have it.
    var documentCounts: [String: Int] = [:]
    /// The document that it was seen in last.
    private var document = -1

    mutating func note(document number: Int, part: String, place: @autoclosure () -> String) {
      count += 1
      if number == document { return }
      document = number
      documentCounts[part, default: 0] += 1
      if places.count < 3 { places.append(place()) }
    }
  }

  init(names: [String], readings: [EntityReading]) {
    var uses: [[UInt8]: [String: Use]] = [:]
    var document = 0
    for (name, reading) in zip(names, readings) {
      for sample in reading.corpus.samples {
        document += 1
        for entity in sample.entities {
          uses[Array(sample.text[entity.span]), default: [:]][entity.label, default: Use()]
            .note(
              document: document, part: name,
              place: CorpusError.place(file: reading.corpus.file, line: sample.line))
        }
      }
    }
    // What is of another than its most frequent type most often comes first; equals by their bytes.
    let several = uses.filter { $0.value.count > 1 }.map { surface, types in
      let ranked = types.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      return (surface: surface, types: ranked, others: ranked.dropFirst().reduce(0) { $0 + $1.value.count })
    }
    let ranked = several.sorted {
      $0.others != $1.others ? $0.others > $1.others : $0.surface.lexicographicallyPrecedes($1.surface)
    }
    findings = ranked.map { surface, types, _ in
      let list = types.map { "\($0.key) (\($0.value.count))" }.joined(separator: " and ")
      return CorpusFinding(
        kind: .severalTypes, message: "\(CorpusError.quoted(surface)) is \(list)",
        // The rare ones are the ones to look at.
        places: types.reversed().flatMap(\.value.places),
        documentCounts: types.reduce(into: [:]) { $0.merge($1.value.documentCounts, uniquingKeysWith: +) })
    }
  }
}
