// Half precision. The vector code is the definition; where the CPU converts by itself (F16C, AVX-512) it
// gives the same bits, NaN payloads included.

TK_INLINE vf half_vector_to_float(vhalf x) {
#if TK_ISA_LEVEL == 2
  return _mm512_cvtph_ps((__m256i)x);
#elif TK_ISA_LEVEL == 1
  return _mm256_cvtph_ps((__m128i)x);
#else
  const vu wide = __builtin_convertvector(x, vu);
  const vu sign = (wide & (vu)(0x8000u)) << 16, magnitude = wide & (vu)(0x7fffu);
  // The exponent is rebiased by an exact product, which makes subnormal halves normal as well.
  const vf finite = (vf)(magnitude << 13) * vf_all(0x1p112f);
  const vu quiet = magnitude > (vu)(0x7c00u) ? (vu)(0x400000u) : (vu)(0);
  const vu special = (magnitude << 13) | (vu)(0x7f800000u) | quiet;
  const vu value = magnitude >= (vu)(0x7c00u) ? special : (vu)finite;
  return (vf)(value | sign);
#endif
}

TK_INLINE vhalf float_vector_to_half(vf x) {
#if TK_ISA_LEVEL == 2
  return (vhalf)_mm512_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#elif TK_ISA_LEVEL == 1
  return (vhalf)_mm256_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT);
#else
  const vu bits = (vu)x;
  const vu sign = (bits >> 16) & (vu)(0x8000u), magnitude = bits & (vu)(0x7fffffffu);
  // Normal: subtract 112 from the exponent and round to even by adding half a unit less one, plus the last
  // bit.
  const vu normal = (magnitude - (vu)(112u << 23) + (vu)(0xfffu) + ((magnitude >> 13) & (vu)(1u))) >> 13;
  // Subnormal: the last place of 0.5 is 2⁻²⁴, so the addition rounds.
  const vf shifted = (vf)magnitude + vf_all(0.5f);
  const vu subnormal = (vu)shifted - (vu)(0x3f000000u);
  vu value = magnitude < (vu)(0x38800000u) ? subnormal : normal;
  value = magnitude >= (vu)(0x477ff000u) ? (vu)(0x7c00u) : value;
  const vu payload = (vu)(0x7e00u) | ((magnitude >> 13) & (vu)(0x3ffu));
  value = magnitude > (vu)(0x7f800000u) ? payload : value;
  return __builtin_convertvector(value | sign, vhalf);
#endif
}

/// The first `count` halves at p as floats, zeros behind them.
TK_INLINE vf get_half(const uint16_t *p, ptrdiff_t count) {
  vhalf halves = (vhalf)(0);
  if (count >= TK_W) {
    __builtin_memcpy(&halves, p, sizeof halves);
  } else {
#if TK_ISA_LEVEL == 2
    halves = (vhalf)_mm256_maskz_loadu_epi16((__mmask16)((1u << count) - 1), p);
#else
    uint16_t part[TK_W] = {0};
    for (ptrdiff_t j = 0; j < count; ++j) part[j] = p[j];
    __builtin_memcpy(&halves, part, sizeof halves);
#endif
  }
  return half_vector_to_float(halves);
}

static void half_to_float(ptrdiff_t n, const uint16_t *x, float *y) {
  TK_SWEEP(n, put(y + i, get_half(x + i, count), count));
}

static void float_to_half(ptrdiff_t n, const float *x, uint16_t *y) {
  TK_SWEEP(n, {
    const vhalf halves = float_vector_to_half(get(x + i, count));
    if (count == TK_W) {
      __builtin_memcpy(y + i, &halves, sizeof halves);
    } else {
      uint16_t part[TK_W];
      __builtin_memcpy(part, &halves, sizeof part);
      for (ptrdiff_t j = 0; j < count; ++j) y[i + j] = part[j];
    }
  });
}
