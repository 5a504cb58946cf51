/// A path with wildcards, as shells know them: `*` and `?` within a name, `[a-z]` and `[!a-z]` for one character, `**`
/// for any folders.
package struct PathPattern: Sendable {
  /// The folder that holds all matches, with a slash at its end; empty for the working directory.
  package let root: String
  private let names: [[Character]]

  /// nil for a path without wildcards.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.firstIndex(where: { $0.contains { "*?[".contains($0) } }) else { return nil }
    root = parts[..<first].map { $0 + "/" }.joined()
    names = parts[first...].map(Array.init)
  }

  /// Whether a path below `root` has this form.
  package func matches(_ path: String) -> Bool {
    guard path.hasPrefix(root) else { return false }
    let parts = path.dropFirst(root.count).split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
    // For every number of names whether the parts so far have the form of so many: time is parts · names, however many
    // `**` there are.
    var states = [Bool](repeating: false, count: names.count + 1)
    states[0] = true
    passFolders(&states)
    for part in parts {
      var next = [Bool](repeating: false, count: names.count + 1)
      for (place, name) in names.enumerated() where states[place] {
        if name == ["*", "*"] {
          if part.first != "." { next[place] = true }
        } else if part.first != "." || name.first == ".", Self.matches(part[...], name[...]) {
          next[place + 1] = true
        }
      }
      passFolders(&next)
      states = next
    }
    return states[names.count]
  }

  /// `**` may stand for no folder.
  private func passFolders(_ states: inout [Bool]) {
    for (place, name) in names.enumerated() where states[place] && name == ["*", "*"] { states[place + 1] = true }
  }

  /// Whether one name has a form; greedy, with the last `*` to go back to.
  private static func matches(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
    var (text, pattern) = (text, pattern)
    var retry: (text: ArraySlice<Character>, pattern: ArraySlice<Character>)?
    while true {
      if pattern.first == "*" {
        pattern.removeFirst()
        retry = (text, pattern)
      } else if let character = text.first, let rest = taking(character, pattern) {
        text.removeFirst()
        pattern = rest
      } else if text.isEmpty, pattern.isEmpty {
        return true
      } else {
        guard let last = retry, !last.text.isEmpty else { return false }
        retry = (last.text.dropFirst(), last.pattern)
        (text, pattern) = (last.text.dropFirst(), last.pattern)
      }
    }
  }

  /// What is left of a pattern whose first element takes a character; nil where it doesn't.
  private static func taking(_ character: Character, _ pattern: ArraySlice<Character>) -> ArraySlice<Character>? {
    guard let first = pattern.first else { return nil }
    guard first == "[", let end = pattern.dropFirst(2).firstIndex(of: "]") else {
      return first == "?" || first == character ? pattern.dropFirst() : nil
    }
    var set = pattern[(pattern.startIndex + 1)..<end]
    let isNegated = set.first == "!" || set.first == "^"
    if isNegated { set.removeFirst() }
    var isIn = false
    while let low = set.first {
      if set.count >= 3, set[set.startIndex + 1] == "-" {
        isIn = isIn || (low <= character && character <= set[set.startIndex + 2])
        set.removeFirst(3)
      } else {
        isIn = isIn || low == character
        set.removeFirst()
      }
    }
    return isIn != isNegated ? pattern[(end + 1)...] : nil
  }
}
