import CTextKitKernels

/// Operations on long vectors, cut into chunks for threads to work on. A chunk's length is fixed, so that sums are in the
/// same order whatever the number of threads.
///
/// Unsafe code lives here, as in `Kernel.swift`: threads are given parts that don't overlap.
extension Kernel {
  /// Elements of a chunk.
  static let chunk = 1 << 16

  /// Σ x·y; chunks in Float32, their sum in Double.
  package static func dot(_ x: Tensor, _ y: Tensor, threads: Int) -> Double {
    precondition(x.count == y.count, "dot product of \(x.shape) and \(y.shape)")
    let (a, b) = unsafe (Address(x.row(0)), Address(y.row(0)))
    let sums = chunks(x.count, threads: threads) { first, count in
      Double(unsafe tk_dot(count, a.pointer + first, b.pointer + first))
    }
    keep(x, y, y)
    return sums.reduce(0, +)
  }

  /// Σ x², in Double.
  package static func sumOfSquares(_ x: Tensor, threads: Int) -> Double {
    let a = unsafe Address(x.row(0))
    let sums = chunks(x.count, threads: threads) { unsafe tk_sum_squares($1, a.pointer + $0) }
    keep(x, x, x)
    return sums.reduce(0, +)
  }

  /// y += alpha · x
  package static func add(_ x: Tensor, scale alpha: Float, into y: inout Tensor, threads: Int) {
    precondition(x.count == y.count, "adding \(x.shape) to \(y.shape)")
    let (from, to) = unsafe (Address(x.row(0)), MutableAddress(y.mutableRow(0)))
    forEachChunk(y.count, threads: threads) { first, count in
      unsafe tk_axpy(count, alpha, from.pointer + first, to.pointer + first)
    }
    keep(x, x, y)
  }

  /// x *= alpha
  package static func scale(_ x: inout Tensor, by alpha: Float, threads: Int) {
    let (count, to) = unsafe (x.count, MutableAddress(x.mutableRow(0)))
    forEachChunk(count, threads: threads) { unsafe tk_scale($1, alpha, to.pointer + $0) }
  }

  /// x + alpha · y
  package static func sum(_ x: Tensor, _ y: Tensor, scale alpha: Float, threads: Int) -> Tensor {
    precondition(x.shape == y.shape, "sum of \(x.shape) and \(y.shape)")
    var z = Tensor(shape: x.shape, storage: Storage(capacity: x.count))
    let (a, b, to) = unsafe (Address(x.row(0)), Address(y.row(0)), MutableAddress(z.mutableRow(0)))
    forEachChunk(x.count, threads: threads) { first, count in
      unsafe (to.pointer + first).update(from: a.pointer + first, count: count)
      unsafe tk_axpy(count, alpha, b.pointer + first, to.pointer + first)
    }
    keep(x, y, z)
    return z
  }

  private static func chunks(
    _ count: Int, threads: Int, _ body: @Sendable (_ first: Int, _ count: Int) -> Double
  ) -> [Double] {
    Parallel.map(count: (count + chunk - 1) / chunk, threads: threads) { number, _ in
      body(number * chunk, min(chunk, count - number * chunk))
    }
  }

  private static func forEachChunk(
    _ count: Int, threads: Int, _ body: @Sendable (_ first: Int, _ count: Int) -> Void
  ) {
    Parallel.forEach(count: (count + chunk - 1) / chunk, threads: threads) { number, _ in
      body(number * chunk, min(chunk, count - number * chunk))
    }
  }
}

/// Addresses that threads share for the time of a call.
@safe
struct Address: @unchecked Sendable {
  let pointer: UnsafePointer<Float>
  init(_ pointer: UnsafePointer<Float>) { unsafe self.pointer = unsafe pointer }
}

/// An address that threads write behind, each to a part of its own.
@safe
struct MutableAddress: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Float>
  init(_ pointer: UnsafeMutablePointer<Float>) { unsafe self.pointer = unsafe pointer }
}
