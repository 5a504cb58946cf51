extension EntityRecord {
  /// `{"text": …, "entities": [{"text": …, "type": …, "start": …, "end": …, "utf8": [a, b]}, …]}`.
  ///
  /// - Throws: A `CorpusError` for bytes that are not UTF-8 and for an entity that begins or ends within a character.
  func jsonObject() throws(CorpusError) -> String {
    var entities: [String] = []
    for (entity, place) in try places() {
      let fields = [
        "\"text\": \(sample.text.string(in: entity.span).jsonQuoted)", "\"type\": \(entity.label.jsonQuoted)",
        "\"start\": \(place.lowerBound)", "\"end\": \(place.upperBound)",
        "\"utf8\": [\(entity.span.start), \(entity.span.end)]",
      ]
      entities.append("{\(fields.joined(separator: ", "))}")
    }
    return "{\"text\": \(sample.text.string.jsonQuoted), \"entities\": [\(entities.joined(separator: ", "))]}"
  }

  /// `{"text": …, "label": {type: {surface: [[start, last], …]}}}`: types in ascending order, surfaces as they come in
  /// the text.
  ///
  /// - Throws: A `CorpusError` as `jsonObject`.
  func cluenerObject() throws(CorpusError) -> String {
    // Strings that are equal may be written differently, so their bytes are compared.
    var types: [(type: [UInt8], surfaces: [(surface: [UInt8], places: [String])])] = []
    for (entity, place) in try places().sorted(by: { $0.0.span < $1.0.span }) {
      let (type, surface) = (Array(entity.label.utf8), Array(sample.text[entity.span]))
      let number = types.firstIndex { $0.type == type } ?? types.count
      if number == types.count { types.append((type, [])) }
      let index = types[number].surfaces.firstIndex { $0.surface == surface } ?? types[number].surfaces.count
      if index == types[number].surfaces.count { types[number].surfaces.append((surface, [])) }
      types[number].surfaces[index].places.append("[\(place.lowerBound), \(place.upperBound - 1)]")
    }
    types.sort { $0.type.lexicographicallyPrecedes($1.type) }
    let label = types.map { type, surfaces in
      let fields = surfaces.map { surface, places in "\(quoted(surface)): [\(places.joined(separator: ", "))]" }
      return "\(quoted(type)): {\(fields.joined(separator: ", "))}"
    }
    return "{\"text\": \(sample.text.string.jsonQuoted), \"label\": {\(label.joined(separator: ", "))}}"
  }

  private func quoted(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).jsonQuoted }

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
