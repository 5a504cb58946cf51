/// Writes lines with a buffer; a file appears under its name only when `finish` has brought all of it to the disk.
public final class LineWriter {
  private let output: OutputDescriptor
  private let bufferSize: Int
  private var buffer: [UInt8] = []
  /// The number of lines written.
  public private(set) var lineCount = 0

  /// Creates a file, replacing one of the same name when finished.
  public convenience init(path: String, bufferSize: Int = 1 << 20) throws(CorpusError) {
    self.init(try OutputDescriptor(path: path), bufferSize: bufferSize)
  }

  /// Writes to an open file descriptor, such as 1 for the standard output, and leaves it open.
  public convenience init(descriptor: Int32, name: String, bufferSize: Int = 1 << 20) {
    self.init(OutputDescriptor(descriptor: descriptor, name: name), bufferSize: bufferSize)
  }

  private init(_ output: OutputDescriptor, bufferSize: Int) {
    self.output = output
    self.bufferSize = bufferSize
  }

  /// The path of the file, or the name of the stream.
  public var name: String { output.name }

  /// Writes one line and its end; the bytes hold none.
  ///
  /// A first line that starts with U+FEFF gets a byte order mark before it, since readers take the first one off.
  public func writeLine(_ line: some Collection<UInt8>) throws(CorpusError) {
    if lineCount == 0, line.starts(with: [0xEF, 0xBB, 0xBF]) { buffer += [0xEF, 0xBB, 0xBF] }
    buffer.append(contentsOf: line)
    buffer.append(0x0A)
    lineCount += 1
    if buffer.count >= bufferSize { try flush() }
  }

  /// Writes a piece of a line, with memory for the buffer and the piece; `endLine` ends the line. The first piece of a file
  /// doesn't start with U+FEFF.
  func write(piece: some Collection<UInt8>) throws(CorpusError) {
    buffer.append(contentsOf: piece)
    if buffer.count >= bufferSize { try flush() }
  }

  /// Ends a line that was written in pieces.
  func endLine() throws(CorpusError) {
    lineCount += 1
    try write(piece: CollectionOfOne(0x0A))
  }

  /// Hands what is buffered to the system.
  public func flush() throws(CorpusError) {
    if buffer.isEmpty { return }
    try output.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what is left and completes the file; nothing can be written after.
  public func finish() throws(CorpusError) {
    try flush()
    try output.finish()
  }

  /// The error for what can't be written as the next line.
  func error(expected: String, found: String) -> CorpusError {
    CorpusError(file: name, line: lineCount + 1, expected: expected, found: found)
  }
}
