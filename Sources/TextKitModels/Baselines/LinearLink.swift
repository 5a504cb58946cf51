/// How the scores of a linear classifier become probabilities.
package enum LinearLink: Sendable, Equatable {
  /// pₖ = exp sₖ / Σ exp s; of one column s, the second label has 1 / (1 + exp -s).
  case softmax
  /// 1 / (1 + exp -sₖ) for every column, divided by their sum where labels exclude each other.
  case sigmoid
  /// (1 + sₖ) / 2 within 0 and 1, as fits the modified Huber loss (Zhang 2004), divided by their sum where labels exclude
  /// each other.
  case clipped
  /// 1 / (1 + exp(aₖ s + bₖ)) for every column (Platt 1999), divided by their sum where labels exclude each other.
  case platt(slopes: [Float], offsets: [Float])
}
