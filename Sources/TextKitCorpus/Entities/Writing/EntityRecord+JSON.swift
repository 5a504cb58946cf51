extension EntityRecord {
  /// Writes `{"text": …, "entities": [{"text": …, "type": …, "start": …, "end": …, "utf8": [a, b]}, …]}`, entity by entity:
  /// where long ones overlap, all of them together may be many times the text.
  ///
  /// - Throws: A `CorpusError` for bytes that are not UTF-8 and for an entity that begins or ends within a character, before
  ///   anything is written; also if writing fails.
  func writeJSONObject(to lines: LineWriter) throws(CorpusError) {
    let places = try places()
    try lines.write(piece: "{\"text\": \(sample.text.string.jsonQuoted), \"entities\": [".utf8)
    for (number, (entity, place)) in places.enumerated() {
      let fields = [
        "\"text\": \(sample.text.string(in: entity.span).jsonQuoted)", "\"type\": \(entity.label.jsonQuoted)",
        "\"start\": \(place.lowerBound)", "\"end\": \(place.upperBound)",
        "\"utf8\": [\(entity.span.start), \(entity.span.end)]",
      ]
      try lines.write(piece: "\(number > 0 ? ", " : ""){\(fields.joined(separator: ", "))}".utf8)
    }
    try lines.write(piece: "]}".utf8)
    try lines.endLine()
  }

  /// A type of CLUENER's object with its surfaces as they come in the text.
  private struct CluenerType {
    // Strings that are equal may be written differently, so bytes are compared. Slices share the bytes of their text.
    let type: [UInt8]
    var surfaces: [(surface: ArraySlice<UInt8>, places: [Range<Int>])] = []
    /// The number of each surface.
    private var numbers: [ArraySlice<UInt8>: Int] = [:]

    init(_ type: [UInt8]) { self.type = type }

    mutating func add(_ surface: ArraySlice<UInt8>, at place: Range<Int>) {
      let number = numbers[surface] ?? surfaces.count
      if number == surfaces.count {
        numbers[surface] = number
        surfaces.append((surface, []))
      }
      surfaces[number].places.append(place)
    }
  }

  /// Writes `{"text": …, "label": {type: {surface: [[start, last], …]}}}`, surface by surface: types in ascending order,
  /// surfaces as they come in the text.
  ///
  /// - Throws: A `CorpusError` as `writeJSONObject`.
  func writeCluenerObject(to lines: LineWriter) throws(CorpusError) {
    var types: [CluenerType] = []
    var numbers: [[UInt8]: Int] = [:]
    for (entity, place) in try places().sorted(by: { $0.0.span < $1.0.span }) {
      let type = Array(entity.label.utf8)
      let number = numbers[type] ?? types.count
      if number == types.count {
        numbers[type] = number
        types.append(CluenerType(type))
      }
      types[number].add(sample.text[entity.span], at: place)
    }
    types.sort { $0.type.lexicographicallyPrecedes($1.type) }
    try lines.write(piece: "{\"text\": \(sample.text.string.jsonQuoted), \"label\": {".utf8)
    for (number, type) in types.enumerated() {
      try lines.write(piece: "\(number > 0 ? ", " : "")\(quoted(type.type[...])): {".utf8)
      for (number, (surface, places)) in type.surfaces.enumerated() {
        let list = places.map { "[\($0.lowerBound), \($0.upperBound - 1)]" }.joined(separator: ", ")
        try lines.write(piece: "\(number > 0 ? ", " : "")\(quoted(surface)): [\(list)]".utf8)
      }
      try lines.write(piece: "}".utf8)
    }
    try lines.write(piece: "}}".utf8)
    try lines.endLine()
  }

  private func quoted(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self).jsonQuoted }

  /// The entities with their Unicode scalars.
  private func places() throws(CorpusError) -> [(LabeledSpan, Range<Int>)] {
    try checkTypes()
    guard sample.text.isValidUTF8 else { throw error(expected: "valid UTF-8", found: "other bytes") }
    if sample.entities.isEmpty { return [] }
    let text = sample.text.decoded()
    var places: [(LabeledSpan, Range<Int>)] = []
    for entity in sample.entities {
      let range = text.scalarRange(of: entity.span)
      guard text.byteSpan(of: range) == entity.span else {
        throw error(expected: "an entity that begins and ends where characters do", found: sample.name(entity))
      }
      places.append((entity, range))
    }
    return places
  }
}
