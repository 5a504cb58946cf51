import Synchronization

/// A block of Float32 memory, aligned to a cache line, with contents undefined until written.
///
/// Unsafe code lives here: the block is allocated in `init`, freed (or handed back to its workspace) in `deinit`,
/// and never outgrown. `Tensor` is its only owner and copies it on write, which makes sharing it between threads
/// for reading sound.
@safe
final class Storage: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
  let capacity: Int
  private let workspace: Workspace?

  /// Allocates room for `capacity` elements, rounded up to a whole number of cache lines.
  init(capacity: Int) {
    self.capacity = capacity
    self.workspace = nil
    unsafe self.base = Storage.allocate(capacity)
  }

  /// Takes over a block that `workspace` gets back when this storage dies.
  init(block: UnsafeMutablePointer<Float>, capacity: Int, workspace: Workspace) {
    self.capacity = capacity
    self.workspace = workspace
    unsafe self.base = unsafe block
  }

  deinit {
    if let workspace {
      unsafe workspace.recycle(base, capacity: capacity)
    } else {
      unsafe Storage.free(base)
    }
  }

  static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Float> {
    let bytes = max(64, (capacity * 4 + 63) / 64 * 64)
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    return unsafe raw.bindMemory(to: Float.self, capacity: bytes / 4)
  }

  static func free(_ block: UnsafeMutablePointer<Float>) {
    unsafe UnsafeMutableRawPointer(block).deallocate()
  }
}

/// A pool of memory blocks for the tensors of one pass after another.
///
/// A training step makes the same tensors as the step before it, so after the first step nothing is allocated. A
/// tensor's block comes back by itself when the last copy of the tensor goes. Safe to use from several threads,
/// meant for one.
public final class Workspace: Sendable {
  /// A free block.
  @safe
  private struct Block: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Float>
  }
  private struct Pool {
    var free: [Int: [Block]] = [:]
    var bytes = 0
  }
  private let pool = Mutex(Pool())

  /// Makes an empty pool.
  public init() {}

  deinit {
    pool.withLock { pool in
      for blocks in pool.free.values {
        for block in blocks { unsafe Storage.free(block.pointer) }
      }
    }
  }

  /// Bytes of all blocks that this pool ever allocated, used and free.
  public var allocatedBytes: Int { pool.withLock { $0.bytes } }

  /// A tensor with undefined contents.
  ///
  /// A large free block serves requests of half its size and more, so that what is held follows the largest passes and
  /// not the number of different sizes that came by. Small blocks serve their own size class only: holding some more of
  /// them costs less than a large request that finds its block taken by a small one.
  func make(_ shape: Shape) -> Tensor {
    let wanted = Workspace.sizeClass(shape.count)
    let found = pool.withLock { pool -> (block: Block, capacity: Int)? in
      var capacity = wanted
      while capacity == wanted || (wanted >= Workspace.largeBlock && capacity <= 2 * wanted) {
        if let block = pool.free[capacity]?.popLast() { return (block, capacity) }
        capacity = Workspace.sizeClass(capacity + 1)
      }
      pool.bytes += wanted * 4
      return nil
    }
    let capacity = found?.capacity ?? wanted
    let pointer = unsafe found?.block.pointer ?? Storage.allocate(capacity)
    return Tensor(shape: shape, storage: unsafe Storage(block: pointer, capacity: capacity, workspace: self))
  }

  func recycle(_ block: UnsafeMutablePointer<Float>, capacity: Int) {
    let block = unsafe Block(pointer: block)
    pool.withLock { $0.free[capacity, default: []].append(block) }
  }

  /// Elements from which on a block is large.
  private static let largeBlock = 1 << 14

  /// The size class of a block: steps of an eighth of the next lower power of two, at least 64 elements, so that
  /// at most an eighth is wasted and batches of similar size share blocks.
  static func sizeClass(_ count: Int) -> Int {
    guard count > 64 else { return 64 }
    let step = max(64, (1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)) / 8)
    return (count + step - 1) / step * step
  }
}
