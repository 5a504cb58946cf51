import CTextKitKernels

extension BenchmarkGroup {
  static let kernels = BenchmarkGroup(
    name: "kernels", summary: "arithmetic on one core, for each instruction set, against its measured peak",
    run: kernelBenchmarks)
}

/// All kernels on every path of this CPU, in this thread.
@Sendable func kernelBenchmarks() -> [Measurement] {
  let paths = [(TK_ISA_BASELINE, "baseline"), (TK_ISA_AVX2, "avx2"), (TK_ISA_AVX512, "avx512")]
  defer { tk_isa_follow_process() }
  var results: [Measurement] = []
  for (isa, name) in paths where tk_isa_select_for_thread(isa) {
    let peak = fusedMultiplyAddPeak()
    results.append(Measurement("\(name)/multiply-add peak", peak, "GFLOP/s"))
    results += ProductBenchmark.all.map { $0.measurement(path: name, peak: peak) }
    results += elementwiseBenchmarks(path: name)
    // A VNNI instruction multiplies four bytes where a fused multiply-add has one float.
    results.append(quantizedStepBenchmark(path: name, peak: isa == TK_ISA_AVX512 ? 2 * peak : nil))
  }
  return results
}

/// GFLOP/s of one core.
func fusedMultiplyAddPeak() -> Double {
  let operations = tk_fma_peak_work(100)
  return operations / Stopwatch.best(burst: .microseconds(200)) { _ = tk_fma_peak_work(100) } * 1e-9
}

/// 10⁹ multiply-adds of bytes a second in one fused step of a quantized LSTM.
private func quantizedStepBenchmark(path: String, peak: Double?) -> Measurement {
  let (m, k, hidden) = (32, 320, 160)
  let a = (0..<m * k).map { UInt8(truncatingIfNeeded: $0 &* 37) }
  let w = (0..<k * 4 * hidden).map { Int8(truncatingIfNeeded: $0 &* 41) }
  let scale = [Float](repeating: 1e-4, count: 4 * hidden)
  let bias = [Float](repeating: 0.1, count: 4 * hidden)
  var packed = [Int8](repeating: 0, count: tk_q8_lstm_packed_size(k, hidden))
  unsafe tk_q8_lstm_pack(k, hidden, w, 4 * hidden, &packed)
  var c = [Float](repeating: 0, count: m * hidden)
  var hq = [UInt8](repeating: 0, count: m * hidden)
  let time = Stopwatch.best {
    unsafe tk_q8_lstm_step(m, k, hidden, a, k, packed, scale, bias, &c, hidden, &hq, hidden)
  }
  return Measurement(
    "\(path)/int8 LSTM step with gates, \(m) x \(k), hidden \(hidden)",
    Double(m * k * 4 * hidden) / time * 1e-9, "GMAC/s",
    against: peak, "VNNI peak")
}
