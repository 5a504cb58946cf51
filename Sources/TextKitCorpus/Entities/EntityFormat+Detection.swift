extension EntityFormat {
  /// The format that the first lines of a file speak for.
  ///
  /// Lines that begin as a JSON object are `jsonl` where one has `entities`, or `labels` or `label` as a list, and
  /// `cluener` where one has `label` as an object. Any other line of two columns or more, or with a TAB, is `conll`.
  ///
  /// - Throws: A `CorpusError` where nothing speaks for a format.
  package static func detected(of path: String) throws(CorpusError) -> EntityFormat {
    let lines = try LineReader(path: path)
    var line: [UInt8] = []
    var objects = 0
    while objects < 1000, try lines.next(into: &line) {
      let filled = line.split { $0 == 0x20 || $0 == 0x09 }
      if filled.isEmpty { continue }
      guard isObject(line) else {
        if objects == 0, filled.count >= 2 || line.contains(0x09) { return .conll }
        throw unsure(lines, found: CorpusError.quoted(line))
      }
      do throws(JSONSyntaxError) {
        if let format = try format(ofObject: line) { return format }
      } catch {
        throw lines.error(error)
      }
      objects += 1
    }
    if objects == 0 { throw CorpusError(file: path, expected: "texts with entities", found: "none") }
    throw unsure(lines, found: "objects without \"entities\" and \"label\"")
  }

  /// Whether a line begins as a JSON object: a brace, and behind it a quotation mark or a brace.
  private static func isObject(_ line: [UInt8]) -> Bool {
    var scanner = JSONScanner(line)
    guard scanner.take("{") else { return false }
    return scanner.peek() == 0x22 || scanner.peek() == 0x7D
  }

  /// What the fields of an object speak for, if anything.
  private static func format(ofObject line: [UInt8]) throws(JSONSyntaxError) -> EntityFormat? {
    var scanner = JSONScanner(line)
    var format: EntityFormat?
    try scanner.expect("{")
    if scanner.take("}") { return nil }
    repeat {
      let name = try scanner.string()
      try scanner.expect(":")
      switch (name, scanner.peek()) {
      case ("entities", _): return .jsonl
      case ("label", 0x7B): format = format ?? .cluener
      case ("label", 0x5B), ("labels", 0x5B): format = format ?? .jsonl
      default: break
      }
      try scanner.skipValue()
    } while scanner.take(",")
    return format
  }

  private static func unsure(_ lines: LineReader, found: String) -> CorpusError {
    lines.error(expected: "a format that the file tells, or one that is given (\(names))", found: found)
  }
}
