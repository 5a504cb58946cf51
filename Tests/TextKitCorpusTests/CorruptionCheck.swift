import Testing
import TextKitCorpus
import TextKitTestSupport

/// Breaks a serialized value in every place: what still loads has to be written again byte for byte, so that no
/// damage is half understood. Returns how many of the broken forms were refused.
func refusals(
  of bytes: [UInt8], seed: UInt64, reload: ([UInt8]) throws(CorpusError) -> [UInt8]
) throws -> (refused: Int, tried: Int) {
  var random = SeededRandom(seed: seed)
  var forms = (0..<bytes.count).map { Array(bytes[..<$0]) }
  forms += bytes.indices.map { index in
    var form = bytes
    form[index] ^= UInt8(random.integer(in: 1..<256))
    return form
  }
  forms += bytes.indices.map { index in
    var form = bytes
    form.insert(random.pick([0x0A, 0x20, 0x5C, 0x62, 0x30, 0xE4, 0xFF]), at: index)
    return form
  }
  forms += [bytes + [0x0A], bytes + bytes]
  var refused = 0
  for form in forms {
    do {
      let again = try reload(form)
      #expect(again == form, "seed \(seed)")
    } catch {
      refused += 1
    }
  }
  return (refused, forms.count)
}
