import Foundation
import TextKit
import TextKitPretrained

extension BenchmarkGroup {
  /// Segmentation by the shipped model.
  static let segmentation = BenchmarkGroup(
    name: "segmentation", summary: "characters/s of segmenting by the shipped model, on one thread"
  ) {
    let (lines, name) = try BenchmarkText.raw(bytes: 2_000_000)
    let segmenter = try Pretrained.segmenter()
    let blocks = stride(from: 0, to: lines.count, by: 200).map {
      TextBlock(lines: Array(lines[$0..<min($0 + 200, lines.count)]))
    }
    let characters = lines.reduce(0) { $0 + $1.count { $0 & 0xC0 != 0x80 } }
    let seconds =
      ContinuousClock().measure {
        for block in blocks { _ = segmenter.segment(block) }
      } / .seconds(1)
    // What PyTorch's reference of the same architecture predicted on such a machine (2026-11-23).
    return [
      Measurement(
        "shipped model, \(name)", Double(characters) / seconds, "characters/s", against: 70_148,
        "PyTorch reference, 1 thread")
    ]
  }
}
