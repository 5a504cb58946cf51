/// What the reader of a file of word vectors met: real files hold rows that can't be used.
public struct VectorFileReport: Sendable, Hashable {
  /// How often something was met, and where first.
  public struct Finding: Sendable, Hashable {
    /// The number of rows.
    public var count = 0
    /// The line of the first, from 1; in a binary file the number of the row.
    public var firstLine: Int?

    mutating func note(line: Int) {
      count += 1
      firstLine = min(firstLine ?? line, line)
    }

    mutating func merge(_ other: Finding, linesBefore: Int) {
      count += other.count
      if let line = other.firstLine { firstLine = min(firstLine ?? .max, line + linesBefore) }
    }
  }

  /// The format of the file.
  public var format: VectorFileFormat
  /// The number of rows that the first line of the file promises, where it has one.
  public var declaredCount: Int?
  /// The number of rows that the file was found to have, those that were skipped among them.
  public var foundCount = 0
  /// Whether reading stopped at the limit that the caller set.
  public var isLimited = false
  /// Rows skipped since they have not as many fields as the others, or are longer than 64 KB and 64 bytes a number.
  public var wrongWidth = Finding()
  /// Rows skipped since something that should be a number is none.
  public var notNumbers = Finding()
  /// Rows skipped for a number that is infinite or not a number.
  public var notFinite = Finding()
  /// Rows skipped since an earlier row has the same word.
  public var duplicates = Finding()
  /// Rows at the end that the file breaks off in.
  public var truncated = Finding()
  /// Rows that are kept though their word was not valid UTF-8: U+FFFD stands where it wasn't.
  public var repaired = Finding()

  init(format: VectorFileFormat) { self.format = format }

  /// Takes in what was found in the lines after the first `linesBefore`.
  mutating func merge(_ other: VectorFileReport, linesBefore: Int) {
    foundCount += other.foundCount
    wrongWidth.merge(other.wrongWidth, linesBefore: linesBefore)
    notNumbers.merge(other.notNumbers, linesBefore: linesBefore)
    notFinite.merge(other.notFinite, linesBefore: linesBefore)
    duplicates.merge(other.duplicates, linesBefore: linesBefore)
    truncated.merge(other.truncated, linesBefore: linesBefore)
    repaired.merge(other.repaired, linesBefore: linesBefore)
  }

  /// The number of rows that were skipped.
  public var skippedCount: Int {
    wrongWidth.count + notNumbers.count + notFinite.count + duplicates.count + truncated.count
  }

  /// The line of the first row that was skipped.
  var firstSkippedLine: Int? {
    [wrongWidth, notNumbers, notFinite, duplicates, truncated].compactMap(\.firstLine).min()
  }

  /// What a user should know, a sentence each; empty when the file was as it should be.
  public var notes: [String] {
    var notes: [String] = []
    if let declaredCount, declaredCount != foundCount, !isLimited {
      notes.append("the first line promises \(declaredCount) rows, the file has \(foundCount)")
    }
    let place = format == .binary ? "row" : "line"
    func add(_ finding: Finding, _ what: String) {
      guard finding.count > 0 else { return }
      let first = finding.firstLine.map { ", the first on \(place) \($0)" } ?? ""
      notes.append("\(finding.count) \(finding.count == 1 ? "row" : "rows") \(what)\(first)")
    }
    add(wrongWidth, "of the wrong width skipped")
    add(notNumbers, "with something that is no number skipped")
    add(notFinite, "with an infinite or undefined number skipped")
    add(duplicates, "of a word that was there before skipped")
    add(truncated, "broken off at the end skipped")
    add(repaired, "of a word that is not valid UTF-8 repaired")
    return notes
  }
}
