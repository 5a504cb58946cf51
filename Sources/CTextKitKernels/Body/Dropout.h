// Dropout by counter: the decision for an element is a hash of (seed, row, column), so nothing is stored.

/// A 64-bit finalizer of two multiplications (the construction of Steele, Lea & Flood 2014, 'Fast splittable
/// pseudorandom number generators').
TK_INLINE uint64_t mix64(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/// 24 uniform bits for each column: the column is added to one half of the row's key, mixed, crossed with the
/// other half and mixed again. Each step is invertible, so within a row no value comes up more than its
/// share.
TK_INLINE vi hash24(vu column, uint64_t key) {
  vu x = column * (vu)(0x9e3779b9u) + (vu)((uint32_t)key);
  x = (x ^ (x >> 16)) * (vu)(0x7feb352du);
  x = (x ^ (x >> 15) ^ (vu)((uint32_t)(key >> 32))) * (vu)(0x846ca68bu);
  x = (x ^ (x >> 16)) * (vu)(0xc2b2ae35u);
  x ^= x >> 15;
  return (vi)(x >> 8);
}

static void dropout(ptrdiff_t m, ptrdiff_t n, uint64_t seed, const int32_t *rows, float keep, const float *x,
                    ptrdiff_t ldx, float *y, ptrdiff_t ldy) {
  const vi threshold = vi_all((int32_t)(keep * 0x1p24f));
  const vf factor = vf_all(1 / keep);
  vu lane;
  TK_UNROLL for (int i = 0; i < TK_W; ++i) lane[i] = (uint32_t)i;
  const uint64_t seed_key = mix64(seed + 0x9e3779b97f4a7c15u);
  for (ptrdiff_t r = 0; r < m; ++r) {
    const uint64_t row = (uint64_t)(rows != NULL ? (int64_t)rows[r] : (int64_t)r);
    const uint64_t key = mix64(seed_key + row * 0x9e3779b97f4a7c15u);
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    TK_SWEEP(n, {
      const vi kept = hash24(lane + (vu)((uint32_t)i), key) < threshold;
      put(to + i, vf_bits(vi_bits(get(from + i, count) * factor) & kept), count);
    });
  }
}
