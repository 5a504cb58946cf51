/// XXH64, a fast 64-bit checksum (Yann Collet, "xxHash fast digest algorithm", specification 0.1.1).
///
/// It finds damage, not malice: whoever can change a file can also change its checksum. Bytes may arrive in
/// pieces of any size; the digest depends only on their concatenation. O(1) memory, several GB/s.
package struct XXHash64: Sendable {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// Bytes that the four lanes take in one step.
  private static let stripe = 32

  private let seed: UInt64
  private var lane1: UInt64
  private var lane2: UInt64
  private var lane3: UInt64
  private var lane4: UInt64
  private var byteCount: UInt64 = 0
  /// Bytes that have not filled a stripe yet; always fewer than `stripe`.
  private var pending: [UInt8] = []

  package init(seed: UInt64 = 0) {
    self.seed = seed
    lane1 = seed &+ Self.prime1 &+ Self.prime2
    lane2 = seed &+ Self.prime2
    lane3 = seed
    lane4 = seed &- Self.prime1
  }

  /// The hash of `bytes`.
  package static func hash(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    var hash = XXHash64(seed: seed)
    hash.update(bytes)
    return hash.digest()
  }

  /// Appends `bytes` to what is hashed.
  package mutating func update(_ bytes: RawSpan) {
    byteCount &+= UInt64(bytes.byteCount)
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  private mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var start = 0
    if !pending.isEmpty {
      start = min(Self.stripe - pending.count, bytes.count)
      unsafe pending.append(contentsOf: bytes[..<start])
      guard pending.count == Self.stripe else { return }
      unsafe pending.withUnsafeBytes { unsafe consumeStripes(of: UnsafeRawBufferPointer($0)) }
      pending.removeAll(keepingCapacity: true)
    }
    let end = start + (bytes.count - start) / Self.stripe * Self.stripe
    unsafe consumeStripes(of: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    unsafe pending.append(contentsOf: bytes[end...])
  }

  /// `bytes` holds whole stripes.
  private mutating func consumeStripes(of bytes: UnsafeRawBufferPointer) {
    var (a, b, c, d) = (lane1, lane2, lane3, lane4)
    var offset = 0
    while offset < bytes.count {
      a = unsafe Self.round(a, bytes.littleEndian(at: offset))
      b = unsafe Self.round(b, bytes.littleEndian(at: offset + 8))
      c = unsafe Self.round(c, bytes.littleEndian(at: offset + 16))
      d = unsafe Self.round(d, bytes.littleEndian(at: offset + 24))
      offset += Self.stripe
    }
    (lane1, lane2, lane3, lane4) = (a, b, c, d)
  }

  /// The hash of everything appended so far; more may be appended afterwards.
  package func digest() -> UInt64 {
    var hash = seed &+ Self.prime5
    if byteCount >= UInt64(Self.stripe) {
      hash =
        lane1.rotated(left: 1) &+ lane2.rotated(left: 7) &+ lane3.rotated(left: 12)
        &+ lane4.rotated(left: 18)
      for lane in [lane1, lane2, lane3, lane4] {
        hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
      }
    }
    hash &+= byteCount
    var rest = pending[...]
    while rest.count >= 8 {
      let word = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      hash = (hash ^ Self.round(0, word)).rotated(left: 27) &* Self.prime1 &+ Self.prime4
      rest = rest.dropFirst(8)
    }
    if rest.count >= 4 {
      let word = rest.prefix(4).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      hash = (hash ^ (word &* Self.prime1)).rotated(left: 23) &* Self.prime2 &+ Self.prime3
      rest = rest.dropFirst(4)
    }
    for byte in rest {
      hash = (hash ^ (UInt64(byte) &* Self.prime5)).rotated(left: 11) &* Self.prime1
    }
    hash = (hash ^ (hash >> 33)) &* Self.prime2
    hash = (hash ^ (hash >> 29)) &* Self.prime3
    return hash ^ (hash >> 32)
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    (lane &+ word &* prime2).rotated(left: 31) &* prime1
  }
}

extension UInt64 {
  @inline(__always)
  fileprivate func rotated(left count: UInt64) -> UInt64 { self &<< count | self &>> (64 &- count) }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  fileprivate func littleEndian(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
