/// A dense row-major Float32 matrix with value semantics.
///
/// Copies share memory until one is written to. Elements are read and written in bulk through spans; there is no
/// per-element access across the module's wall.
public struct Tensor: Sendable {
  /// `[rows, columns]`.
  public private(set) var shape: Shape
  var storage: Storage

  init(shape: Shape, storage: Storage) {
    precondition(shape.count <= storage.capacity, "shape \(shape) outgrows its storage")
    self.shape = shape
    self.storage = storage
  }

  /// A tensor of zeros (or of `value`).
  public init(_ shape: Shape, repeating value: Float = 0) {
    self.init(shape: shape, storage: Storage(capacity: shape.count))
    fill(value)
  }

  /// A tensor of `shape` with the given elements, row after row.
  public init(_ shape: Shape, _ values: [Float]) {
    precondition(values.count == shape.count, "\(values.count) values for a tensor of shape \(shape)")
    self.init(shape: shape, storage: Storage(capacity: shape.count))
    withMutableSpan { span in
      for index in values.indices { span[index] = values[index] }
    }
  }

  /// A tensor `[1, 1]`.
  public init(scalar value: Float) { self.init(.scalar, [value]) }

  /// The number of rows.
  public var rows: Int { shape.rows }
  /// The number of columns.
  public var columns: Int { shape.columns }
  /// The number of elements.
  public var count: Int { shape.count }

  /// The elements, row after row.
  public var values: [Float] { withSpan { span in span.indices.map { span[$0] } } }

  /// The only element of a tensor `[1, 1]`.
  public var scalar: Float {
    precondition(shape == .scalar, "a scalar is [1, 1], this tensor is \(shape)")
    return withSpan { $0[0] }
  }

  /// The same elements seen as another shape of as many elements.
  public func reshaped(_ shape: Shape) -> Tensor {
    precondition(shape.count == count, "\(self.shape) can't be seen as \(shape)")
    return Tensor(shape: shape, storage: storage)
  }

  /// Sets every element to `value`.
  public mutating func fill(_ value: Float) {
    withMutableSpan { span in
      for index in span.indices { span[index] = value }
    }
  }

  /// Sets every element to 0.
  public mutating func fillWithZeros() { Kernel.zero(&self, rows: 0..<rows) }

  /// True when no element is infinite or NaN.
  public var isFinite: Bool {
    // The sum of squares is finite exactly when every element is: 2^30 squares of Float fit a Double.
    Kernel.sumOfSquares(self).isFinite
  }
}
