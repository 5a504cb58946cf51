extension EntitySample {
  /// What is wrong with where entities begin and end: kinds with messages.
  var edgeFindings: [(CorpusFinding.Kind, String)] {
    if entities.isEmpty { return [] }
    var findings: [(CorpusFinding.Kind, String)] = []
    let string = text.string
    let isValid = text.isValidUTF8
    // The entity so far that reaches farthest.
    var last: LabeledSpan?
    for entity in entities.sorted(by: { $0.span < $1.span }) {
      if let last, entity.span.start < last.span.end {
        findings.append((.overlappingEntities, "\(name(last)) and \(name(entity))"))
      }
      if entity.span.end > last?.span.end ?? -1 { last = entity }
      let surface = text.string(in: entity.span).unicodeScalars
      if let first = surface.first, let last = surface.last, first.isBlank || last.isBlank {
        findings.append((.blankEdge, name(entity)))
      }
      // Offsets into ill-formed bytes are not those of the string.
      if isValid, !string.hasCharacterEdge(entity.span.start) || !string.hasCharacterEdge(entity.span.end) {
        findings.append((.cutCharacter, name(entity)))
      }
    }
    return findings
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool { ScalarClass.isWhiteSpace(value) }
}

extension String {
  /// Whether a grapheme cluster begins or ends at a byte.
  fileprivate func hasCharacterEdge(_ offset: Int) -> Bool {
    utf8.index(utf8.startIndex, offsetBy: offset).samePosition(in: self) != nil
  }
}
