/// What keeps hash tables fast whatever text they are given.
///
/// Who knows a table's hash can write words that all want the same slots, and each look-up then takes as long as there are
/// words (Crosby & Wallach 2003). So the tables mix a number into it that is drawn once a process. No result depends on
/// it: tables number what they hold in the order in which it came.
package enum HashSeed {
  /// The number of this process.
  package static let process = UInt64.random(in: UInt64.min...UInt64.max)

  /// A hash of 64 bits whose highest ones say where to look, and which keys share them only the seed tells.
  @inlinable @inline(__always)
  package static func hash(_ key: UInt64, _ seed: UInt64) -> UInt64 {
    let product = (key ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
