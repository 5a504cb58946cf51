import Foundation
import TextKit
import TextKitCommandLine

/// A check as a table and a list.
struct CorpusCheckText {
  private let check: CorpusCheck
  private let limit: Int

  init(_ check: CorpusCheck, limit: Int) {
    self.check = check
    self.limit = limit
  }

  var text: String { (partLines + [""] + labelLines + [""] + findingLines).joined(separator: "\n") + "\n" }

  /// Whether labels are types of entities.
  private var isOfEntities: Bool { check.parts[0].format != nil }

  private var partLines: [String] {
    let head = ["texts"] + (isOfEntities ? ["entities", "types"] : ["labels"])
    return [row("part", head + ["min", "median", "95%", "max", "mean"] + (isOfEntities ? ["format"] : []))]
      + check.parts.map { part in
        let lengths = part.lengths
        let entities = isOfEntities ? [part.labelCounts.values.reduce(0, +)] : []
        let figures =
          [part.documentCount] + entities + [
            part.labelCounts.count, lengths.minimum, lengths.median, lengths.percentile95, lengths.maximum,
          ]
        let layout = part.format.map { [$0.rawValue + (part.scheme.map { ", \($0.rawValue)" } ?? "")] } ?? []
        return row(part.name, figures.map(String.init) + [String(format: "%.1f", lengths.mean)] + layout)
      }
  }

  /// Each label with its count in every part.
  private var labelLines: [String] {
    var seen: Set<String> = []
    let labels = check.parts.flatMap { $0.distribution.map(\.label) }.filter { seen.insert($0).inserted }
    let shown = labels.prefix(40).map { label in
      row(label, check.parts.map { String($0.labelCounts[label] ?? 0) })
    }
    let rest = labels.count - shown.count
    return [row(isOfEntities ? "type" : "label", check.parts.map(\.name))] + shown
      + (rest > 0 ? ["… and \(rest) more"] : [])
  }

  private var findingLines: [String] {
    if check.findings.isEmpty { return ["nothing found"] }
    return CorpusFinding.Kind.allCases.flatMap { kind in
      let findings = check.findings(kind)
      if findings.isEmpty { return [String]() }
      let exact = findings.count { $0.isExact == true }
      let counts = check.parts.map(\.name).compactMap { part -> String? in
        let count = findings.reduce(0) { $0 + ($1.documentCounts[part] ?? 0) }
        return count == 0 ? nil : "\(count) in \(part)"
      }
      let remark =
        findings[0].isExact == nil ? "" : " (\(exact) exactly): documents: \(counts.joined(separator: ", "))"
      let head = "\(kind.isProblem ? "problem" : "note"): \(findings.count) \(kind.title)\(remark)"
      let rest = findings.count - limit
      return [head] + findings.prefix(limit).flatMap(lines) + (rest > 0 ? ["  … and \(rest) more"] : [])
    }
  }

  private func lines(_ finding: CorpusFinding) -> [String] {
    if finding.places.isEmpty { return ["  \(finding.message)"] }
    let places = finding.places.prefix(3).joined(separator: ", ")
    let rest = finding.documentCount - min(3, finding.places.count)
    return ["  \(finding.message)", "    \(places)\(rest > 0 ? " and \(rest) more" : "")"]
  }

  private func row(_ name: String, _ values: [String]) -> String {
    TextLayout.padded(name, to: 24) + values.map { String(repeating: " ", count: max(1, 9 - $0.count)) + $0 }.joined()
  }
}
