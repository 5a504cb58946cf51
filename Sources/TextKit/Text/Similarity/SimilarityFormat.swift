/// How texts that are alike are written; texts are numbered from 1.
public enum SimilarityFormat: String, CaseIterable, Sendable {
  /// Number TAB number TAB score, a line a pair.
  case tsv
  /// `{"first": …, "second": …, "score": …}`, a line a pair; `{"text": …, "similar": [{"text": …, "score": …}]}`, a line a
  /// text.
  case jsonl

  /// Adds the record of a pair.
  public func append(_ pair: SimilarPair, to output: inout [UInt8]) {
    let (first, second, score) = (pair.first + 1, pair.second + 1, JSONText.decimal(pair.score))
    switch self {
    case .tsv: output.append(contentsOf: "\(first)\t\(second)\t\(score)\n".utf8)
    case .jsonl:
      output.append(contentsOf: "{\"first\": \(first), \"second\": \(second), \"score\": \(score)}\n".utf8)
    }
  }

  /// Adds what is most like one text, whose number is counted from 0.
  public func append(_ similar: [SimilarText], of text: Int, to output: inout [UInt8]) {
    switch self {
    case .tsv:
      for other in similar {
        output.append(contentsOf: "\(text + 1)\t\(other.text + 1)\t\(JSONText.decimal(other.score))\n".utf8)
      }
    case .jsonl:
      let list = similar.map { "{\"text\": \($0.text + 1), \"score\": \(JSONText.decimal($0.score))}" }
      output.append(contentsOf: "{\"text\": \(text + 1), \"similar\": [\(list.joined(separator: ", "))]}\n".utf8)
    }
  }
}
