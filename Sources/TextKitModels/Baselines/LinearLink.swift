/// How the scores of a linear classifier become probabilities.
package enum LinearLink: Sendable, Equatable {
  /// pₖ = exp sₖ / Σ exp s; of one column s, the second label has 1 / (1 + exp -s).
  case softmax
  /// 1 / (1 + exp(aₖ s + bₖ)) for every column (Platt 1999), divided by their sum where labels exclude each other.
  case platt(slopes: [Float], offsets: [Float])
}
