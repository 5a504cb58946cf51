/// How texts with their entities are written: one record a text, always.
public enum RecognitionFormat: String, CaseIterable, Sendable {
  /// The text with its entities marked: `[张三 PER]在[北京 LOC]`; LF and CR become blanks.
  case text
  /// A line `token TAB tag` for every token of the model, white space left out, and an empty line after each record. The
  /// tags are BIO; a token that an entity covers in part is taken as its own.
  case conll
  /// `{"text": …, "entities": [{"text": …, "type": …, "start": …, "end": …, "utf8": [a, b], "confidence": …}]}`: `start`
  /// and `end` count Unicode scalars, `utf8` counts bytes of the text as it was read, ends exclusive.
  case jsonl
  /// A page of HTML that needs nothing else.
  case html
}
