import CTextKitKernels

/// One matrix product of the training or use of a bidirectional LSTM.
struct ProductBenchmark {
  enum Kind: String {
    case nn, tn, nt, packed
    case packedTransposed = "packed transposed"
  }

  let kind: Kind
  let m, n, k: Int
  /// Columns that a row of each matrix has beyond those used.
  var gap = 0

  static let all = [
    ProductBenchmark(kind: .nn, m: 750, n: 512, k: 300),
    ProductBenchmark(kind: .nt, m: 750, n: 300, k: 512),
    ProductBenchmark(kind: .tn, m: 300, n: 512, k: 750),
    ProductBenchmark(kind: .tn, m: 128, n: 512, k: 750),
    ProductBenchmark(kind: .nn, m: 750, n: 512, k: 256, gap: 512),
    ProductBenchmark(kind: .tn, m: 256, n: 512, k: 750, gap: 256),
    ProductBenchmark(kind: .packed, m: 1, n: 512, k: 128),
    ProductBenchmark(kind: .packed, m: 8, n: 512, k: 128),
    ProductBenchmark(kind: .packed, m: 16, n: 512, k: 128),
    ProductBenchmark(kind: .packed, m: 32, n: 512, k: 128),
    ProductBenchmark(kind: .packed, m: 32, n: 640, k: 160),
    ProductBenchmark(kind: .packedTransposed, m: 32, n: 128, k: 512),
    ProductBenchmark(kind: .nn, m: 750, n: 4, k: 256),
    ProductBenchmark(kind: .tn, m: 256, n: 4, k: 750),
    ProductBenchmark(kind: .nt, m: 750, n: 256, k: 4),
    ProductBenchmark(kind: .nn, m: 1, n: 512, k: 300),
  ]

  func measurement(path: String, peak: Double) -> Measurement {
    let shape = "\(kind.rawValue) \(m) x \(n) x \(k)" + (gap > 0 ? ", \(gap) apart" : "")
    return Measurement(
      "\(path)/product \(shape)", 2e-9 * Double(m * n * k) / seconds(), "GFLOP/s", against: peak, "peak")
  }

  private func seconds() -> Double {
    let lda = (kind == .tn ? m : k) + gap
    let ldb = (kind == .nt || kind == .packedTransposed ? k : n) + gap
    let ldc = n + gap
    func numbers(_ count: Int) -> [Float] { (0..<count).map { Float($0 * 7 % 31) / 31 - 0.5 } }
    let a = numbers(max(m, k) * lda)
    let b = numbers(max(n, k) * ldb)
    var c = [Float](repeating: 0, count: m * ldc)
    var packed = [Float](repeating: 0, count: tk_gemm_packed_size(k, n))
    unsafe tk_gemm_pack(k, n, b, ldb, kind == .packedTransposed || kind == .nt, &packed)
    return switch kind {
    case .nn: Stopwatch.best { unsafe tk_gemm_nn(m, n, k, a, lda, b, ldb, &c, ldc, false) }
    case .tn: Stopwatch.best { unsafe tk_gemm_tn(m, n, k, a, lda, b, ldb, &c, ldc, false) }
    case .nt: Stopwatch.best { unsafe tk_gemm_nt(m, n, k, a, lda, b, ldb, &c, ldc, false) }
    case .packed, .packedTransposed:
      Stopwatch.best { unsafe tk_gemm_packed(m, n, k, a, lda, packed, &c, ldc, false) }
    }
  }
}
