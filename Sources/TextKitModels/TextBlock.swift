/// Texts, end to end, such as lines without their line ends: the unit that segmentation and classification work on.
public struct TextBlock: Sendable {
  /// The bytes of all lines; any bytes, valid UTF-8 or not.
  public private(set) var bytes: [UInt8] = []
  /// The end of each line in `bytes`.
  public private(set) var lineEnds: [Int] = []

  /// Makes an empty block.
  public init() {}

  /// Makes a block of one line, or of the lines given.
  public init(lines: [[UInt8]]) {
    for line in lines { append(line) }
  }

  /// Makes a block of some lines of another, at least one.
  private init(_ other: TextBlock, lines: Range<Int>) {
    let range = other.range(ofLine: lines.lowerBound).lowerBound..<other.lineEnds[lines.upperBound - 1]
    bytes = Array(other.bytes[range])
    lineEnds = other.lineEnds[lines].map { $0 - range.lowerBound }
  }

  /// Adds a line.
  public mutating func append(_ line: [UInt8]) {
    bytes.append(contentsOf: line)
    lineEnds.append(bytes.count)
  }

  /// Drops all lines and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    lineEnds.removeAll(keepingCapacity: true)
  }

  /// The lines in blocks of at most `size`, and of at most so many bytes unless one line has more.
  package func parts(of size: Int, bytes limit: Int = 1 << 26) -> [TextBlock] {
    var parts: [TextBlock] = []
    var first = 0
    for line in lineEnds.indices.dropFirst()
    where line - first == size || lineEnds[line] - range(ofLine: first).lowerBound > limit {
      parts.append(TextBlock(self, lines: first..<line))
      first = line
    }
    if !lineEnds.isEmpty { parts.append(TextBlock(self, lines: first..<lineEnds.count)) }
    return parts
  }

  /// The bytes of one line, as a range of `bytes`.
  public func range(ofLine line: Int) -> Range<Int> { (line == 0 ? 0 : lineEnds[line - 1])..<lineEnds[line] }
}

/// The pieces of a block: words, and the stretches of white space between them. They tile each line.
public struct SegmentedBlock: Sendable {
  /// What was segmented.
  public let block: TextBlock
  /// The end of each piece in the block's bytes.
  public internal(set) var pieceEnds: [Int] = []
  /// Whether each piece is white space.
  public internal(set) var isBlank: [Bool] = []
  /// For each line, the number of pieces up to its end.
  public internal(set) var linePieceEnds: [Int] = []

  /// The pieces of one line, as a range of `pieceEnds`.
  public func pieces(ofLine line: Int) -> Range<Int> {
    (line == 0 ? 0 : linePieceEnds[line - 1])..<linePieceEnds[line]
  }

  /// The bytes of one piece, as a range of the block's bytes.
  public func range(ofPiece piece: Int) -> Range<Int> {
    (piece == 0 ? 0 : pieceEnds[piece - 1])..<pieceEnds[piece]
  }
}
