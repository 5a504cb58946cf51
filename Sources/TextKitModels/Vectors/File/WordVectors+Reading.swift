import Foundation

extension WordVectors {
  /// Reads word vectors; the format is told from the content.
  ///
  /// Rows that can't be used are skipped and counted in `report`. Binary formats are mapped: only the vectors that are
  /// used cost memory, and the file has to be replaced, never rewritten in place, while it is in use.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - limit: Words to read at most, from the start of the file.
  ///   - threads: Threads to read text with.
  /// - Throws: `VectorFileError` for a file that can't be opened, or holds no vector that can be used.
  public init(
    contentsOf url: URL, limit: Int = .max, threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(VectorFileError) {
    precondition(limit >= 1 && threads >= 1, "a limit of \(limit) words, \(threads) threads")
    let data: Data
    do throws(ModelFileError) { data = try ModelFile.mappedData(of: url) } catch {
      throw VectorFileError(path: url.path, reason: .modelFile(error.reason))
    }
    try self.init(data: data, path: url.path, limit: limit, threads: threads)
  }

  /// Reads word vectors from the bytes of a file; `path` names it in errors.
  public init(
    data: Data, path: String, limit: Int = .max, threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(VectorFileError) {
    let layout = try VectorFileLayout(of: data, path: path)
    switch layout.format {
    case .text, .glove:
      self = try VectorTextReader(data: data, path: path, layout: layout).read(limit: limit, threads: threads)
    case .binary: self = try VectorBinaryReader(data: data, path: path, layout: layout).read(limit: limit)
    case .safetensors: self = try VectorModelFile.read(data, path: path, limit: limit)
    }
  }
}
