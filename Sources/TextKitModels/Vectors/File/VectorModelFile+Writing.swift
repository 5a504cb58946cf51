import TextKitCorpus

/// How a model file of vectors stores numbers.
public enum VectorPrecision: String, Sendable, CaseIterable {
  case float32
  /// IEEE 754 binary16: half the size, 11 bits of each number.
  case float16
  /// A signed byte and a scale for each row: a quarter of the size.
  case int8
}

extension VectorModelFile {
  /// A writer that holds the vectors.
  static func writer(
    _ vectors: WordVectors, precision: VectorPrecision, metadata: [String: String], path: String
  ) throws(VectorFileError) -> ModelFileWriter {
    var writer = ModelFileWriter(
      kind: kind, version: 1, metadata: vectors.metadata.merging(metadata) { _, new in new })
    try add(Key.vectors, vectors.rows, precision, to: &writer, path: path)
    let words = vectors.table.records()
    writer.add(Key.words, uint8: words, shape: [words.count])
    if let counts = vectors.counts { writer.add(Key.counts, int64: counts, shape: [counts.count]) }
    if let subwords = vectors.subwords {
      try add(Key.subwords, subwords.rows, precision, to: &writer, path: path)
      writer.metadata[Key.minimumLength] = String(subwords.hasher.minimumLength)
      writer.metadata[Key.maximumLength] = String(subwords.hasher.maximumLength)
      writer.metadata[Key.bucketCount] = String(subwords.hasher.bucketCount)
    }
    return writer
  }

  private static func add(
    _ name: String, _ rows: VectorRows, _ precision: VectorPrecision, to writer: inout ModelFileWriter, path: String
  ) throws(VectorFileError) {
    let shape = [rows.count, rows.dimension]
    switch precision {
    case .float32: writer.add(name, floats: rows.values, shape: shape)
    case .float16:
      let values = rows.values
      // The least number that rounds to infinity.
      if let value = values.first(where: { abs($0) >= 65_520 }) {
        throw VectorFileError(
          path: path,
          reason: .malformed(line: nil, expected: "numbers that float16 can hold", found: "\(value)"))
      }
      writer.add(name, floats: values, shape: shape, as: .float16)
    case .int8:
      let values = rows.values
      var scales: [Float] = []
      var bytes: [Int8] = []
      bytes.reserveCapacity(values.count)
      for start in stride(from: 0, to: values.count, by: rows.dimension) {
        let row = values[start..<(start + rows.dimension)]
        let greatest = row.reduce(0) { max($0, abs($1)) }
        let scale = greatest / 127
        scales.append(scale)
        for value in row { bytes.append(scale > 0 ? ByteSteps.count(value, of: scale) : 0) }
      }
      writer.add(name, int8: bytes, shape: shape)
      writer.add("\(name).scale", floats: scales, shape: [rows.count])
    }
  }
}
