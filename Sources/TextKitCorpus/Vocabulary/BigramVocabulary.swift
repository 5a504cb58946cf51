/// Pairs of neighboring scalars to ids: frozen, one hash look-up a pair.
///
/// Id 0 is every unknown pair; 1 and up are the pairs in the order given. Either side may be
/// `ScalarText.boundary`. Problem: a set of some 10^6 pairs has to answer for each character of a corpus, mostly
/// out of cache. Open addressing with linear probing at a load of at most 1/2 (Knuth, TAOCP 3, 6.4, algorithm L),
/// key and id packed into one word, so that a look-up touches one cache line.
public struct BigramVocabulary: Sendable {
  /// The id of every pair that isn't in the vocabulary.
  public static let unknownID: Int32 = 0
  /// The most pairs a vocabulary can hold.
  public static let capacity = 1 << Int(idBits) - 1

  private static let idBits: UInt64 = 22

  /// The known pairs, `[count - 1]`, first scalar << 21 | second; the id of `pairs[i]` is `i + 1`.
  let pairs: [UInt64]
  /// Slots of pair << 22 | id, 0 if empty; the length is a power of two.
  private let slots: [UInt64]
  /// 64 less the logarithm of the number of slots.
  private let shift: UInt64
  private let seed: UInt64

  /// The number of ids, that of the unknown among them.
  public var count: Int { pairs.count + 1 }

  /// Creates the vocabulary of distinct pairs in the order of their ids; at most `capacity`.
  public init(pairs: [(first: UInt32, second: UInt32)]) {
    for (first, second) in pairs {
      precondition(
        Self.isSymbol(first) && Self.isSymbol(second),
        "a pair holds scalars or boundaries, got 0x\(String(first, radix: 16)) 0x\(String(second, radix: 16))"
      )
    }
    self.init(packed: pairs.map { Self.pack($0.first, $0.second) })
  }

  /// - Parameter seed: mixed into hashes, see `HashSeed`.
  init(packed pairs: [UInt64], seed: UInt64 = HashSeed.process) {
    precondition(
      pairs.count <= Self.capacity, "a vocabulary holds at most \(Self.capacity) pairs, got \(pairs.count)")
    var bits: UInt64 = 4
    while 1 << Int(bits) < 2 * pairs.count { bits += 1 }
    var slots = [UInt64](repeating: 0, count: 1 << Int(bits))
    for (index, pair) in pairs.enumerated() {
      var slot = Self.home(pair, shift: 64 - bits, seed: seed)
      while slots[slot] != 0 {
        precondition(slots[slot] >> Self.idBits != pair, "the pair of id \(index + 1) is there twice")
        slot = (slot + 1) & (slots.count - 1)
      }
      slots[slot] = pair << Self.idBits | UInt64(index + 1)
    }
    self.pairs = pairs
    self.slots = slots
    shift = 64 - bits
    self.seed = seed
  }

  /// The id of a pair.
  public subscript(first: UInt32, second: UInt32) -> Int32 {
    guard first <= ScalarText.boundary, second <= ScalarText.boundary else { return Self.unknownID }
    return Self.id(of: Self.pack(first, second), in: slots.span, shift: shift, seed: seed)
  }

  /// The pair of an id, nil for that of the unknown.
  public func pair(at id: Int32) -> (first: UInt32, second: UInt32)? {
    precondition(0 <= id && Int(id) < count, "the id \(id) is not in 0..<\(count)")
    return id == Self.unknownID ? nil : Self.unpack(pairs[Int(id) - 1])
  }

  /// Appends the ids of the pairs of a sequence with a boundary at both ends, `[scalars.count + 1]`: (boundary,
  /// first), …, (last, boundary). The pair left of scalar `i` is element `i`, the pair right of it `i + 1`.
  /// Nothing for an empty sequence.
  public func appendPairIDs(of scalars: Span<UInt32>, to ids: inout [Int32]) {
    let count = scalars.count
    if count == 0 { return }
    let (shift, seed) = (shift, seed)
    let slots = slots.span
    ids.append(atMost: count + 1) { (output: inout OutputSpan<Int32>) in
      var previous = ScalarText.boundary
      for index in 0...count {
        let next = index < count ? scalars[index] : ScalarText.boundary
        if next <= ScalarText.boundary && previous <= ScalarText.boundary {
          output.append(Self.id(of: Self.pack(previous, next), in: slots, shift: shift, seed: seed))
        } else {
          output.append(Self.unknownID)
        }
        previous = next
      }
    }
  }

  /// Appends for each scalar the id of the pair with its left and with its right neighbor, `[scalars.count]` each.
  public func appendIDs(of scalars: Span<UInt32>, left: inout [Int32], right: inout [Int32]) {
    let start = left.count
    appendPairIDs(of: scalars, to: &left)
    if scalars.isEmpty { return }
    right.append(contentsOf: left[(start + 1)...])
    left.removeLast()
  }

  /// Whether a value may stand in a pair: a Unicode scalar or the boundary.
  static func isSymbol(_ value: UInt32) -> Bool {
    Unicode.Scalar(value) != nil || value == ScalarText.boundary
  }

  @inline(__always)
  static func pack(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 21 | UInt64(second) }

  static func unpack(_ pair: UInt64) -> (first: UInt32, second: UInt32) {
    (UInt32(truncatingIfNeeded: pair >> 21), UInt32(truncatingIfNeeded: pair & 0x1F_FFFF))
  }

  /// Where to look first.
  @inline(__always)
  private static func home(_ pair: UInt64, shift: UInt64, seed: UInt64) -> Int {
    Int(truncatingIfNeeded: HashSeed.hash(pair, seed) >> shift)
  }

  @inline(__always)
  private static func id(of pair: UInt64, in slots: Span<UInt64>, shift: UInt64, seed: UInt64) -> Int32 {
    var slot = home(pair, shift: shift, seed: seed)
    while true {
      let entry = slots[slot]
      if entry >> idBits == pair { return Int32(truncatingIfNeeded: entry & (1 << idBits - 1)) }
      if entry == 0 { return unknownID }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
  }
}

extension BigramVocabulary: Equatable {
  /// Whether two vocabularies give the same ids.
  public static func == (left: BigramVocabulary, right: BigramVocabulary) -> Bool {
    left.pairs == right.pairs
  }
}
