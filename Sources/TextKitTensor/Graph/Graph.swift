/// A value in a graph.
public struct Variable: Sendable {
  let index: Int
  /// `[rows, columns]`.
  public let shape: Shape
}

/// The record of one pass: values as they are computed and, for training, how to walk back.
///
/// An operation is a method in an extension under `Operations/`: its forward value, and under it its pullback, which
/// adds to the gradients of its inputs. Not `Sendable`: a graph belongs to one thread.
public final class Graph {
  struct Node {
    var value: Tensor
    var gradient: Tensor?
    var needsGradient: Bool
    var pullback: ((Graph, _ gradient: Tensor) -> Void)?
  }

  private var nodes: [Node] = []
  private var parameterNodes: [Int: Variable] = [:]
  private(set) var parameters: Parameters
  private(set) var gradients: Gradients
  let workspace: Workspace
  /// False at prediction: nothing is recorded and dropout does nothing.
  public let isTraining: Bool
  private var dropoutSeed: UInt64
  private var dropoutCount: UInt64 = 0

  /// Begins a pass.
  ///
  /// - Parameters:
  ///   - parameters: what the pass reads, and what gradients are for.
  ///   - training: whether pullbacks are recorded and dropout is on.
  ///   - seed: what the dropout masks of this pass depend on.
  ///   - workspace: where buffers come from and go back to.
  public init(
    _ parameters: Parameters = Parameters(), training: Bool = false, seed: UInt64 = 0,
    workspace: Workspace = Workspace()
  ) {
    self.parameters = parameters
    self.isTraining = training
    self.workspace = workspace
    self.dropoutSeed = seed
    self.gradients = Gradients(count: parameters.count)
  }

  // MARK: Values

  /// The value of a variable.
  public func value(_ variable: Variable) -> Tensor { nodes[variable.index].value }

  /// Takes a tensor in as a constant.
  public func constant(_ tensor: Tensor) -> Variable { add(tensor, needsGradient: false, pullback: nil) }

  /// Takes a tensor in as an input whose gradient can be asked for after `backward`.
  public func input(_ tensor: Tensor) -> Variable { add(tensor, needsGradient: isTraining, pullback: nil) }

  /// A parameter as a variable; its gradient goes to the pass's `Gradients`.
  public func parameter(_ id: ParameterID) -> Variable {
    if let known = parameterNodes[id.index] { return known }
    let variable = add(parameters[id], needsGradient: isTraining, pullback: nil)
    parameterNodes[id.index] = variable
    return variable
  }

  /// The gradient of a variable after `backward`; nil where none arrived.
  public func gradient(_ variable: Variable) -> Tensor? { nodes[variable.index].gradient }

  // MARK: What operations use

  /// A tensor of undefined contents from this pass's workspace.
  func make(_ rows: Int, _ columns: Int) -> Tensor { workspace.make(Shape(rows, columns)) }

  /// A tensor of zeros from this pass's workspace.
  func makeZeros(_ rows: Int, _ columns: Int) -> Tensor {
    var tensor = make(rows, columns)
    tensor.fillWithZeros()
    return tensor
  }

  /// Records an operation's value and its pullback; the pullback is kept only where an input needs a gradient.
  func record(
    _ value: Tensor, from inputs: [Variable], pullback: @escaping (Graph, _ gradient: Tensor) -> Void
  ) -> Variable {
    let needed = isTraining && inputs.contains { nodes[$0.index].needsGradient }
    return add(value, needsGradient: needed, pullback: needed ? pullback : nil)
  }

  /// Records an operation that feeds sparse gradients to parameters.
  func record(_ value: Tensor, pullback: @escaping (Graph, _ gradient: Tensor) -> Void) -> Variable {
    add(value, needsGradient: isTraining, pullback: isTraining ? pullback : nil)
  }

  private func add(
    _ value: Tensor, needsGradient: Bool, pullback: ((Graph, _ gradient: Tensor) -> Void)?
  ) -> Variable {
    nodes.append(Node(value: value, gradient: nil, needsGradient: needsGradient, pullback: pullback))
    return Variable(index: nodes.count - 1, shape: value.shape)
  }

  /// Whether a gradient of this variable is of use.
  func needsGradient(_ variable: Variable) -> Bool { nodes[variable.index].needsGradient }

  /// Adds to a variable's gradient: `body` gets a tensor to add to (zeros at first).
  func accumulate(into variable: Variable, _ body: (inout Tensor) -> Void) {
    accumulateOrSet(into: variable) { gradient, isFresh in
      if isFresh { gradient.fillWithZeros() }
      body(&gradient)
    }
  }

  /// Adds to a variable's gradient, or sets it the first time: for kernels that can do either.
  func accumulateOrSet(into variable: Variable, _ body: (inout Tensor, _ isFresh: Bool) -> Void) {
    guard nodes[variable.index].needsGradient else { return }
    let present = nodes[variable.index].gradient.take()
    let isFresh = present == nil
    var target = present ?? workspace.make(variable.shape)
    body(&target, isFresh)
    nodes[variable.index].gradient = target
  }

  /// Adds a whole tensor to a variable's gradient, which takes it over where none has arrived yet.
  func accumulate(_ part: Tensor, into variable: Variable) {
    guard nodes[variable.index].needsGradient else { return }
    if var present = nodes[variable.index].gradient.take() {
      Kernel.add(part, into: &present)
      nodes[variable.index].gradient = present
    } else {
      precondition(part.shape == variable.shape, "a gradient \(part.shape) of \(variable.shape)")
      nodes[variable.index].gradient = part
    }
  }

  /// Adds sparse rows to a parameter's gradient.
  func accumulate(rows: SparseRows, into id: ParameterID) {
    if let present = gradients.parts[id.index].rows {
      gradients.parts[id.index].rows = SparseRows.sum([present, rows], in: workspace)
    } else {
      gradients.parts[id.index].rows = rows
    }
  }

  /// The seed of the next dropout of this pass.
  func nextDropoutSeed() -> UInt64 {
    dropoutCount += 1
    return RandomSource.derive(dropoutSeed, [dropoutCount])
  }

  // MARK: Walking back

  /// Computes the gradients of `loss` `[1, 1]` with respect to all that led to it, and ends the pass.
  ///
  /// - Parameters:
  ///   - loss: where the way back begins.
  ///   - scale: the gradient that the loss starts with.
  public func backward(from loss: Variable, scale: Float = 1) {
    precondition(isTraining, "nothing was recorded: the graph was made for prediction")
    precondition(loss.shape == .scalar, "a gradient starts at a scalar, not at \(loss.shape)")
    nodes[loss.index].gradient = Tensor(scalar: scale)
    for index in stride(from: loss.index, through: 0, by: -1) {
      guard let pullback = nodes[index].pullback, let gradient = nodes[index].gradient else { continue }
      pullback(self, gradient)
      nodes[index].pullback = nil
    }
    for (index, variable) in parameterNodes {
      gradients.parts[index].dense = nodes[variable.index].gradient
    }
  }

  /// The gradients of the parameters after `backward`; lets go of all values, so that the parameters can be updated
  /// in place.
  package func takeGradients() -> Gradients {
    nodes = []
    parameterNodes = [:]
    let taken = gradients
    gradients = Gradients(count: parameters.count)
    parameters = Parameters()
    return taken
  }
}
