import Foundation
import TextKitCorpus
import TextKitModels

/// Words as points of a plane: the first two principal components of their vectors.
public struct VectorMap: Sendable, Hashable {
  /// A word and where it lies.
  public struct Point: Sendable, Hashable {
    public let word: String
    public let x: Double
    public let y: Double
  }

  /// The words that have vectors, in their order, each once.
  public let points: [Point]
  /// The words that have none.
  public let unknownWords: [String]

  /// Places words; the same words and vectors give the same picture.
  public init(of words: [String], in vectors: WordVectors) {
    var known: [(word: String, row: [Double])] = []
    var unknown: [String] = []
    var seen: Set<[UInt8]> = []
    for word in words where seen.insert(Array(word.utf8)).inserted {
      if let vector = vectors.vector(for: word) {
        known.append((word, vector.map(Double.init)))
      } else {
        unknown.append(word)
      }
    }
    let coordinates = PrincipalComponents.coordinates(known.map(\.row), count: 2)
    points = zip(known, coordinates).map { Point(word: $0.word, x: $1[0], y: $1[1]) }
    unknownWords = unknown
  }

  /// Writes the picture as an SVG file.
  public func write(to url: URL) throws(VectorFileError) {
    do throws(AtomicFileError) { try AtomicFile.write(Data(svg().utf8), to: url) } catch {
      throw VectorFileError(path: url.path, reason: .notWritten(error))
    }
  }
}
