/// The section of an ensemble: how members are combined, and each member as a section of its own, `member.0.` and on.
extension EnsembleClassifier {
  private enum Key {
    static let members = "ensemble.members"
    static let combination = "ensemble.combination"
    static let weights = "ensemble.weights"
    static let coefficients = "ensemble.coefficients"
    static func member(_ number: Int) -> String { "member.\(number)." }
  }

  /// As many members as anybody needs.
  package static let mostMembers = 256
  /// As many ensembles within one another as anybody needs.
  static let mostLevels = 4

  package func add(to section: inout ClassifierSectionWriter) throws {
    section.writer.metadata[section.name(Key.members)] = "\(members.count)"
    let name: String
    switch combination {
    case .soft(let weights):
      name = "soft"
      section.writer.add(section.name(Key.weights), floats: weights, shape: [members.count])
    case .hard(let weights):
      name = "hard"
      section.writer.add(section.name(Key.weights), floats: weights, shape: [members.count])
    case .stacking(let model):
      name = "stacking"
      section.writer.add(
        section.name(Key.coefficients), floats: model.coefficients, shape: [model.labelCount, model.inputCount + 1])
    }
    section.writer.metadata[section.name(Key.combination)] = name
    for (number, member) in members.enumerated() {
      var part = ClassifierSectionWriter(writer: section.writer, prefix: section.name(Key.member(number)))
      try ClassifierFile.add(member, to: &part)
      section.writer = part.writer
    }
  }

  package init(section: ClassifierSection, resources: ClassifierResources) throws {
    let text = try section.metadata(Key.members)
    guard let count = Int(text), (1...Self.mostMembers).contains(count) else {
      throw section.file.invalid(
        section.name(Key.members), expected: "a number from 1 to \(Self.mostMembers)", found: text)
    }
    // Reading calls itself for an ensemble's ensembles.
    let level = section.prefix.split(separator: ".").count / 2 + 1
    guard level <= Self.mostLevels else {
      throw section.file.invalid(
        section.name(Key.members), expected: "ensembles at most \(Self.mostLevels) within one another",
        found: "\(level)")
    }
    let members = try (0..<count).map { number in
      let prefix = section.name(Key.member(number))
      let member = try ClassifierFile.load(section.file, prefix: prefix, resources: resources)
      guard Set(member.labels).isSubset(of: section.labels), member.isMultiLabel == section.isMultiLabel else {
        throw section.file.invalid(
          prefix, expected: "a member with labels of the ensemble's", found: "\(member.labels)")
      }
      return member
    }
    self.init(
      labels: section.labels, isMultiLabel: section.isMultiLabel, members: members,
      combination: try Self.combination(in: section, memberCount: count))
  }

  private static func combination(in section: ClassifierSection, memberCount: Int) throws -> Combination {
    func floats(_ key: String, _ shape: [Int]) throws -> [Float] {
      let name = section.name(key)
      let values = try section.file.floats(name, shape: shape)
      guard values.allSatisfy(\.isFinite) else {
        throw ModelFileError(path: section.file.path, reason: .notFinite(tensor: name))
      }
      return values
    }
    func weights() throws -> [Float] {
      let values = try floats(Key.weights, [memberCount])
      guard values.allSatisfy({ $0 >= 0 }) else {
        throw section.file.invalid(
          section.name(Key.weights), expected: "weights of at least 0", found: "\(values)")
      }
      return values
    }
    let name = try section.metadata(Key.combination)
    switch name {
    case "soft": return .soft(weights: try weights())
    case "hard": return .hard(weights: try weights())
    case "stacking":
      let (labels, inputs) = (section.labels.count, memberCount * section.labels.count)
      return .stacking(
        StackingModel(
          labelCount: labels, inputCount: inputs,
          coefficients: try floats(Key.coefficients, [labels, inputs + 1])))
    default:
      throw section.file.invalid(
        section.name(Key.combination), expected: "soft, hard or stacking", found: name)
    }
  }
}
