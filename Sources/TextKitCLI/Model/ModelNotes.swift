import TextKitCommandLine

/// What `--note key=value` adds to the metadata of a model file.
enum ModelNotes {
  static func parse(_ notes: [String]) throws -> [String: String] {
    var entries: [String: String] = [:]
    for note in notes {
      guard let separator = note.firstIndex(of: "=") else {
        throw CommandFailure(.usage, "expected --note key=value, found \"\(note)\"")
      }
      entries["note.\(note[..<separator])"] = String(note[note.index(after: separator)...])
    }
    return entries
  }
}
