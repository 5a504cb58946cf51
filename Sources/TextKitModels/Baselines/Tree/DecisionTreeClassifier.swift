import TextKitCorpus

/// A decision tree over features of texts.
package struct DecisionTreeClassifier: StorableClassifier {
  package static let fileKind = "tree"

  package let labels: [String]
  package let isMultiLabel: Bool
  package let features: FeatureExtractor
  package let tree: DecisionTree

  /// Takes a tree over the features.
  package init(labels: [String], isMultiLabel: Bool, features: FeatureExtractor, tree: DecisionTree) {
    precondition(
      tree.labelCount == labels.count && tree.isValid(featureCount: features.columnCount),
      "a tree of \(tree.nodeCount) nodes and \(tree.labelCount) labels for \(labels.count) labels")
    self.labels = labels
    self.isMultiLabel = isMultiLabel
    self.features = features
    self.tree = tree
  }

  package var needsSegmenter: Bool { features.configuration.needsSegmenter }

  package func probabilities(of texts: TextBlock) -> [Float] {
    let matrix = features.features(of: texts)
    var result: [Float] = []
    result.reserveCapacity(matrix.rowCount * labels.count)
    for row in 0..<matrix.rowCount {
      let leaf = tree.path(of: matrix, row: row).last ?? 0
      result.append(contentsOf: tree.shares[leaf * labels.count..<(leaf + 1) * labels.count])
    }
    return result
  }

  /// The features on the text's path that occur in it: each has the change of the label's share from a node to the next
  /// (Saabas 2014), divided among its occurrences. Questions about what is absent have no place in the text.
  package func attributions(of text: [UInt8], label: Int) -> [Attribution] {
    precondition(labels.indices.contains(label), "label \(label) of \(labels.count)")
    let path = tree.path(of: features.features(of: TextBlock(lines: [text])), row: 0)
    return features.attributions(
      of: text,
      amounts: zip(path, path.dropFirst()).map { node, next in
        let change = tree.share(ofLabel: label, inNode: next) - tree.share(ofLabel: label, inNode: node)
        return (tree.features[node], Double(change))
      })
  }
}

extension DecisionTreeClassifier {
  private enum Key {
    static let features = "tree.features"
    static let thresholds = "tree.thresholds"
    static let children = "tree.children"
    static let shares = "tree.shares"
  }

  package func add(to section: inout ClassifierSectionWriter) throws {
    try features.add(to: &section)
    let count = tree.nodeCount
    section.writer.add(section.name(Key.features), int64: tree.features.map(Int.init), shape: [count])
    section.writer.add(section.name(Key.thresholds), floats: tree.thresholds, shape: [count])
    section.writer.add(
      section.name(Key.children), int64: (tree.left + tree.right).map(Int.init), shape: [2, count])
    section.writer.add(section.name(Key.shares), floats: tree.shares, shape: [count, labels.count])
  }

  package init(section: ClassifierSection, resources: ClassifierResources) throws {
    let file = section.file
    let features = try FeatureExtractor(section: section, resources: resources)
    let numbers = try file.int64(section.name(Key.features), shape: [nil])
    let children = try file.int64(section.name(Key.children), shape: [2, numbers.count])
    guard (numbers + children).allSatisfy({ Int32(exactly: $0) != nil }) else {
      throw file.invalid(section.name(Key.features), expected: "numbers of 32 bits", found: "others")
    }
    var tree = DecisionTree(labelCount: section.labels.count)
    tree.features = numbers.map { Int32($0) }
    tree.left = children[..<numbers.count].map { Int32($0) }
    tree.right = children[numbers.count...].map { Int32($0) }
    tree.thresholds = try file.floats(section.name(Key.thresholds), shape: [numbers.count])
    tree.shares = try file.floats(section.name(Key.shares), shape: [numbers.count, section.labels.count])
    guard tree.thresholds.allSatisfy(\.isFinite) else {
      throw ModelFileError(path: file.path, reason: .notFinite(tensor: section.name(Key.thresholds)))
    }
    guard tree.shares.allSatisfy({ (0...1).contains($0) }) else {
      throw file.invalid(section.name(Key.shares), expected: "probabilities", found: "others")
    }
    guard tree.isValid(featureCount: features.columnCount) else {
      throw file.invalid(
        section.name(Key.features),
        expected: "the nodes of a tree over \(features.columnCount) features",
        found: "others")
    }
    self.init(labels: section.labels, isMultiLabel: section.isMultiLabel, features: features, tree: tree)
  }
}
