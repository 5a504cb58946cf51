extension LabeledCorpus {
  /// Cuts the documents into `count` folds for cross-validation; each fold is the dev part of one split, and the
  /// other folds are its train part.
  ///
  /// Folds of a class differ in size by one document at most, and so do whole folds (as scikit-learn's
  /// `StratifiedKFold` with `shuffle`, which also allots to sorted labels in turn). A document with several labels,
  /// or with none, counts as of a class of its combination.
  ///
  /// - Parameters:
  ///   - count: from 2 to the number of documents.
  ///   - seed: decides which documents of a class share a fold.
  /// - Returns: for each fold the numbers of its documents, ascending.
  public func folds(_ count: Int, seed: UInt64) -> [[Int]] {
    precondition(count >= 2 && count <= self.count, "\(count) folds of \(self.count) documents")
    var folds = [[Int]](repeating: [], count: count)
    // Documents go to the folds in turn, on from class to class: no fold gets ahead by more than one.
    var turn = 0
    for (part, numbers) in strata().enumerated() {
      var numbers = numbers
      var shuffle = CorpusShuffle(seed: seed, part: part)
      shuffle.shuffle(&numbers)
      for number in numbers {
        folds[turn % count].append(number)
        turn += 1
      }
    }
    return folds.map { $0.sorted() }
  }

  /// The splits of `folds`: the k-th has the k-th fold as its dev part.
  public func foldSplits(_ count: Int, seed: UInt64) -> [CorpusSplit] {
    let folds = folds(count, seed: seed)
    return folds.map { fold in
      let isDev = Set(fold)
      return CorpusSplit(train: self[documents.indices.filter { !isDev.contains($0) }], dev: self[fold])
    }
  }
}
