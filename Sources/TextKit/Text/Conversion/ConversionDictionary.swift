import Foundation
import TextKitCorpus

/// One of OpenCC's tables: what becomes of a character or a phrase.
///
/// A line is `key TAB candidates`, these with blanks between them; the first is taken. Lines that begin with `#` are
/// notes, of which `# @reverse-prefer: value [key]` says which key a reversed table has first for a value; without a
/// key it is that of the next line.
struct ConversionDictionary: Sendable {
  /// A key and its candidates, as ranges of `scalars`.
  struct Entry: Sendable {
    let key: Range<Int>
    /// One candidate or more, blanks between them.
    let candidates: Range<Int>
    /// The first candidate.
    let value: Range<Int>
  }

  /// Keys and candidates, end to end.
  private(set) var scalars: [UInt32] = []
  /// In the order of the file.
  private(set) var entries: [Entry] = []
  /// For a value, the key that comes first when the table is reversed.
  private var preferences: [[UInt32]: [UInt32]] = [:]

  /// Makes an empty table.
  init() {}

  /// Adds a key with one candidate.
  mutating func add(_ key: some Collection<UInt32>, _ value: some Collection<UInt32>) {
    let start = scalars.count
    scalars += key
    let middle = scalars.count
    scalars += value
    entries.append(
      Entry(key: start..<middle, candidates: middle..<scalars.count, value: middle..<scalars.count))
  }

  /// Reads a table.
  ///
  /// - Throws: `CorpusError` where the file can't be read or a line is none of a table.
  init(contentsOf url: URL) throws(CorpusError) {
    let lines = try LineReader(path: url.path)
    var line: [UInt8] = []
    var awaited: [UInt32]?
    var ends: [Int32] = []
    while try lines.next(into: &line) {
      if line.isEmpty { continue }
      if UTF8Decoder.firstInvalidOffset(in: line.span) != nil {
        throw lines.error(expected: "valid UTF-8", found: CorpusError.quoted(line))
      }
      if line[0] == UInt8(ascii: "#") {
        guard let words = try Self.preference(line, lines) else { continue }
        if words.count == 2 { preferences[words[0]] = words[1] } else { awaited = words[0] }
        continue
      }
      let start = scalars.count
      ends.removeAll(keepingCapacity: true)
      UTF8Decoder.decode(line.span, appendingTo: &scalars, ends: &ends)
      let tabs = scalars[start...].indices.filter { scalars[$0] == 0x09 }
      guard tabs.count == 1, tabs[0] > start, tabs[0] + 1 < scalars.count, scalars[tabs[0] + 1] != 0x20 else {
        throw lines.error(
          expected: "a key, a TAB and candidates with blanks between them", found: CorpusError.quoted(line))
      }
      let candidates = (tabs[0] + 1)..<scalars.count
      let end = scalars[candidates].firstIndex(of: 0x20) ?? scalars.count
      entries.append(Entry(key: start..<tabs[0], candidates: candidates, value: candidates.lowerBound..<end))
      if let value = awaited { preferences[value] = Array(scalars[start..<tabs[0]]) }
      awaited = nil
    }
  }

  /// The words of a note on what comes first; nil for other notes.
  private static func preference(_ line: [UInt8], _ lines: LineReader) throws(CorpusError) -> [[UInt32]]? {
    let note = "# @reverse-prefer: "
    guard line.starts(with: note.utf8) else { return nil }
    let words = String(decoding: line.dropFirst(note.utf8.count), as: UTF8.self).split(separator: " ")
    guard (1...2).contains(words.count) else {
      throw lines.error(expected: "a value and perhaps a key", found: "\(words.count) words")
    }
    return words.map { $0.unicodeScalars.map(\.value) }
  }

  /// The table from candidates to keys, with one for each: the preferred one, else the first of the file.
  var reversed: ConversionDictionary {
    var result = ConversionDictionary()
    var found: Set<[UInt32]> = []
    var keys: [[UInt32]: [[UInt32]]] = [:]
    for entry in entries {
      for value in scalars[entry.candidates].split(separator: 0x20) {
        keys[Array(value), default: []].append(Array(scalars[entry.key]))
      }
    }
    for entry in entries {
      for value in scalars[entry.candidates].split(separator: 0x20).map(Array.init) {
        guard found.insert(value).inserted, let first = keys[value]?.first else { continue }
        let preferred = preferences[value].flatMap { keys[value]?.contains($0) == true ? $0 : nil }
        result.add(value, preferred ?? first)
      }
    }
    return result
  }
}
