/// How keywords are written.
public enum KeywordFormat: String, CaseIterable, Sendable {
  /// Number of the text TAB word TAB score TAB occurrences, a line a keyword.
  case tsv
  /// `{"text": number, "keywords": [{"word": …, "score": …, "count": …}]}`, a line a text.
  case jsonl

  /// Adds the records of a text.
  ///
  /// - Parameters:
  ///   - keywords: The keywords of the text, in the order of the records.
  ///   - number: The number of the text, from 1.
  ///   - output: The bytes that the records are added to.
  public func append(_ keywords: [Keyword], text number: Int, to output: inout [UInt8]) {
    switch self {
    case .tsv:
      for keyword in keywords {
        output.append(
          contentsOf: "\(number)\t\(keyword.word)\t\(JSONText.decimal(keyword.score))\t\(keyword.count)\n".utf8)
      }
    case .jsonl:
      output.append(contentsOf: "{\"text\": \(number), \"keywords\": [".utf8)
      for (index, keyword) in keywords.enumerated() {
        output.append(contentsOf: index == 0 ? #"{"word": "#.utf8 : #", {"word": "#.utf8)
        JSONText.append(ArraySlice(keyword.word.utf8), to: &output)
        output.append(
          contentsOf: ", \"score\": \(JSONText.decimal(keyword.score)), \"count\": \(keyword.count)}".utf8)
      }
      output.append(contentsOf: "]}\n".utf8)
    }
  }
}
