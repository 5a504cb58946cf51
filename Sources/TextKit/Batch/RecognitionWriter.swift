import TextKitCorpus
import TextKitModels

/// Writes texts with their entities: `head`, then a record for each text, then `foot`.
public struct RecognitionWriter: Sendable {
  /// One sentence's reading and how probable it is.
  public typealias Reading = (entities: [Entity], probability: Double)

  /// How records are written.
  public let format: RecognitionFormat
  /// What a token of columns is.
  public let unit: LabelingUnit
  /// Whether `text` marks entities with the colors of a terminal too.
  public let usesColor: Bool
  private let types: [String: Int]

  /// Sets up writing.
  ///
  /// - Parameters:
  ///   - format: how records are written.
  ///   - types: those that may occur, in the order that gives them their colors.
  ///   - unit: what a token of columns is.
  ///   - usesColor: whether `text` marks entities with the colors of a terminal too.
  public init(_ format: RecognitionFormat, types: [String], unit: LabelingUnit, usesColor: Bool = false) {
    self.format = format
    self.unit = unit
    self.usesColor = usesColor
    self.types = Dictionary(types.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// Sets up writing what a recognizer finds.
  public init(_ format: RecognitionFormat, for recognizer: EntityRecognizer, usesColor: Bool = false) {
    self.init(format, types: recognizer.types, unit: recognizer.unit, usesColor: usesColor)
  }

  /// What stands before the first record.
  public var head: String { format == .html ? RecognitionPage.head(types: types.count) : "" }

  /// What stands after the last record.
  ///
  /// - Parameters:
  ///   - textCount: how many texts were written.
  ///   - counts: how many entities of each type were.
  public func foot(textCount: Int, counts: [String: Int]) -> String {
    guard format == .html else { return "" }
    let found = counts.filter { $0.value > 0 }.sorted { (number(of: $0.key), $0.key) < (number(of: $1.key), $1.key) }
    return RecognitionPage.foot(textCount: textCount, counts: found.map { ($0.key, number(of: $0.key), $0.value) })
  }

  /// Adds the record of one text.
  ///
  /// - Parameters:
  ///   - entities: in the order in which they stand; none overlap.
  ///   - text: the bytes of the text.
  ///   - readings: the best readings of each sentence, for `jsonl`.
  ///   - output: gets the record.
  public func append(
    _ entities: [Entity], text: ArraySlice<UInt8>, readings: [[Reading]]? = nil, to output: inout [UInt8]
  ) {
    switch format {
    case .text:
      appendMarked(entities, text, to: &output)
      output.append(UInt8(ascii: "\n"))
    case .conll: appendColumns(entities, text, to: &output)
    case .jsonl: appendJSON(entities, text, readings, to: &output)
    case .html: appendHTML(entities, text, to: &output)
    }
  }

  /// The number of a type; that of one that was not foreseen is the next one.
  func number(of type: String) -> Int { types[type] ?? types.count }

  // MARK: Text

  /// Adds a text with its entities in brackets, LF and CR as blanks.
  func appendMarked(_ entities: [Entity], _ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    func add(_ bytes: ArraySlice<UInt8>) {
      // For many readers a lone CR ends a line too.
      output.append(contentsOf: bytes.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
    }
    var place = text.startIndex
    for entity in entities {
      let (start, end) = (text.startIndex + entity.utf8.start, text.startIndex + entity.utf8.end)
      add(text[place..<start])
      // Cyan, yellow, green, magenta, blue, red; the surface in bold.
      let color = usesColor ? "\u{1B}[\([36, 33, 32, 35, 34, 31][number(of: entity.type) % 6])m" : ""
      output.append(contentsOf: "\(color)[\(usesColor ? "\u{1B}[1m" : "")".utf8)
      add(text[start..<end])
      output.append(
        contentsOf: "\(usesColor ? "\u{1B}[22m" : "") \(entity.type)]\(usesColor ? "\u{1B}[0m" : "")".utf8)
      place = end
    }
    add(text[place...])
  }

  // MARK: Columns

  private func appendColumns(_ entities: [Entity], _ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var layout = LabelingLayout(unit: unit, normalizer: .none, splitter: SentenceSplitter())
    layout.append(text.span)
    let offsets = layout.offsets[0]
    var next = 0
    var isFirst = true
    for (token, source) in layout.sources.enumerated() {
      let (start, end) = (Int(offsets[Int(source.lowerBound)]), Int(offsets[Int(source.upperBound)]))
      if unit == .characters, layout.sequences.scalars[token] == 0x20 { continue }
      while next < entities.count, entities[next].utf8.end <= start {
        next += 1
        isFirst = true
      }
      output.append(contentsOf: text[text.startIndex + start..<text.startIndex + end])
      output.append(UInt8(ascii: "\t"))
      if next < entities.count, entities[next].utf8.start < end {
        output.append(contentsOf: "\(isFirst ? "B" : "I")-\(entities[next].type)".utf8)
        isFirst = false
      } else {
        output.append(UInt8(ascii: "O"))
      }
      output.append(UInt8(ascii: "\n"))
    }
    output.append(UInt8(ascii: "\n"))
  }
}
