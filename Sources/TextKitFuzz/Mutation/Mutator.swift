/// Changes bytes at random: what readers of text and binary data get wrong.
package struct Mutator: Sendable {
  /// Words of the format, put in at random places.
  var tokens: [[UInt8]] = []
  /// No input grows beyond this many bytes.
  package var maximumSize = 1 << 16

  /// Takes the words of a format.
  package init(tokens: [[UInt8]] = []) { self.tokens = tokens }

  /// Numbers at which arithmetic goes wrong.
  static let numbers: [Int] = [
    0, 1, -1, 2, 7, 64, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 1 << 20, 1 << 24, 1 << 31 - 1, 1 << 31,
    -(1 << 31), 1 << 32 - 1, 1 << 32, 1 << 53, 1 << 60, 1 << 62, .max - 1, .max, .min,
  ]

  /// The same as text, and numbers that no integer holds.
  static let numerals: [String] =
    numbers.map(String.init) + [
      "9223372036854775808", "18446744073709551615", "340282366920938463463374607431768211456", "1e308", "1e999",
      "-1e999", "1e-999", "0.5", "-0", "00", "0x10", "1e", ".5", "5.", "NaN", "nan", "Infinity", "inf", "+1",
      String(repeating: "9", count: 400),
    ]

  /// Bytes that are no UTF-8, and characters that are easily mistaken.
  static let oddities: [[UInt8]] = [
    [0x80], [0xBF], [0xC0, 0x80], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xFE, 0xFF],
    [0xF0, 0x9F, 0x98], [0xEF, 0xBB, 0xBF], [0x00], [0x0D], [0x0A], [0x0D, 0x0A], [0xC2, 0x85], [0xE2, 0x80, 0xA8],
    [0xE3, 0x80, 0x80], [0xEF, 0xBF, 0xBD], [0xF0, 0x9F, 0x98, 0x80], [0xCC, 0x81], [0xE2, 0x80, 0x8D],
    [0xF3, 0xA0, 0x80, 0xA0], [0xEF, 0xA4, 0x80], [0x7F], [0x1A], [0x1B, 0x5B],
  ]

  /// One to four changes; `other` is another input, to be mixed in.
  package func mutated(_ bytes: [UInt8], with other: [UInt8], using random: inout FuzzRandom) -> [UInt8] {
    var result = bytes
    for _ in 0...random.below(4) { change(&result, other, &random) }
    if result.count > maximumSize { result.removeLast(result.count - maximumSize) }
    return result
  }

  private func change(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout FuzzRandom) {
    let place = random.below(bytes.count + 1)
    guard !bytes.isEmpty else {
      bytes = random.chance(50) ? other : random.pick(tokens + Self.oddities) ?? [0]
      return
    }
    switch random.below(15) {
    case 0: bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
    case 1: bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
    case 2: overwrite(&bytes, at: random.below(bytes.count), Self.integer(&random))
    case 3: replaceNumber(&bytes, &random)
    case 4: bytes.removeSubrange(random.range(in: bytes.count))
    case 5:
      let range = random.range(in: bytes.count)
      let copies = random.chance(10) ? 1 + random.below(200) : 1
      let stretch = Array(bytes[range])
      let room = max(1, maximumSize / max(1, stretch.count))
      bytes.insert(contentsOf: Array(repeatElement(stretch, count: min(copies, room)).joined()), at: place)
    case 6:
      let count = 1 + random.below(8)
      bytes.insert(contentsOf: (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }, at: place)
    case 7: bytes = Array(bytes[..<place]) + Array(other[random.below(other.count + 1)...])
    case 8:
      if !other.isEmpty { bytes.insert(contentsOf: other[random.range(in: other.count)], at: place) }
    case 9: bytes.insert(contentsOf: random.pick(tokens) ?? [0x20], at: place)
    case 10: overwrite(&bytes, at: random.below(bytes.count), random.pick(tokens) ?? [0x09])
    case 11: bytes.insert(contentsOf: random.pick(Self.oddities) ?? [0xFF], at: place)
    case 12: bytes.removeLast(bytes.count - place)
    case 13:
      let byte = bytes[random.below(bytes.count)]
      bytes.insert(contentsOf: repeatElement(byte, count: 1 << random.below(12)), at: place)
    default:
      let (first, second) = (random.range(in: bytes.count), random.range(in: bytes.count))
      let stretch = Array(bytes[first])
      bytes.replaceSubrange(second, with: stretch)
    }
  }

  private func overwrite(_ bytes: inout [UInt8], at place: Int, _ new: [UInt8]) {
    bytes.replaceSubrange(place..<min(bytes.count, place + new.count), with: new)
  }

  /// One of the numbers in 1 to 8 bytes of either order.
  static func integer(_ random: inout FuzzRandom) -> [UInt8] {
    let number = random.pick(numbers) ?? 0
    let size = 1 << random.below(4)
    let little = (0..<size).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    return random.chance(50) ? little : little.reversed()
  }

  /// Replaces one of the runs of digits by another number.
  private func replaceNumber(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    let numeral = Array((random.pick(Self.numerals) ?? "0").utf8)
    let from = random.below(bytes.count)
    guard let start = bytes[from...].firstIndex(where: isDigit) ?? bytes.firstIndex(where: isDigit) else {
      return bytes.insert(contentsOf: numeral, at: from)
    }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: numeral)
  }
}
