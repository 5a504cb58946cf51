/// What a check has to know of a text.
struct CheckedText {
  /// The text with case, width and white space folded, white space at the ends dropped.
  let folded: String
  let scalarCount: Int
  private var hasLetter = false
  private var hasReplacement = false
  /// The first control character, 0 where there is none.
  private var control: UInt32 = 0

  init(_ text: String) {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { scalars.append(scalar.value) }
    scalarCount = scalars.count
    for scalar in scalars {
      if !hasLetter { hasLetter = Self.isLetter(scalar) }
      if scalar == UTF8Decoder.replacement { hasReplacement = true }
      if control == 0, Self.isControl(scalar) { control = scalar }
    }
    Normalizer.standard.normalize(&scalars)
    folded = Self.collapsed(scalars)
  }

  var isEmpty: Bool { folded.isEmpty }

  func findings(_ document: LabeledDocument, part: String) -> [CorpusFinding] {
    func finding(_ kind: CorpusFinding.Kind, _ message: String) -> CorpusFinding {
      CorpusFinding(kind: kind, message: message, places: [document.place], documentCounts: [part: 1])
    }
    let text = CorpusError.quoted(document.text)
    if isEmpty { return [finding(.emptyText, text)] }
    var findings: [CorpusFinding] = []
    if !hasLetter { findings.append(finding(.noLetters, text)) }
    if hasReplacement { findings.append(finding(.replacementCharacter, text)) }
    if control != 0 {
      let code = String(control, radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
      findings.append(finding(.controlCharacter, "U+\(padded) in \(text)"))
    }
    return findings
  }

  /// Runs of white space as one blank, none at the ends.
  private static func collapsed(_ scalars: [UInt32]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count)
    var isBlankDue = false
    for scalar in scalars {
      if ScalarClass.isWhiteSpace(scalar) {
        isBlankDue = !bytes.isEmpty
      } else {
        if isBlankDue { bytes.append(0x20) }
        isBlankDue = false
        UTF8Encoder.append(scalar, to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return ScalarClass.isASCIILetter(scalar) }
    if (0x4E00...0x9FFF).contains(scalar) { return true }
    return Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false
  }

  private static func isControl(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F...0x9F, 0xFEFF: true
    default: false
    }
  }
}
