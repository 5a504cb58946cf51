// The vector of the path being compiled: TK_W lanes of float, and the few primitives that differ per path.
// Every kernel is written once over these names; Baseline.c, AVX2.c and AVX512.c compile it three times.
//
// Contraction is off and fused multiply-adds are written out (`madd`), so that a tail, which is the same code
// on a padded vector, has the bits of the body whatever the compiler does with either.
#ifndef TK_W
#error "a path defines TK_W before its bodies"
#endif

#pragma clang fp contract(off)

#define TK_INLINE static inline __attribute__((always_inline, unused))
#define TK_UNROLL _Pragma("clang loop unroll(full)")
#define TK_NO_UNROLL _Pragma("clang loop unroll(disable)")
#define TK_SCALAR _Pragma("clang loop vectorize(disable) unroll(disable)")

typedef float vf __attribute__((ext_vector_type(TK_W)));
typedef double vd __attribute__((ext_vector_type(TK_W)));
typedef int32_t vi __attribute__((ext_vector_type(TK_W)));
typedef uint32_t vu __attribute__((ext_vector_type(TK_W)));
typedef uint16_t vhalf __attribute__((ext_vector_type(TK_W)));
typedef int16_t vshort __attribute__((ext_vector_type(2 * TK_W)));
typedef uint8_t vbyte __attribute__((ext_vector_type(TK_W)));

TK_INLINE vf vf_all(float x) { return (vf)(x); }
TK_INLINE vf vf_bits(vi x) { return (vf)x; }
TK_INLINE vi vi_bits(vf x) { return (vi)x; }
TK_INLINE vi vi_all(int32_t x) { return (vi)(x); }

/// a · b + c, fused where the path has the instruction.
TK_INLINE vf madd(vf a, vf b, vf c) {
#if TK_FUSED
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

/// The lesser or greater; `x` where it is NaN.
TK_INLINE vf at_most(vf x, float bound) { return vf_all(bound) < x ? vf_all(bound) : x; }
TK_INLINE vf at_least(vf x, float bound) { return vf_all(bound) > x ? vf_all(bound) : x; }

TK_INLINE vf load(const float *p) {
  vf v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

TK_INLINE void store(float *p, vf v) { __builtin_memcpy(p, &v, sizeof v); }

/// The first `count` elements at p (fewer than TK_W), zeros behind them.
TK_INLINE vf load_part(const float *p, ptrdiff_t count) {
#if TK_ISA_LEVEL == 2
  return _mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
#elif TK_ISA_LEVEL == 1
  const vi lane = {0, 1, 2, 3, 4, 5, 6, 7};
  return _mm256_maskload_ps(p, (__m256i)(lane < vi_all((int32_t)count)));
#else
  vf v = vf_all(0);
  for (ptrdiff_t i = 0; i < count; ++i) v[i] = p[i];
  return v;
#endif
}

TK_INLINE void store_part(float *p, vf v, ptrdiff_t count) {
#if TK_ISA_LEVEL == 2
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), v);
#elif TK_ISA_LEVEL == 1
  const vi lane = {0, 1, 2, 3, 4, 5, 6, 7};
  _mm256_maskstore_ps(p, (__m256i)(lane < vi_all((int32_t)count)), v);
#else
  for (ptrdiff_t i = 0; i < count; ++i) p[i] = v[i];
#endif
}

TK_INLINE vf get(const float *p, ptrdiff_t count) { return count >= TK_W ? load(p) : load_part(p, count); }

TK_INLINE void put(float *p, vf v, ptrdiff_t count) {
  if (count >= TK_W) {
    store(p, v);
  } else {
    store_part(p, v, count);
  }
}

/// Runs a statement for each vector of n elements, with `i` its first element and `count` its elements.
#define TK_SWEEP(n, ...)                                                                                     \
  do {                                                                                                       \
    ptrdiff_t i = 0;                                                                                         \
    for (; i <= (n) - TK_W; i += TK_W) {                                                                     \
      const ptrdiff_t count = TK_W;                                                                          \
      __VA_ARGS__;                                                                                           \
      (void)count;                                                                                           \
    }                                                                                                        \
    if (i < (n)) {                                                                                           \
      const ptrdiff_t count = (n) - i;                                                                       \
      __VA_ARGS__;                                                                                           \
      (void)count;                                                                                           \
    }                                                                                                        \
  } while (0)

/// Lanes from `count` on replaced by `filler`.
TK_INLINE vf pad(vf v, ptrdiff_t count, float filler) {
  vi lane;
  TK_UNROLL for (int i = 0; i < TK_W; ++i) lane[i] = i;
  return lane < vi_all((int32_t)count) ? v : vf_all(filler);
}

/// Σ of the lanes, halves first.
TK_INLINE float sum_lanes(vf v) {
  float s[TK_W];
  __builtin_memcpy(s, &v, sizeof s);
  TK_UNROLL for (int half = TK_W / 2; half > 0; half /= 2) {
    TK_UNROLL for (int i = 0; i < half; ++i) s[i] += s[i + half];
  }
  return s[0];
}

TK_INLINE double sum_lanes_double(const vd *v) {  // by address: a double vector is wider than a register
  double s[TK_W];
  __builtin_memcpy(s, v, sizeof s);
  TK_UNROLL for (int half = TK_W / 2; half > 0; half /= 2) {
    TK_UNROLL for (int i = 0; i < half; ++i) s[i] += s[i + half];
  }
  return s[0];
}

TK_INLINE float max_lanes(vf v) {
  float s[TK_W];
  __builtin_memcpy(s, &v, sizeof s);
  TK_UNROLL for (int half = TK_W / 2; half > 0; half /= 2) {
    TK_UNROLL for (int i = 0; i < half; ++i) s[i] = s[i] > s[i + half] ? s[i] : s[i + half];
  }
  return s[0];
}
