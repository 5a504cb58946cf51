/// Small vectors with case variants, Chinese and Japanese words, and files to test them with.
///
///     rng = numpy.random.default_rng(7)
///     kv = gensim.models.KeyedVectors(6)
///     kv.add_vectors(words, numpy.round(rng.normal(size=(16, 6)), 3).astype(numpy.float32))
package enum SampleVectors {
  package static let words = [
    "the", "King", "king", "queen", "man", "woman", "Paris", "paris", "France", "rome", "italy", "北京", "中国", "東京",
    "日本",
    "cat",
  ]

  /// `[16, 6]`.
  package static let values: [Float] = [
    0.001, 0.299, -0.274, -0.891, -0.455, -0.992,
    0.06, 1.34, -0.492, -0.62, 0.49, 0.357,
    0.105, -0.93, -0.029, 0.695, -1.344, -0.458,
    -1.901, -1.29, -1.842, -0.235, -1.267, 0.271,
    0.157, -0.187, -2.517, -0.539, -0.049, 0.113,
    -1.53, -0.478, -0.979, -0.809, 1.061, -0.808,
    -0.033, 0.884, -0.584, -0.112, 0.11, 0.064,
    -1.225, 0.076, 1.359, -1.547, 0.859, 0.119,
    -0.641, 2.0, 0.762, -1.199, 0.075, 0.577,
    -0.189, 0.683, -0.067, 0.667, 1.439, -0.676,
    0.203, -0.463, 0.127, -1.187, -0.579, -0.196,
    0.899, 1.145, -1.324, -0.795, 0.647, -1.992,
    -0.463, -0.097, 1.257, 0.689, -0.327, -0.369,
    -0.25, 1.524, -0.428, -0.304, 0.353, -0.121,
    -0.197, -1.114, -0.012, -0.444, 1.166, 0.653,
    -0.024, 0.668, -0.34, 1.052, -0.005, 0.583,
  ]

  /// Analogies with words in other cases, unknown words, a line of three words, and words that are asked for twice.
  package static let questions = """
    : capitals
    Paris France Rome Italy
    paris france rome italy
    北京 中国 東京 日本
    : family
    man woman king queen
    KING queen man woman
    man woman king
    unknown woman king queen
    the the the the
    cat the king king

    """

  /// Every arrangement of four of seven words.
  package static let allQuestions: String = {
    let words = ["the", "king", "queen", "man", "woman", "paris", "cat"]
    var lines = [": all"]
    for a in words {
      for b in words where b != a {
        for c in words where c != a && c != b {
          for d in words where d != a && d != b && d != c { lines.append("\(a) \(b) \(c) \(d)") }
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  /// Pairs with a comment, a line of column names, an unknown word and words in other cases.
  package static let pairs =
    "# comment\na\tb\theader\nking\tqueen\t8.5\nKing\tman\t7\nparis\tFrance\t7\n北京\t中国\t9\nrome\titaly\t8\n"
    + "cat\tking\t1.5\nnope\tking\t3\nthe\tcat\t0\n"
}
