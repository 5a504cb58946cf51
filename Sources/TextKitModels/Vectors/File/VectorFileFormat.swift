/// The formats of files of word vectors.
public enum VectorFileFormat: String, Sendable, CaseIterable {
  /// word2vec text, fastText's .vec too: a line `count dimension`, then lines of a word and its numbers.
  case text
  /// word2vec binary: the same first line, then a word, a blank and Float32 numbers, with or without a line end.
  case binary
  /// GloVe text: lines of a word and its numbers alone.
  case glove
  /// A model file of kind `textkit.vectors`.
  case safetensors
}
