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
  /// The shape of each tensor; that of an outline's is empty until it is set.
  private var shapes: [Shape] = []
  private let isOutline: Bool

  /// Makes an empty set.
  public init() { isOutline = false }

  /// Makes an empty set; an outline takes note of names and shapes and holds no numbers until they are set.
  ///
  /// So a model is laid out before its file is read, and each shape is compared with the file's before memory is taken.
  package init(isOutline: Bool) { self.isOutline = isOutline }

  /// Adds a tensor under a new name.
  public mutating func add(_ name: String, _ tensor: Tensor) -> ParameterID { add(name, tensor, tensor.shape) }

  /// Adds a tensor of a shape under a new name, with numbers to start from.
  mutating func add(
    _ name: String, _ shape: Shape, _ initializer: Initializer, using random: inout RandomSource
  ) -> ParameterID {
    add(name, isOutline ? Tensor(Shape(0, 0)) : initializer(shape, using: &random), shape)
  }

  /// Adds a tensor of zeros under a new name.
  mutating func add(_ name: String, zeros shape: Shape) -> ParameterID {
    add(name, Tensor(isOutline ? Shape(0, 0) : shape), shape)
  }

  private mutating func add(_ name: String, _ tensor: Tensor, _ shape: Shape) -> ParameterID {
    precondition(!names.contains(name), "two parameters named \(name)")
    names.append(name)
    tensors.append(tensor)
    shapes.append(shape)
    return ParameterID(index: tensors.count - 1)
  }

  /// The shape of a parameter, of an outline's too.
  package func shape(of id: ParameterID) -> Shape { shapes[id.index] }

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
        newValue.shape == shapes[id.index],
        "\(names[id.index]) is \(shapes[id.index]), not \(newValue.shape)")
      tensors[id.index] = newValue
    }
  }

  /// True when no weight is infinite or NaN.
  public var isFinite: Bool { tensors.allSatisfy(\.isFinite) }
}
