/// A sentence of a text, by its place.
public struct Sentence: Hashable, Sendable {
  /// The bytes of the sentence, the marks and blanks at its end among them.
  public let utf8: TextSpan
  /// Its Unicode scalars, counted from the start of the text.
  public let scalars: Range<Int>
}

extension SentenceSplitter {
  /// The sentences of a text with their places in bytes and in scalars; they tile the text.
  public func sentences(of text: SourceText) -> [Sentence] {
    let decoded = text.decoded()
    var start = 0
    return ends(of: decoded.scalars.span).map { end in
      defer { start = end }
      return Sentence(utf8: decoded.byteSpan(of: start..<end), scalars: start..<end)
    }
  }

  /// The sentences of a text; together they are the text, blanks and line breaks included.
  ///
  /// ```swift
  /// SentenceSplitter().sentences(in: "他说：“好。”她走了。")   // ["他说：“好。”", "她走了。"]
  /// ```
  public func sentences(in text: String) -> [Substring] {
    var start = text.startIndex
    var byte = 0
    return spans(in: SourceText(text)).map { span in
      let end = text.utf8.index(start, offsetBy: span.end - byte)
      defer { (start, byte) = (end, span.end) }
      return text[start..<end]
    }
  }
}
