/// The labels of a tagger in the order of their ids, and what each means.
public struct TagSet: Hashable, Sendable {
  /// How the labels are written.
  public let scheme: TagScheme
  /// The labels, `[count]`: `B-PER`, `O`.
  public let labels: [String]
  /// The types in the order they first occur; one empty type for labels without.
  public let types: [String]
  /// The position of each label, `[count]`.
  public let positions: [TagPosition]
  /// The index of the type of each label in `types`, `[count]`; -1 for outside.
  public let typeIndices: [Int]
  private let ids: [String: Int32]

  /// The tags of words: `B` 0, `M` 1, `E` 2, `S` 3.
  public static let words = TagSet(scheme: .bmes, types: [])

  /// Creates the labels of a scheme: `O`, then for each type in turn begin, inside and where the scheme has
  /// them end and single.
  ///
  /// - Parameters:
  ///   - scheme: How tags mark the beginning and the end of a span.
  ///   - types: Distinct and not empty. No type at all makes labels without types, for `.bmes` without `O`: every
  ///     token is part of a word.
  public init(scheme: TagScheme, types: [String]) {
    precondition(
      Set(types).count == types.count && !types.contains(""), "types are distinct and not empty, got \(types)"
    )
    var positions: [TagPosition] = scheme == .bmes && types.isEmpty ? [] : [.outside]
    var typeIndices = positions.map { _ in -1 }
    let names = types.isEmpty ? [""] : types
    for index in names.indices {
      positions += scheme.spanPositions
      typeIndices += scheme.spanPositions.map { _ in index }
    }
    self.init(scheme: scheme, positions: positions, typeIndices: typeIndices, types: names)
  }

  /// Creates the set of exactly these labels, in this order; throws a `CorpusError` for a label that the scheme
  /// doesn't have or that is there twice.
  public init(scheme: TagScheme, labels: [String]) throws(CorpusError) {
    var positions: [TagPosition] = []
    var typeIndices: [Int] = []
    var types: [String] = []
    var numbers: [String: Int] = [:]
    var seen: Set<String> = []
    for label in labels {
      guard seen.insert(label).inserted, let (position, type) = Self.parse(label, scheme: scheme) else {
        throw CorpusError(
          file: "the tag set", expected: "distinct labels of the scheme \(scheme.rawValue)",
          found: CorpusError.quoted(label))
      }
      positions.append(position)
      if position == .outside {
        typeIndices.append(-1)
      } else if let index = numbers[type] {
        typeIndices.append(index)
      } else {
        numbers[type] = types.count
        typeIndices.append(types.count)
        types.append(type)
      }
    }
    self.init(scheme: scheme, positions: positions, typeIndices: typeIndices, types: types)
  }

  private init(scheme: TagScheme, positions: [TagPosition], typeIndices: [Int], types: [String]) {
    self.scheme = scheme
    self.positions = positions
    self.typeIndices = typeIndices
    self.types = types
    labels = zip(positions, typeIndices).map { position, type in
      let letter = scheme.letter(for: position) ?? ""
      return type < 0 || types[type].isEmpty ? letter : "\(letter)-\(types[type])"
    }
    ids = Dictionary(zip(labels, (0..<Int32(labels.count)))) { first, _ in first }
  }

  /// The number of labels.
  public var count: Int { labels.count }

  /// The id of a label, nil if the set doesn't have it.
  public func id(of label: String) -> Int32? { ids[label] }

  /// The id of a position within a type, nil if the set doesn't have it.
  public func id(of position: TagPosition, type: String) -> Int32? {
    guard let letter = scheme.letter(for: position) else { return nil }
    return ids[position == .outside || type.isEmpty ? letter : "\(letter)-\(type)"]
  }

  /// The position and type a label names, nil if the scheme doesn't have it.
  static func parse(_ label: String, scheme: TagScheme) -> (position: TagPosition, type: String)? {
    if label == "O" { return (.outside, "") }
    let parts = label.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let position = scheme.spanPositions.first { scheme.letter(for: $0) == String(parts[0]) }
    guard let position, parts.count == 1 || !parts[1].isEmpty else { return nil }
    return (position, parts.count == 1 ? "" : String(parts[1]))
  }
}

extension TagSet: Codable {
  private enum CodingKeys: String, CodingKey { case scheme, labels }

  /// Decodes the scheme and the labels; throws for labels the scheme doesn't have.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let scheme = try container.decode(TagScheme.self, forKey: .scheme)
    try self.init(scheme: scheme, labels: try container.decode([String].self, forKey: .labels))
  }

  /// Encodes the scheme and the labels.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(scheme, forKey: .scheme)
    try container.encode(labels, forKey: .labels)
  }
}
