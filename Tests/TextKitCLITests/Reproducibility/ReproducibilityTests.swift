import Foundation
import Testing
import TextKitTestSupport

/// What the article on reproducibility says of runs, threads and instruction sets.
@Suite("Reproducibility")
final class ReproducibilityTests {
  /// One command of a row.
  struct Case: Sendable, CustomTestStringConvertible {
    let row: ReproducibleRow
    let command: String

    var testDescription: String { "\(row.name): \(command)" }

    static let all = ReproducibleRow.all.flatMap { row in row.commands.map { Case(row: row, command: $0) } }
  }

  private let folder: URL

  init() throws { folder = try ProgramRun.folderWithCorpora() }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs a command; returns its checksum: that of the file, of the folder's files, or of standard output.
  private func checksum(_ command: String, threads: Int = 1, _ environment: [String: String] = [:]) throws -> String {
    let sum = "if [ -d out ]; then cat out/*; elif [ -e out ]; then cat out; else cat printed; fi | cksum"
    let run = try ProgramRun(
      "rm -rf out; { \(command); } > printed && \(sum)", in: folder,
      environment: environment.merging(["J": "\(threads)"]) { $1 })
    try #require(run.code == 0, "\(command)\n\(run.diagnostics)")
    // The checksum of nothing.
    #expect(!run.output.hasPrefix("4294967295 0"), "\(command)")
    return run.output
  }

  @Test("each 'yes' of the table", arguments: Case.all)
  func same(_ example: Case) throws {
    let row = example.row
    let first = try checksum(example.command)
    if row.runs == .yes { #expect(try checksum(example.command) == first, "a second run") }
    if row.threads == .yes {
      for threads in [2, 3] {
        #expect(try checksum(example.command, threads: threads) == first, "\(threads) threads")
      }
    }
    if row.instructionSets == .yes {
      for path in KernelPath.available {
        let found = try checksum(example.command, ["TEXTKIT_ISA": path.name])
        #expect(found == first, "TEXTKIT_ISA=\(path.name)")
      }
    }
  }

  @Test("the table of the article has these rows and no others")
  func table() throws {
    let article = URL(filePath: SampleCorpus.path("")).deletingLastPathComponent().appending(
      path: "Sources/TextKit/TextKit.docc/Reproducibility.md")
    let lines = try String(contentsOf: article, encoding: .utf8).split(separator: "\n")
    let table = lines.drop { !$0.hasPrefix("| What |") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
    let found = table.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    try #require(found.allSatisfy { $0.count == 4 }, "\(found)")
    #expect(found.map { $0[0] } == ReproducibleRow.all.map(\.name))
    for (cells, row) in zip(found, ReproducibleRow.all) {
      for (cell, expected) in zip(cells.dropFirst(), [row.runs, row.threads, row.instructionSets]) {
        let answer = cell.prefix { $0 != ":" }
        #expect(answer == expected.rawValue, "\(row.name): \(cell)")
        // A 'no' says why.
        #expect((answer == cell) == (expected != .no), "\(row.name): \(cell)")
      }
    }
  }
}
