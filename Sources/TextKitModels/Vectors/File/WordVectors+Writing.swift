import Foundation
import TextKitCorpus
import TextKitTensor

extension WordVectors {
  /// Writes the vectors: beside the target first, then renamed over it, so that a failure leaves the old file.
  ///
  /// Text holds the shortest digits that read back as the same Float32; binary holds its bytes. Counts, metadata and
  /// vectors of pieces of words go into model files only.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - format: Its format.
  ///   - precision: How a model file stores numbers; the other formats have Float32 only.
  ///   - metadata: What else to say in a model file, beside what these vectors say of themselves.
  ///   - threads: Threads to make text with.
  /// - Throws: `VectorFileError` if writing fails, for a word that the format has no way to write, or for a number that is
  ///   infinite or NaN.
  public func write(
    to url: URL, format: VectorFileFormat, precision: VectorPrecision = .float32, metadata: [String: String] = [:],
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(VectorFileError) {
    precondition(
      format == .safetensors || precision == .float32, "\(format.rawValue) has no numbers as \(precision.rawValue)")
    guard isFinite else {
      throw VectorFileError(
        path: url.path, reason: .malformed(line: nil, expected: "finite numbers to write", found: "others"))
    }
    if format == .safetensors {
      let writer = try VectorModelFile.writer(self, precision: precision, metadata: metadata, path: url.path)
      do throws(ModelFileError) { try writer.write(to: url) } catch {
        throw VectorFileError(path: url.path, reason: .modelFile(error.reason))
      }
      return
    }
    if let word = VectorRowWriter(self, format: format).firstUnwritableWord {
      throw VectorFileError(path: url.path, reason: .unwritableWord(word, format: format))
    }
    do throws(AtomicFileError) {
      try AtomicFile.write(to: url) { output throws(AtomicFileError) in
        try VectorRowWriter(self, format: format).forEachPiece(threads: threads) { piece throws(AtomicFileError) in
          try piece.withRawBytes { bytes throws(AtomicFileError) in try output.write(bytes) }
        }
      }
    } catch {
      throw VectorFileError(path: url.path, reason: .notWritten(error))
    }
  }

  /// The first words, with their vectors.
  public func prefix(_ count: Int) -> WordVectors {
    precondition(count >= 0, "\(count) words")
    guard count < self.count else { return self }
    var table = TokenTable()
    for id in 0..<count {
      let word = self.table[id]
      _ = table.insert(word.span, 0..<word.count)
    }
    return WordVectors(
      table: table, rows: rows.prefix(count), counts: counts.map { Array($0.prefix(count)) }, subwords: subwords,
      metadata: metadata, report: report)
  }
}

/// Turns rows into the bytes of a word2vec or GloVe file.
private struct VectorRowWriter: Sendable {
  let vectors: WordVectors
  let format: VectorFileFormat
  /// Rows made at once by a thread.
  private static let blockSize = 1024

  init(_ vectors: WordVectors, format: VectorFileFormat) {
    self.vectors = vectors
    self.format = format
  }

  /// A word that would be read back as another, or not at all.
  var firstUnwritableWord: String? {
    (0..<vectors.count).first { !isWritable(vectors.table[$0], id: $0) }.map(vectors.word)
  }

  private func isWritable(_ word: ArraySlice<UInt8>, id: Int) -> Bool {
    guard let first = word.first, let last = word.last else { return false }
    let blanks: [UInt8] = [0x20, 0x09]
    guard format != .binary else { return !word.contains(0x20) && first != 0x0A && word.count < 1 << 16 }
    guard !word.contains(0x0A), !blanks.contains(first), !blanks.contains(last) else { return false }
    // The mark at the start of a file is no part of its text.
    if format == .glove, id == 0, word.starts(with: [0xEF, 0xBB, 0xBF]) { return false }
    guard let blank = word.lastIndex(where: blanks.contains) else { return true }
    let field = Array(word[(blank + 1)...])
    return !VectorText.isFraction(field.span, field.indices)
  }

  /// Calls `body` with the bytes of the file, piece after piece.
  func forEachPiece(
    threads: Int, _ body: ([UInt8]) throws(AtomicFileError) -> Void
  ) throws(AtomicFileError) {
    if format != .glove { try body(Array("\(vectors.count) \(vectors.dimension)\n".utf8)) }
    let blocks = (vectors.count + Self.blockSize - 1) / Self.blockSize
    let wave = 4 * threads
    for first in stride(from: 0, to: blocks, by: wave) {
      let pieces = Parallel.map(count: min(wave, blocks - first), threads: threads) { item, _ in
        let start = (first + item) * Self.blockSize
        return bytes(of: start..<min(start + Self.blockSize, vectors.count))
      }
      for piece in pieces { try body(piece) }
    }
  }

  private func bytes(of ids: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    for id in ids {
      bytes += vectors.table[id]
      if format == .binary { bytes.append(0x20) }
      for value in vectors.rows[id] {
        if format == .binary {
          for shift in [0, 8, 16, 24] as [UInt32] {
            bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
          }
        } else {
          bytes.append(0x20)
          bytes += value.description.utf8
        }
      }
      bytes.append(0x0A)
    }
    return bytes
  }
}
