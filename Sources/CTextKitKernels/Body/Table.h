// The peak loop, and the tables that collect what the bodies above defined.

static double fma_peak_work(ptrdiff_t rounds) {
  enum { chains = TK_PEAK_CHAINS, repeats = 1000 / TK_PEAK_CHAINS };
  vf x[chains];
  TK_UNROLL for (int i = 0; i < chains; ++i) x[i] = vf_all(1000 + (float)i);
  vf factor = vf_all(0.5f), term = vf_all(1);
  for (ptrdiff_t round = 0; round < rounds; ++round) {
    TK_NO_UNROLL for (int repeat = 0; repeat < repeats; ++repeat) {
      TK_UNROLL for (int i = 0; i < chains; ++i) x[i] = madd(x[i], factor, term);
    }
  }
  vf all = x[0];
  TK_UNROLL for (int i = 1; i < chains; ++i) all += x[i];
  volatile float kept = sum_lanes(all);  // the compiler must not drop the work
  (void)kept;
  return (double)rounds * repeats * chains * TK_W * 2;
}

#define exp exp_all
#define tanh tanh_all
#define sigmoid sigmoid_all
#define TK_ENTRY(result, name, parameters, arguments) name,
const tk_kernel_table TK_TABLE = {TK_KERNELS(TK_ENTRY)};
#ifdef TK_QUANTIZED_TABLE
const tk_quantized_table TK_QUANTIZED_TABLE = {TK_QUANTIZED_KERNELS(TK_ENTRY)};
#endif
#undef exp
#undef tanh
#undef sigmoid
