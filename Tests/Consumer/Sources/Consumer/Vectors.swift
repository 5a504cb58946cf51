import Foundation
import TextKit

/// Vectors of words, from text to questions.
func vectors(_ path: String, _ url: URL) throws {
  // README: vectors
  var training = VectorTraining(inputs: [.path(path)], output: url)
  training.threads = 2
  try training.run { event in print(event) }  // progress: words/s, loss, remaining seconds
  let vectors = try WordVectors(contentsOf: url)  // the format is told from the content
  let vector = vectors.vector(for: "frog")  // [Float]?
  let neighbors = try vectors.nearest(to: "frog", count: 10)  // words, ids, cosines
  let queens = try vectors.analogy(positive: ["king", "woman"], negative: ["man"], method: .multiply)
  // end
  check(vector?.count == vectors.dimension, "\(String(describing: vector))")
  check(!neighbors.isEmpty && !neighbors.contains { $0.word == "frog" }, "\(neighbors)")
  check(!queens.isEmpty, "\(queens)")
}
