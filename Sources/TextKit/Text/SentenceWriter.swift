import TextKitCorpus

/// How sentences are written.
public enum SentenceFormat: String, CaseIterable, Sendable {
  /// A sentence a line, without the white space at its ends; none for a sentence of nothing but white space.
  case text
  /// `{"text": …, "start": …, "end": …, "utf8": [start, end]}`: places in scalars and in bytes of the whole text.
  case jsonl
}

/// Writes the sentences of texts that come in parts.
public struct SentenceWriter: Sendable {
  private let format: SentenceFormat
  /// What the parts before hold.
  private var (bytes, scalars) = (0, 0)

  /// Creates a writer at the start of a text.
  public init(_ format: SentenceFormat) { self.format = format }

  /// Counts places from here: a new text begins.
  public mutating func startFile() { (bytes, scalars) = (0, 0) }

  /// Adds the records of the next part of the text.
  ///
  /// - Parameters:
  ///   - sentences: The sentences of the part; they tile it.
  ///   - part: The bytes that the sentences stand in.
  ///   - output: The bytes that the records are added to.
  public mutating func append(_ sentences: [Sentence], of part: SourceText, to output: inout [UInt8]) {
    for sentence in sentences {
      switch format {
      case .text:
        let text = part[sentence.utf8].trimmed
        if text.isEmpty { continue }
        output.append(contentsOf: text)
        output.append(UInt8(ascii: "\n"))
      case .jsonl:
        output.append(contentsOf: #"{"text": "#.utf8)
        JSONText.append(part[sentence.utf8], to: &output)
        let places = (scalars + sentence.scalars.lowerBound, scalars + sentence.scalars.upperBound)
        output.append(contentsOf: ", \"start\": \(places.0), \"end\": \(places.1)".utf8)
        let utf8 = (bytes + sentence.utf8.start, bytes + sentence.utf8.end)
        output.append(contentsOf: ", \"utf8\": [\(utf8.0), \(utf8.1)]}\n".utf8)
      }
    }
    bytes += part.count
    scalars += sentences.last?.scalars.upperBound ?? 0
  }
}

extension ArraySlice<UInt8> {
  /// Without the white space at both ends.
  fileprivate var trimmed: ArraySlice<UInt8> {
    var text = self
    while !text.isEmpty {
      let (scalar, length) = UTF8Decoder.decodeOne(Array(text.prefix(4)).span, at: 0)
      guard let scalar, ScalarClass.isWhiteSpace(scalar) else { break }
      text = text.dropFirst(length)
    }
    while let last = text.last {
      // White space has one, two or three bytes.
      let length = last < 0x80 ? 1 : text.dropLast().last.map { $0 >= 0xC0 } ?? false ? 2 : 3
      let tail = Array(text.suffix(length))
      let (scalar, width) = UTF8Decoder.decodeOne(tail.span, at: 0)
      guard let scalar, width == tail.count, ScalarClass.isWhiteSpace(scalar) else { break }
      text = text.dropLast(width)
    }
    return text
  }
}
