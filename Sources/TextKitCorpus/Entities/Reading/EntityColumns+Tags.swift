extension EntityColumns {
  /// The scheme that the tags of the whole file speak for, see `EntityReading.scheme`.
  var detectedScheme: TagScheme {
    let letters = Set(labels.filter { $0.utf8.dropFirst().first == 0x2D }.compactMap(\.utf8.first))
    if letters.contains(0x4D) { return .bmes }
    if letters.contains(0x45) || letters.contains(0x53) { return .bioes }
    return breachCount(of: .iob1) < breachCount(of: .bio) ? .iob1 : .bio
  }

  /// The tags by the numbers of a set, and the set: the labels of a scheme.
  ///
  /// - Throws: A `CorpusError` with the line of a tag that the scheme doesn't have, or that has no type. Where faults are
  ///   collected, such a tag is read as `O`.
  func read(scheme: TagScheme, faults: EntityFaults) throws(CorpusError) -> (TagSet, [Int32]) {
    let (tagSet, numbers) = tagSet(scheme)
    for (token, tag) in tags.enumerated() where numbers[Int(tag)] == nil {
      let examples = TagSet(scheme: scheme, types: ["PER"]).labels.joined(separator: ", ")
      let error = CorpusError(
        file: file, line: tokenLines[token], expected: "a tag of the scheme \(scheme.rawValue), such as \(examples)",
        found: CorpusError.quoted(labels[Int(tag)]))
      try faults.fail(.malformed, error)
    }
    let outside = tagSet.id(of: "O") ?? 0
    let mapped = tags.map { numbers[Int($0)] ?? outside }
    if faults.collects { noteBreaches(of: tagSet, mapped, faults) }
    return (tagSet, mapped)
  }

  /// The set of the labels that a scheme has, `O` always among them, and the number there of each label of the file.
  private func tagSet(_ scheme: TagScheme) -> (TagSet, [Int32?]) {
    let parsed = labels.map { label in
      TagSet.parse(label, scheme: scheme).flatMap { $0.position == .outside || !$0.type.isEmpty ? $0 : nil }
    }
    var types: [String] = []
    var known: Set<String> = []
    for case (_, let type)? in parsed where !type.isEmpty && known.insert(type).inserted { types.append(type) }
    // A set without types is one of words, which has no O.
    let tagSet = TagSet(scheme: scheme, types: types.isEmpty ? ["PER"] : types)
    return (tagSet, parsed.map { parsed in parsed.flatMap { tagSet.id(of: $0.position, type: $0.type) } })
  }

  /// How many tags may not stand where they stand by the rules of a scheme.
  private func breachCount(of scheme: TagScheme) -> Int {
    let (tagSet, numbers) = tagSet(scheme)
    let outside = tagSet.id(of: "O") ?? 0
    var count = 0
    forEachBreach(of: tagSet, tags.map { numbers[Int($0)] ?? outside }) { _ in count += 1 }
    return count
  }

  /// A tag that the rules of a scheme don't allow where it stands.
  private struct Breach {
    let token: Int
    /// What would be allowed.
    let expected: String
  }

  private func forEachBreach(of tagSet: TagSet, _ tags: [Int32], _ body: (Breach) -> Void) {
    // Pair by pair: a file may have more types than a matrix of all pairs has room for.
    for sentence in sentences {
      if !tagSet.isLegalStart(Int(tags[sentence.lowerBound])) {
        body(Breach(token: sentence.lowerBound, expected: "a tag that may begin a sentence"))
      }
      for token in sentence.dropFirst() where !tagSet.isLegal(from: Int(tags[token - 1]), to: Int(tags[token])) {
        body(Breach(token: token, expected: "a tag that may follow \(labels[Int(self.tags[token - 1])])"))
      }
      let last = sentence.upperBound - 1
      if !tagSet.isLegalEnd(Int(tags[last])) { body(Breach(token: last, expected: "a tag that may end a sentence")) }
    }
  }

  private func noteBreaches(of tagSet: TagSet, _ tags: [Int32], _ faults: EntityFaults) {
    forEachBreach(of: tagSet, tags) { breach in
      let error = CorpusError(
        file: file, line: tokenLines[breach.token], expected: "\(breach.expected) in \(tagSet.scheme.rawValue)",
        found: labels[Int(self.tags[breach.token])])
      faults.note(.illegalTags, error)
    }
  }
}
