import Foundation
import TextKitCorpus

/// A regular expression with a type.
///
/// Foundation's, which is ICU's, and not Swift's `Regex`: it is `Sendable`, and ran 2 to 20 times as fast over Chinese
/// and English text (10 to 200 MB/s against 3 to 60; one core, release build, both linked statically).
///
/// It backtracks: `(a+)+b` takes twice as long for each further `a`. Steps are counted, so that no list can stop a run:
/// an expression with a repeated group is tried on short texts, and is none of the list where it takes too many; in a
/// text the search ends, with what was found so far, after a number of steps that grows with the text alone.
/// One of the few files with unsafe code: a search is ended through the pointer that Foundation hands its observer.
struct PatternExpression: Sendable {
  /// Why something is no expression of a list.
  enum Fault: Error {
    case malformed
    /// It takes time without end over a short text.
    case endless
  }

  private let expression: NSRegularExpression
  /// The number of the type.
  let type: Int

  /// Reports of ICU, one about every 20,000 steps of a search, and one for every place where a match is looked for: how
  /// many, beside those of the places, end it in the texts that an expression is tried on, and in a text of a run.
  private static let mostReportsOfTrial = 50
  private static let mostReports = 500

  /// Compiles an expression.
  init(_ pattern: String, type: Int) throws(Fault) {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { throw .malformed }
    self.expression = expression
    self.type = type
    for text in Self.trials(of: pattern) {
      let search = search(text, unitCount: text.utf16.count, mostReports: Self.mostReportsOfTrial + text.utf16.count)
      if search.isCut { throw .endless }
    }
  }

  /// The stretches of a text that match, from left to right, white space at their edges left out.
  func matches(in text: PatternText) -> [Range<Int>] {
    search(text.string, unitCount: text.unitCount, mostReports: Self.mostReports + text.unitCount).found
      .compactMap { text.scalars(ofUnits: $0) }
  }

  /// What a search has found and how far it may go.
  private struct Search {
    /// UTF-16 units of every match that is not empty.
    var found: [Range<Int>] = []
    /// Whether the search was ended by the number of its steps.
    var isCut = false
  }

  private func search(_ text: String, unitCount: Int, mostReports: Int) -> Search {
    var search = Search()
    var reports = 0
    unsafe expression.enumerateMatches(
      in: text, options: .reportProgress, range: NSRange(location: 0, length: unitCount)
    ) { match, flags, stop in
      if flags.contains(.progress) {
        reports += 1
        if reports > mostReports {
          search.isCut = true
          unsafe stop.pointee = true
        }
      } else if let range = match?.range, range.length > 0 {
        search.found.append(range.location..<range.location + range.length)
      }
    }
    return search
  }

  /// Texts over which expressions with a repeated group may backtrack: each of an expression's characters many times,
  /// and all of its letters and digits one after another.
  private static func trials(of pattern: String) -> [String] {
    let scalars = Array(pattern.unicodeScalars)
    let repeats = zip(scalars, scalars.dropFirst()).contains { $0 == ")" && ["+", "*", "{"].contains($1) }
    guard repeats else { return [] }
    var characters: [Unicode.Scalar] = ["a", "0", " ", "中"]
    for scalar in scalars where characters.count < 32 && !characters.contains(scalar) { characters.append(scalar) }
    let letters = scalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    var trials = characters.map { String(repeating: String($0), count: 64) + "\u{1}" }
    if !letters.isEmpty {
      var run = String.UnicodeScalarView()
      while run.count < 64 { run.append(contentsOf: letters.prefix(64)) }
      trials.append(String(run) + "\u{1}")
    }
    return trials
  }
}

/// A text as expressions read it: a string, and the scalar of every UTF-16 unit.
struct PatternText {
  let string: String
  /// The number of UTF-16 units.
  let unitCount: Int
  private let scalars: [UInt32]
  /// The number of each scalar's first unit, `[scalars + 1]`; nil where every scalar is one unit.
  private let starts: [Int32]?

  init(_ scalars: [UInt32]) {
    string = UTF8Encoder.string(scalars.span)
    self.scalars = scalars
    if scalars.allSatisfy({ $0 < 0x10000 }) {
      starts = nil
      unitCount = scalars.count
    } else {
      var starts: [Int32] = [0]
      starts.reserveCapacity(scalars.count + 1)
      var unit: Int32 = 0
      for scalar in scalars {
        unit += scalar < 0x10000 ? 1 : 2
        starts.append(unit)
      }
      self.starts = starts
      unitCount = Int(unit)
    }
  }

  /// The scalars that some units belong to, without white space at the edges; nil where that is all.
  func scalars(ofUnits units: Range<Int>) -> Range<Int>? {
    var first = scalar(ofUnit: units.lowerBound)
    var last = scalar(ofUnit: units.upperBound)
    while first < last, ScalarKind.isWhiteSpace(scalars[first]) { first += 1 }
    while first < last, ScalarKind.isWhiteSpace(scalars[last - 1]) { last -= 1 }
    return first < last ? first..<last : nil
  }

  /// The first scalar that begins at a unit or behind it.
  private func scalar(ofUnit unit: Int) -> Int {
    guard let starts else { return unit }
    var (low, high) = (0, scalars.count)
    while low < high {
      let middle = low + (high - low) / 2
      if Int(starts[middle]) >= unit { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
