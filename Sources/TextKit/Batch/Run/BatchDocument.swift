import TextKitCorpus

/// A document taken apart: its text, and what of the input its record repeats.
struct BatchDocument: Sendable {
  /// The bytes that hold the text.
  var bytes: [UInt8]
  /// The text, as a range of `bytes`.
  var text: Range<Int>
  /// The members of the JSON object before those of the results; nil: the text is to be written as `text`, behind
  /// `file` for a whole file.
  var members: ArraySlice<UInt8>?
  /// The name of the file, where the text is a whole one.
  var fileName: String?
}

/// Takes records apart.
struct BatchParser: Sendable {
  let options: BatchOptions
  /// The keys of the results.
  let keys: [String]

  func document(_ record: BatchRecord) throws(CorpusError) -> BatchDocument {
    switch record.layout {
    case .text: return BatchDocument(bytes: record.bytes, text: record.bytes.indices)
    case .file: return BatchDocument(bytes: record.bytes, text: record.bytes.indices, fileName: record.origin.name)
    case .fault(let error): throw error
    case .object:
      do throws(JSONSyntaxError) { return try object(record.bytes) } catch {
        let place = error.offset == Self.nowhere ? "" : " at byte \(error.offset + 1)"
        throw fault(record, expected: error.expected + place, found: error.found)
      }
    case .fields(let ends): return try row(record, ends)
    }
  }

  private static let nowhere = -1

  private func object(_ bytes: [UInt8]) throws(JSONSyntaxError) -> BatchDocument {
    var scanner = JSONScanner(bytes)
    var text: (range: Range<Int>, unescaped: String?)?
    try scanner.expect("{")
    let start = scanner.offset
    if !scanner.take("}") {
      repeat {
        let name = try scanner.string()
        try scanner.expect(":")
        if name == options.field, text == nil {
          text = try scanner.textOrRange()
        } else if name == options.field || keys.contains(name) {
          throw JSONSyntaxError(
            offset: scanner.offset,
            expected: name == options.field
              ? "each field once" : "a field of another name than a result (see --prefix)",
            found: CorpusError.quoted(name))
        } else {
          try scanner.skipValue()
        }
      } while scanner.take(",")
      try scanner.expect("}")
    }
    let end = scanner.offset - 1
    try scanner.expectEnd()
    guard let text else {
      throw JSONSyntaxError(
        offset: Self.nowhere, expected: "a field \(CorpusError.quoted(options.field))", found: "none")
    }
    let members = Self.trimmed(bytes[start..<end])
    if let unescaped = text.unescaped {
      let content = Array(unescaped.utf8)
      return BatchDocument(bytes: content, text: content.indices, members: members)
    }
    return BatchDocument(bytes: bytes, text: text.range, members: members)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let head = bytes.drop(while: isBlank)
    return head[..<(head.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? head.startIndex)]
  }

  private func row(_ record: BatchRecord, _ ends: [Int]) throws(CorpusError) -> BatchDocument {
    let (bytes, origin) = (record.bytes, record.origin)
    let expected = origin.columns.isEmpty ? max(ends.count, origin.textColumn + 1) : origin.columns.count
    guard ends.count == expected else {
      throw fault(
        record,
        expected: origin.columns.isEmpty ? "at least \(expected) fields" : "\(expected) fields as in the header",
        found: "\(ends.count)")
    }
    if let clash = origin.columns.first(where: keys.contains) {
      throw fault(
        record, expected: "a column of another name than a result (see --prefix)", found: CorpusError.quoted(clash))
    }
    func range(_ field: Int) -> Range<Int> { (field == 0 ? 0 : ends[field - 1])..<ends[field] }
    var members: [UInt8] = []
    for field in ends.indices {
      if field > 0 { members.append(contentsOf: ", ".utf8) }
      // Columns without names have their numbers.
      let name = origin.columns.isEmpty ? "\(field + 1)" : origin.columns[field]
      JSONText.append(ArraySlice(Array(name.utf8)), to: &members)
      members.append(contentsOf: ": ".utf8)
      JSONText.append(bytes[range(field)], to: &members)
    }
    return BatchDocument(bytes: bytes, text: range(origin.textColumn), members: members[...])
  }

  private func fault(_ record: BatchRecord, expected: String, found: String) -> CorpusError {
    CorpusError(file: record.origin.name, line: record.line, expected: expected, found: found)
  }
}
