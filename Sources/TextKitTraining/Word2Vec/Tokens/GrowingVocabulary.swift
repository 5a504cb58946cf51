/// The distinct tokens of all text read so far, numbered provisionally, with their counts.
///
/// When they become too many the rarest are forgotten and their ids are given to others, so that memory is bounded
/// by the limit, not by the text. A generation ends where that happens: an id in the spool means today's token only
/// from the generation on in which that token was put in (`births`).
struct GrowingVocabulary: Sendable {
  /// Stands for no id.
  static let none = UInt32.max

  private struct Slot: Sendable {
    /// The token's key (see `TokenKey`), 0 if the slot is empty.
    var key: UInt64 = 0
    var id: UInt32 = 0
  }

  /// A power of two of them, at most half full.
  private var slots = [Slot](repeating: Slot(), count: 1 << 12)
  private var shift: UInt64 = 64 - 12
  private let seed = TokenKey.seed
  private var arena = TokenArena()
  /// The key of each id, `[idCount]`, 0 for one that stands for nothing.
  private var keys: [UInt64] = []
  /// Where the bytes of each longer token are, `[idCount]`.
  private var starts: [Int] = []
  private var lengths: [Int32] = []
  /// How often each token was counted, `[idCount]`.
  private(set) var counts: [Int] = []
  /// The generation from which on each id means its token, `[idCount]`.
  private(set) var births: [UInt32] = []
  private var freeIDs: [UInt32] = []
  /// The number of the generation, from 0.
  private(set) var generation: UInt32 = 0
  /// How many tokens were forgotten; one that came back and was forgotten again counts twice.
  private(set) var forgotten = 0

  /// The number of tokens.
  var count: Int { keys.count - freeIDs.count }
  /// Ids are below this.
  var idCount: Int { keys.count }

  /// Adds all counts of a block; `ids` gets for each id of the block the provisional one.
  mutating func merge(_ block: BlockDictionary, ids: inout [UInt32]) {
    reserve(count + block.count)
    ids.removeAll(keepingCapacity: true)
    ids.append(contentsOf: repeatElement(0, count: block.count))
    // First the counts. Tokens are put in by their first occurrence, so that ids don't depend on blocks.
    for slot in block.slots where slot.key != 0 { ids[Int(slot.id)] = slot.count }
    for token in ids.indices {
      let id = find(block.keys[token], in: block, token)
      counts[Int(id)] += Int(ids[token])
      ids[token] = id
    }
  }

  /// Counts one occurrence of a token of a block and returns its provisional id.
  mutating func add(_ token: Int, of block: BlockDictionary) -> UInt32 {
    reserve(count + 1)
    let id = find(block.keys[token], in: block, token)
    counts[Int(id)] += 1
    return id
  }

  /// Whether an id means a token of today where it was written in a generation.
  func holds(_ id: UInt32, in generation: UInt32) -> Bool { keys[Int(id)] != 0 && births[Int(id)] <= generation }

  /// From now on each id means its token wherever it stands.
  mutating func endGenerations() {
    for id in births.indices { births[id] = 0 }
    generation = 0
  }

  /// Adds to a token's count, or takes from it.
  mutating func count(_ id: UInt32, _ change: Int) { counts[Int(id)] += change }

  /// The id of a token, which is put in with a count of 0 if it is new; 8 bytes follow `range`, which isn't empty.
  mutating func id(of text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    reserve(count + 1)
    return find(TokenKey.key(of: text, range), text, range)
  }

  private mutating func find(_ key: UInt64, in block: BlockDictionary, _ token: Int) -> UInt32 {
    let range = block.ranges[token]
    return find(key, block.bytes.bytes.span, Int(range.lowerBound)..<Int(range.upperBound))
  }

  private mutating func find(_ key: UInt64, _ text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var place = TokenKey.home(key, shift: shift, seed: seed)
    while true {
      let slot = slots[place]
      if slot.key == key, TokenKey.isExact(key) || isEqual(Int(slot.id), text, range) { return slot.id }
      if slot.key == 0 { return insert(key, text, range, at: place) }
      place = (place &+ 1) & (slots.count &- 1)
    }
  }

  private func isEqual(_ id: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    Int(lengths[id]) == range.count && arena.equals(starts[id], text, range)
  }

  private mutating func insert(_ key: UInt64, _ text: Span<UInt8>, _ range: Range<Int>, at place: Int) -> UInt32 {
    let isExact = TokenKey.isExact(key)
    let stored = isExact ? 0..<0 : arena.append(text, range)
    let id: UInt32
    if let free = freeIDs.popLast() {
      id = free
      keys[Int(id)] = key
      starts[Int(id)] = stored.lowerBound
      lengths[Int(id)] = Int32(stored.count)
      counts[Int(id)] = 0
      births[Int(id)] = generation
    } else {
      precondition(keys.count < TokenCorpus.gap, "a vocabulary holds at most \(TokenCorpus.gap) tokens")
      id = UInt32(keys.count)
      keys.append(key)
      starts.append(stored.lowerBound)
      lengths.append(Int32(stored.count))
      counts.append(0)
      births.append(generation)
    }
    slots[place] = Slot(key: key, id: id)
    return id
  }

  /// Makes room for so many tokens.
  private mutating func reserve(_ tokens: Int) {
    if 2 * tokens <= slots.count { return }
    var size = slots.count
    while size < 2 * tokens { size *= 2 }
    rebuild(size: size)
  }

  private mutating func rebuild(size: Int) {
    slots = Array(repeating: Slot(), count: size)
    shift = UInt64(64 - size.trailingZeroBitCount)
    for id in keys.indices where keys[id] != 0 {
      var place = TokenKey.home(keys[id], shift: shift, seed: seed)
      while slots[place].key != 0 { place = (place + 1) & (size - 1) }
      slots[place] = Slot(key: keys[id], id: UInt32(id))
    }
  }
}

extension GrowingVocabulary {
  /// Forgets the rarest tokens: those counted less than the lowest count that leaves at most `kept` of them. A new
  /// generation begins.
  mutating func prune(toAtMost kept: Int) {
    let ranked = keys.indices.filter { keys[$0] != 0 }.map { counts[$0] }.sorted(by: >)
    guard kept < ranked.count else { return }
    let lowest = ranked[kept] + 1
    var compact = TokenArena()
    for id in keys.indices where keys[id] != 0 {
      if counts[id] < lowest {
        keys[id] = 0
        counts[id] = 0
        freeIDs.append(UInt32(id))
        forgotten += 1
      } else if !TokenKey.isExact(keys[id]) {
        starts[id] = compact.append(arena.bytes.span, starts[id]..<(starts[id] + Int(lengths[id]))).lowerBound
      }
    }
    arena = compact
    rebuild(size: slots.count)
    generation += 1
  }

  /// Appends the bytes of a token.
  func appendBytes(of id: UInt32, to bytes: inout [UInt8]) {
    let key = keys[Int(id)]
    if TokenKey.isExact(key) {
      for place in 0..<TokenKey.exactCount(key) { bytes.append(UInt8(truncatingIfNeeded: key >> UInt64(8 * place))) }
    } else {
      bytes.append(contentsOf: arena.bytes[starts[Int(id)]..<(starts[Int(id)] + Int(lengths[Int(id)]))])
    }
  }

  /// The ids of the tokens counted at least `minimumCount` times, by falling count, ties by rising bytes.
  func ranked(minimumCount: Int, maximumSize: Int?) -> ArraySlice<UInt32> {
    var entries: [(count: Int, prefix: UInt64, id: UInt32)] = []
    for id in keys.indices where keys[id] != 0 && counts[id] >= max(1, minimumCount) {
      entries.append((counts[id], prefix(id), UInt32(id)))
    }
    entries.sort { left, right in
      if left.count != right.count { return left.count > right.count }
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      var (first, second): ([UInt8], [UInt8]) = ([], [])
      appendBytes(of: left.id, to: &first)
      appendBytes(of: right.id, to: &second)
      return first.lexicographicallyPrecedes(second)
    }
    return entries.prefix(maximumSize ?? entries.count).map(\.id)[...]
  }

  /// The first 8 bytes of a token, the first highest.
  private func prefix(_ id: Int) -> UInt64 {
    TokenKey.isExact(keys[id])
      ? ((keys[id] << 8) >> 8).byteSwapped : arena.bytes.span.word(at: starts[id]).byteSwapped
  }
}
