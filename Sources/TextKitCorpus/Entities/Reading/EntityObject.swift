/// A text with entities as its JSON object gives it, nothing checked yet.
struct EntityObject {
  /// An entity: what it is, and where it is said to stand.
  struct Entity {
    var surface: String?
    var type = ""
    /// Scalars, or bytes where only those are given; the end is exclusive.
    var range = (start: 0, end: 0)
    /// Whether `range` is of bytes.
    var isUTF8 = false
    /// Bytes, where both are given.
    var utf8: (start: Int, end: Int)?
  }

  var text: String?
  var entities: [Entity]?
}

extension JSONScanner {
  /// An object with `text` and `entities`, or with `labels` or `label` as doccano writes them, and the end of the line.
  mutating func entityObject() throws(JSONSyntaxError) -> EntityObject {
    var object = EntityObject()
    var labels: [EntityObject.Entity]?
    try fields { scanner, name throws(JSONSyntaxError) in
      switch name {
      case "text":
        if object.text != nil { throw scanner.repeated(name) }
        object.text = try scanner.string()
      case "entities":
        if object.entities != nil { throw scanner.repeated(name) }
        object.entities = try scanner.entities()
      case "labels" where scanner.startsEntities, "label" where scanner.startsEntities:
        labels = try scanner.entities()
      default: try scanner.skipValue()
      }
    }
    try expectEnd()
    object.entities = object.entities ?? labels
    return object
  }

  /// An object with `text` and CLUENER's `label`, and the end of the line.
  mutating func cluenerObject() throws(JSONSyntaxError) -> EntityObject {
    var object = EntityObject()
    try fields { scanner, name throws(JSONSyntaxError) in
      switch name {
      case "text":
        if object.text != nil { throw scanner.repeated(name) }
        object.text = try scanner.string()
      case "label":
        if object.entities != nil { throw scanner.repeated(name) }
        var entities: [EntityObject.Entity] = []
        try scanner.fields { scanner, type throws(JSONSyntaxError) in
          if type.isEmpty { throw scanner.empty("a type") }
          try scanner.fields { scanner, surface throws(JSONSyntaxError) in
            for (start, last) in try scanner.list({ scanner throws(JSONSyntaxError) in try scanner.pair() }) {
              // The last number there is has no next one.
              let range = (start, last == .max ? last : last + 1)
              entities.append(EntityObject.Entity(surface: surface, type: type, range: range))
            }
          }
        }
        object.entities = entities
      default: try scanner.skipValue()
      }
    }
    try expectEnd()
    return object
  }

  /// Whether a list of entities comes next, rather than one of labels of the whole text.
  private var startsEntities: Bool {
    var ahead = self
    guard ahead.take("[") else { return false }
    return [0x5B, 0x7B, 0x5D].contains(ahead.peek())
  }

  private mutating func entities() throws(JSONSyntaxError) -> [EntityObject.Entity] {
    try list { scanner throws(JSONSyntaxError) in
      scanner.peek() == 0x5B ? try scanner.entityTriple() : try scanner.entity()
    }
  }

  /// `[start, end, type]`.
  private mutating func entityTriple() throws(JSONSyntaxError) -> EntityObject.Entity {
    var entity = EntityObject.Entity()
    try expect("[")
    entity.range.start = try nonNegativeInteger()
    try expect(",")
    entity.range.end = try nonNegativeInteger()
    try expect(",")
    entity.type = try type()
    try expect("]")
    return entity
  }

  /// `{"text": …, "type": …, "start": …, "end": …}`.
  private mutating func entity() throws(JSONSyntaxError) -> EntityObject.Entity {
    var entity = EntityObject.Entity()
    var (start, end): (Int?, Int?)
    try fields { scanner, name throws(JSONSyntaxError) in
      switch name {
      case "text": entity.surface = try scanner.string()
      case "type", "label": entity.type = try scanner.type()
      case "start", "start_offset": start = try scanner.nonNegativeInteger()
      case "end", "end_offset": end = try scanner.nonNegativeInteger()
      case "utf8": entity.utf8 = try scanner.pair()
      default: try scanner.skipValue()
      }
    }
    switch (start, end, entity.utf8) {
    case (let start?, let end?, _): entity.range = (start, end)
    case (nil, nil, let utf8?):
      entity.range = utf8
      entity.isUTF8 = true
    default: throw lacking(start == nil ? "start" : "end")
    }
    if entity.type.isEmpty { throw lacking("type") }
    return entity
  }

  private mutating func type() throws(JSONSyntaxError) -> String {
    let type = try string()
    if type.isEmpty { throw empty("a type") }
    return type
  }

  /// `[a, b]`.
  private mutating func pair() throws(JSONSyntaxError) -> (start: Int, end: Int) {
    try expect("[")
    let first = try nonNegativeInteger()
    try expect(",")
    let second = try nonNegativeInteger()
    try expect("]")
    return (first, second)
  }

  private func repeated(_ name: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: offset, expected: "each field once", found: "\(CorpusError.quoted(name)) again")
  }

  private func lacking(_ name: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: offset, expected: "an entity with a field \"\(name)\"", found: "none")
  }

  private func empty(_ what: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: offset, expected: what, found: "an empty one")
  }
}

extension JSONScanner {
  /// Passes through an object; `value` takes the value of each field.
  fileprivate mutating func fields(
    _ value: (inout JSONScanner, String) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    try expect("{")
    if take("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try value(&self, name)
    } while take(",")
    try expect("}")
  }

  /// Passes through an array; `element` takes each element.
  fileprivate mutating func list<Element>(
    _ element: (inout JSONScanner) throws(JSONSyntaxError) -> Element
  ) throws(JSONSyntaxError) -> [Element] {
    try expect("[")
    if take("]") { return [] }
    var elements: [Element] = []
    repeat { elements.append(try element(&self)) } while take(",")
    try expect("]")
    return elements
  }
}
