/// The number of a parameter in its `Parameters`; what a layer holds instead of the tensor.
public struct ParameterID: Hashable, Sendable {
  /// Position in `Parameters`.
  public let index: Int
}

/// The named tensors of a model: data, while layers are descriptions that hold `ParameterID`s.
public struct Parameters: Sendable {
  /// Names, unique, in the order of addition.
  public private(set) var names: [String] = []
  package var tensors: [Tensor] = []

  /// Makes an empty set.
  public init() {}

  /// Adds a tensor under a new name.
  public mutating func add(_ name: String, _ tensor: Tensor) -> ParameterID {
    precondition(!names.contains(name), "two parameters named \(name)")
    names.append(name)
    tensors.append(tensor)
    return ParameterID(index: tensors.count - 1)
  }

  /// The number of tensors.
  public var count: Int { tensors.count }

  /// The number of weights in all tensors.
  public var weightCount: Int { tensors.reduce(0) { $0 + $1.count } }

  /// The ids in the order of addition.
  public var ids: [ParameterID] { tensors.indices.map(ParameterID.init(index:)) }

  /// The tensor of a parameter.
  public subscript(id: ParameterID) -> Tensor {
    get { tensors[id.index] }
    set {
      precondition(
        newValue.shape == tensors[id.index].shape,
        "\(names[id.index]) is \(tensors[id.index].shape), not \(newValue.shape)")
      tensors[id.index] = newValue
    }
  }

  /// True when no weight is infinite or NaN.
  public var isFinite: Bool { tensors.allSatisfy(\.isFinite) }
}
