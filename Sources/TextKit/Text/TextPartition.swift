import TextKitCorpus

/// Cuts a text that comes bit by bit into parts that are worked on one after the other, in memory for the longest part.
package struct TextPartition: Sendable {
  /// Where a part may end.
  package enum Place: Sendable {
    /// Behind any line feed.
    case lines
    /// Where a line ends a sentence: behind the white space that follows a line feed and belongs to it.
    case sentences(SentenceSplitter.Granularity)
  }

  private let place: Place
  private let longest: Int

  /// Sets up cutting.
  ///
  /// - Parameters:
  ///   - place: where parts end.
  ///   - longest: bytes from which on a part without such a place is cut behind a sentence or clause elsewhere, and, where
  ///     no sentence ends either, between two characters; at least 32.
  package init(_ place: Place, longest: Int = 1 << 20) {
    precondition(longest >= 32, "a part has at least 32 bytes, got \(longest)")
    self.place = place
    self.longest = longest
  }

  /// Where a part ends, as late as can be told; nil where more has to be read.
  ///
  /// - Parameter bytes: what is there of a text that goes on.
  package func end(in bytes: Span<UInt8>) -> Int? {
    let end =
      switch place {
      case .lines: bytes.indices.last { bytes[$0] == 0x0A }.map { $0 + 1 }
      case .sentences: Self.sentenceStart(in: bytes)
      }
    if let end { return end }
    return bytes.count < longest ? nil : cut(bytes)
  }

  /// The last place where something other than white space begins that a line feed and white space alone stand before.
  private static func sentenceStart(in bytes: Span<UInt8>) -> Int? {
    // The longest white space has three bytes, and the last one may not be whole.
    var blank = bytes.count - 2
    for index in stride(from: blank - 1, through: 0, by: -1) where bytes[index] == 0x0A {
      var place = index + 1
      while place < blank {
        let (scalar, length) = UTF8Decoder.decodeOne(bytes, at: place)
        guard let scalar, ScalarClass.isWhiteSpace(scalar) else { return place }
        place += length
      }
      // From here on nothing else stands up to the end.
      blank = index
    }
    return nil
  }

  /// Where the last sentence ends that ends whatever follows; else before the last character, which may not be whole.
  private func cut(_ bytes: Span<UInt8>) -> Int {
    let text = ScalarText(bytes)
    let granularity: SentenceSplitter.Granularity =
      if case .sentences(let granularity) = place { granularity } else { .sentence }
    // To tell an end, the next character is looked at, and behind a quotation mark one more.
    let ends = SentenceSplitter(granularity: granularity).ends(of: text.scalars.span)
    let end = ends.last { $0 <= text.count - 4 } ?? text.count - 1
    return text.byteSpan(of: 0..<end).end
  }
}
