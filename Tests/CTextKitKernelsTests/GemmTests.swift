import CTextKitKernels
import Testing

extension KernelTests {
  /// Matrix products against the chain that the header promises, bit by bit: this shows values, position
  /// independence and untouched surroundings at once.
  @Suite struct Gemm {
    enum Kind: CaseIterable { case nn, tn, nt, packed, packedTransposed }

    /// One product: operands with gaps between rows, and C filled with something to keep.
    struct Case {
      let kind: Kind
      let m, n, k, lda, ldb, ldc: Int
      let accumulate: Bool
      let a, b, c: [Float]

      init(kind: Kind, m: Int, n: Int, k: Int, using generator: inout SeededGenerator) {
        (self.kind, self.m, self.n, self.k) = (kind, m, n, k)
        let aShape = kind == .tn ? (k, m) : (m, k)
        let bShape = kind == .nt || kind == .packedTransposed ? (n, k) : (k, n)
        lda = aShape.1 + Int.random(in: 0...3, using: &generator)
        ldb = bShape.1 + Int.random(in: 0...3, using: &generator)
        ldc = n + Int.random(in: 0...3, using: &generator)
        accumulate = Bool.random(using: &generator)
        a = generator.floats(max(0, (aShape.0 - 1) * lda + aShape.1))
        b = generator.floats(max(0, (bShape.0 - 1) * ldb + bShape.1))
        c = generator.floats(m * ldc + 8)
      }

      func left(_ i: Int, _ p: Int) -> Float { kind == .tn ? a[p * lda + i] : a[i * lda + p] }

      func right(_ p: Int, _ j: Int) -> Float {
        kind == .nt || kind == .packedTransposed ? b[j * ldb + p] : b[p * ldb + j]
      }

      func expected(fused: Bool) -> [Float] {
        var c = c
        for i in 0..<m {
          for j in 0..<n {
            var sum = accumulate ? c[i * ldc + j] : 0
            for p in 0..<k {
              sum = fused ? sum.addingProduct(left(i, p), right(p, j)) : sum + left(i, p) * right(p, j)
            }
            c[i * ldc + j] = sum
          }
        }
        return c
      }

      func result() -> [Float] {
        var c = c
        switch kind {
        case .nn: unsafe tk_gemm_nn(m, n, k, a, lda, b, ldb, &c, ldc, accumulate)
        case .tn: unsafe tk_gemm_tn(m, n, k, a, lda, b, ldb, &c, ldc, accumulate)
        case .nt: unsafe tk_gemm_nt(m, n, k, a, lda, b, ldb, &c, ldc, accumulate)
        case .packed, .packedTransposed:
          var packed = [Float](repeating: .nan, count: tk_gemm_packed_size(k, n))
          unsafe tk_gemm_pack(k, n, b, ldb, kind == .packedTransposed, &packed)
          unsafe tk_gemm_packed(m, n, k, a, lda, packed, &c, ldc, accumulate)
        }
        return c
      }
    }

    @Test(arguments: InstructionSet.available, Kind.allCases)
    func matchesChain(_ set: InstructionSet, _ kind: Kind) throws {
      try set.run {
        for seed in UInt64(1)...60 {
          var generator = SeededGenerator(seed: seed)
          let m = Int.random(in: 0...(seed % 3 == 0 ? 40 : 9), using: &generator)
          let n = Int.random(in: 0...(seed % 3 == 1 ? 150 : 50), using: &generator)
          let k = Int.random(in: 0...40, using: &generator)
          let product = Case(kind: kind, m: m, n: n, k: k, using: &generator)
          #expect(
            bits(product.result()) == bits(product.expected(fused: set.isFused)),
            "seed \(seed): m \(m), n \(n), k \(k), accumulate \(product.accumulate)")
        }
      }
    }

    /// k beyond one block, power-of-two strides, and each tail of rows and columns.
    @Test(arguments: InstructionSet.available, Kind.allCases)
    func matchesChainInBlocks(_ set: InstructionSet, _ kind: Kind) throws {
      let shapes = [
        (1, 1, 600), (23, 64, 257), (9, 112, 513), (30, 4, 300), (17, 13, 256), (64, 7, 2), (6, 53, 769),
      ]
      try set.run {
        for (index, (m, n, k)) in shapes.enumerated() {
          var generator = SeededGenerator(seed: UInt64(1000 + index))
          let product = Case(kind: kind, m: m, n: n, k: k, using: &generator)
          #expect(
            bits(product.result()) == bits(product.expected(fused: set.isFused)), "m \(m), n \(n), k \(k)")
        }
      }
    }

    /// A row alone, a row in any batch, packed or not: the same bits.
    @Test(arguments: InstructionSet.available)
    func rowIsIndependentOfItsBatch(_ set: InstructionSet) throws {
      let (m, n, k) = (29, 83, 301)
      var generator = SeededGenerator(seed: 7)
      let a = generator.floats(m * k)
      let b = generator.floats(k * n)
      try set.run {
        var whole = [Float](repeating: 0, count: m * n)
        unsafe tk_gemm_nn(m, n, k, a, k, b, n, &whole, n, false)
        var packed = [Float](repeating: 0, count: tk_gemm_packed_size(k, n))
        unsafe tk_gemm_pack(k, n, b, n, false, &packed)
        for row in 0..<m {
          let left = Array(a[row * k..<(row + 1) * k])
          var alone = [Float](repeating: 0, count: n)
          unsafe tk_gemm_nn(1, n, k, left, k, b, n, &alone, n, false)
          #expect(bits(alone) == bits(Array(whole[row * n..<(row + 1) * n])), "row \(row)")
          var alonePacked = [Float](repeating: 0, count: n)
          unsafe tk_gemm_packed(1, n, k, left, k, packed, &alonePacked, n, false)
          #expect(bits(alonePacked) == bits(alone), "row \(row), packed")
          let columns = 1 + row * 2
          var fewer = [Float](repeating: 0, count: columns)
          unsafe tk_gemm_nn(1, columns, k, left, k, b, n, &fewer, columns, false)
          #expect(bits(fewer) == bits(Array(alone[..<columns])), "row \(row), \(columns) columns")
        }
      }
    }
  }
}
