import CTextKitKernels
import Foundation

/// What a run measured, and on what: the JSON that `--json` writes.
struct BenchmarkReport: Codable {
  struct Machine: Codable {
    var system: String
    var processors: Int
    var instructionSet: String
  }

  var machine: Machine
  var groups: [String: [Measurement]] = [:]

  init() {
    let names = ["baseline", "avx2", "avx512"]
    let isa = Int(tk_isa_current().rawValue)
    machine = Machine(
      system: ProcessInfo.processInfo.operatingSystemVersionString,
      processors: ProcessInfo.processInfo.activeProcessorCount,
      instructionSet: names.indices.contains(isa) ? names[isa] : "unknown")
  }

  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// The measurements of one group as lines of a table.
  static func table(_ measurements: [Measurement]) -> String {
    let width = measurements.map(\.name.count).max() ?? 0
    return measurements.map { measurement in
      var line = measurement.name.padding(toLength: width, withPad: " ", startingAt: 0)
      line += "  " + aligned(measurement.value) + " " + measurement.unit
      if let reference = measurement.reference, let ratio = measurement.ratio {
        line +=
          ", \(Int((ratio * 100).rounded()))% of \(aligned(reference).trimmingCharacters(in: .whitespaces))"
        if let name = measurement.referenceName { line += " (\(name))" }
      }
      return line + "\n"
    }.joined()
  }

  /// Three or more significant digits in ten columns.
  private static func aligned(_ value: Double) -> String {
    let digits = value == 0 ? 1 : max(0, 2 - Int(log10(abs(value)).rounded(.down)))
    let text = value.formatted(
      .number.precision(.fractionLength(digits)).grouping(.never).locale(Locale(identifier: "en_US")))
    return String(repeating: " ", count: max(0, 10 - text.count)) + text
  }
}
