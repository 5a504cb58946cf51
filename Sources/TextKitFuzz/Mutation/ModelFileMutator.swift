import TextKitModels

/// Changes model files so that most changes get past the checksum.
struct ModelFileMutator: Sendable {
  let mutator: Mutator
  /// Elements that a shape is let have.
  private static let mostElements = 1 << 16

  func mutated(_ bytes: [UInt8], with other: [UInt8], using random: inout FuzzRandom) -> [UInt8] {
    if random.chance(15) {
      let changed = mutator.mutated(bytes, with: other, using: &random)
      return random.chance(50) ? ModelParts(changed)?.signed() ?? changed : changed
    }
    if random.chance(20) { return changedHeader(bytes, with: other, using: &random) }
    guard var parts = ModelParts(bytes) else { return mutator.mutated(bytes, with: other, using: &random) }
    for _ in 0...random.below(3) {
      if random.chance(45) {
        changeMetadata(&parts, &random)
      } else {
        changeTensor(&parts, ModelParts(other), &random)
      }
    }
    return parts.signed()
  }

  /// Changes the text of the header, whose length is set right; at times it is set wrong.
  private func changedHeader(_ bytes: [UInt8], with other: [UInt8], using random: inout FuzzRandom) -> [UInt8] {
    guard bytes.count > 8 else { return mutator.mutated(bytes, with: other, using: &random) }
    let length = bytes[..<8].reversed().reduce(0) { ($0 << 8 | UInt64($1)) & 0xFFFF_FFFF }
    let end = min(bytes.count, 8 + Int(length))
    let header = mutator.mutated(Array(bytes[8..<end]), with: Array(other.dropFirst(8)), using: &random)
    var size = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> ($0 * 8)) }
    if random.chance(5) { size = Mutator.integer(&random) }
    let changed = size + header + bytes[end...]
    return ModelParts(changed)?.signed() ?? changed
  }

  private func changeMetadata(_ parts: inout ModelParts, _ random: inout FuzzRandom) {
    let keys = parts.metadata.keys.sorted()
    guard let key = random.pick(keys), let value = parts.metadata[key] else {
      parts.metadata["textkit.kind"] = "textkit.labeler"
      return
    }
    // What the file is has been right so far; let it be wrong seldom.
    if key.hasPrefix("textkit."), random.chance(80) { return }
    switch random.below(12) {
    case 0: parts.metadata[key] = nil
    case 1: parts.metadata[key] = random.pick(keys).flatMap { parts.metadata[$0] }
    case 2: parts.metadata[key] = random.pick(Mutator.numerals)
    case 3: parts.metadata[key + "x"] = value
    case 4: parts.metadata[key] = words(value, &random)
    default:
      parts.metadata[key] = String(
        decoding: mutator.mutated(Array(value.utf8), with: Array(value.utf8), using: &random), as: UTF8.self)
    }
  }

  /// Drops, repeats or exchanges one of the words of a list.
  private func words(_ text: String, _ random: inout FuzzRandom) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let place = random.below(words.count)
    switch random.below(4) {
    case 0: words.remove(at: place)
    case 1: words.append(words[place])
    case 2: words.swapAt(place, random.below(words.count))
    default: return ""
    }
    return words.joined(separator: " ")
  }

  private func changeTensor(_ parts: inout ModelParts, _ other: ModelParts?, _ random: inout FuzzRandom) {
    guard !parts.tensors.isEmpty else { return }
    let place = random.below(parts.tensors.count)
    var part = parts.tensors[place]
    switch random.below(10) {
    case 0: part.shape = reshaped(part.shape, &random)
    case 1:
      part.type = random.pick(ModelFile.ElementType.allCases) ?? part.type
    case 2:
      parts.tensors.remove(at: place)
      return
    case 3:
      part.name = random.pick(parts.tensors)?.name ?? part.name
    case 4:
      part = other?.tensors.first { $0.name == part.name } ?? part
    case 5:
      part.bytes = random.pick(parts.tensors)?.bytes ?? part.bytes
    case 6, 7:
      if !part.bytes.isEmpty { fill(&part, &random) }
    default:
      part.bytes = mutator.mutated(part.bytes, with: part.bytes, using: &random)
      if part.type == .uint8, part.shape.count == 1 { part.shape = [part.bytes.count] }
    }
    parts.tensors[place] = part
  }

  /// Another shape: extents exchanged, one more, one less, one that is 0.
  private func reshaped(_ shape: [Int], _ random: inout FuzzRandom) -> [Int] {
    var shape = shape
    let place = random.below(shape.count)
    switch random.below(7) {
    case 0: shape.reverse()
    case 1: shape.append(1)
    case 2: if !shape.isEmpty { shape.remove(at: place) }
    case 3: if !shape.isEmpty { shape[place] = 0 }
    case 4: if !shape.isEmpty { shape[place] += 1 }
    case 5: if !shape.isEmpty { shape[place] = max(0, shape[place] - 1) }
    default: if !shape.isEmpty { shape[place] = random.below(300) }
    }
    let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    return (0...Self.mostElements).contains(count) ? shape : [1]
  }

  /// Puts a number where one stands: NaN, infinity, the largest, minus one.
  private func fill(_ part: inout ModelParts.Part, _ random: inout FuzzRandom) {
    let size = part.type.byteCount
    let floats: [UInt64] = [
      0x7FC0_0000, 0x7F80_0000, 0xFF80_0000, 0x7F7F_FFFF, 0xFF7F_FFFF, 0x0000_0001, 0x7149_F2CA,
    ]
    let halves: [UInt64] = [0x7E00, 0x7C00, 0xFC00, 0x7BFF, 0x0001]
    let integers = Mutator.numbers.map { UInt64(bitPattern: Int64($0)) }
    let value: UInt64
    switch part.type {
    case .float32: value = random.pick(floats) ?? 0
    case .float16, .bfloat16: value = random.pick(halves) ?? 0
    default: value = random.pick(integers) ?? 0
    }
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    let all = random.chance(15)
    let chosen = random.below(part.bytes.count / size)
    for index in 0..<part.bytes.count / size where all || index == chosen {
      part.bytes.replaceSubrange(index * size..<(index + 1) * size, with: bytes)
    }
  }
}
