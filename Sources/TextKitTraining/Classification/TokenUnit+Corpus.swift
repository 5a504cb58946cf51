import TextKitCorpus
import TextKitModels

extension TokenUnit {
  /// What suits the texts of a corpus: characters where most of them are Chinese, else words.
  public init(suiting corpus: LabeledCorpus) {
    let han = corpus.documents.count { Script(of: $0.text.utf8.span) == .han }
    self = 2 * han > corpus.count ? .characters : .words
  }
}
