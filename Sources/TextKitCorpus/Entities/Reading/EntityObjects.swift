/// The texts of a file with a JSON object a line.
struct EntityObjects {
  private let lines: LineReader
  private let format: EntityFormat
  private let faults: EntityFaults

  /// Reads what is left of some lines.
  init(_ lines: LineReader, format: EntityFormat, faults: EntityFaults) {
    self.lines = lines
    self.format = format
    self.faults = faults
  }

  /// All texts with their entities.
  func samples() throws(CorpusError) -> [EntitySample] {
    var samples: [EntitySample] = []
    var line: [UInt8] = []
    while try lines.next(into: &line) {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      var scanner = JSONScanner(line)
      let object: EntityObject
      do throws(JSONSyntaxError) {
        object = try format == .cluener ? scanner.cluenerObject() : scanner.entityObject()
      } catch {
        try faults.fail(.malformed, lines.error(error))
        continue
      }
      guard let text = object.text, let entities = object.entities else {
        let name = object.text == nil ? "text" : format == .cluener ? "label" : "entities"
        try faults.fail(.malformed, lines.error(expected: "a field \"\(name)\"", found: "none"))
        continue
      }
      samples.append(try sample(text, entities))
    }
    return samples
  }

  private func sample(_ text: String, _ entities: [EntityObject.Entity]) throws(CorpusError) -> EntitySample {
    let source = SourceText(text)
    var sample = EntitySample(text: source, line: lines.lineNumber)
    if entities.isEmpty { return sample }
    let offsets = source.decoded().offsets
    for entity in entities {
      if let place = try place(of: entity, in: source, offsets) {
        sample.entities.append(LabeledSpan(span: place, label: entity.type))
      }
    }
    // An object has no order that counts.
    if format == .cluener { sample.entities.sort { ($0.span, $0.label) < ($1.span, $1.label) } }
    return sample
  }

  /// The bytes of an entity; nil where something is wrong with it and faults are collected.
  ///
  /// - Parameter offsets: The byte at which each scalar of the text begins, and the number of bytes.
  private func place(
    of entity: EntityObject.Entity, in text: SourceText, _ offsets: [Int32]
  ) throws(CorpusError) -> TextSpan? {
    let name = entity.surface.map(CorpusError.quoted) ?? entity.type
    let count = entity.isUTF8 ? text.count : offsets.count - 1
    let unit = entity.isUTF8 ? "bytes" : "characters"
    let (start, end) = (entity.range.start, entity.range.end)
    guard start < end else {
      let error = lines.error(expected: "an entity that is not empty", found: "\(name) from \(start) to \(end)")
      try faults.fail(.emptyEntity, error)
      return nil
    }
    guard end <= count else {
      let error = lines.error(
        expected: "an entity within the \(count) \(unit) of its text", found: "\(name) from \(start) to \(end)")
      try faults.fail(.misplacedEntity, error)
      return nil
    }
    let place =
      entity.isUTF8
      ? TextSpan(start: start, end: end) : TextSpan(start: Int(offsets[start]), end: Int(offsets[end]))
    if entity.isUTF8, let cut = [start, end].first(where: { !offsets.containsAscending(Int32($0)) }) {
      let error = lines.error(
        expected: "an entity that begins and ends where characters do", found: "byte \(cut) within one")
      try faults.fail(.misplacedEntity, error)
      return nil
    }
    if let utf8 = entity.utf8, !entity.isUTF8, utf8 != (place.start, place.end) {
      let error = lines.error(
        expected: "bytes \(place.start) to \(place.end) for \(name)", found: "\(utf8.start) to \(utf8.end)")
      try faults.fail(.misplacedEntity, error)
      return nil
    }
    if let surface = entity.surface, !text[place].elementsEqual(surface.utf8) {
      let error = lines.error(expected: "\(name) at \(start) to \(end)", found: CorpusError.quoted(text[place]))
      try faults.fail(.misplacedEntity, error)
      return nil
    }
    return place
  }
}

extension [Int32] {
  /// Whether an ascending array has a number.
  fileprivate func containsAscending(_ number: Int32) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}
