// What the quantized LSTM steps share before and after the integer sums.

enum { quantized_rows = 6 };  // sequences at a time

/// The cell of the quantized step: pre-activations in, `state` updated, 127·h + 128 out as integers in
/// 1...255. Two divisions instead of five: σ(i)·tanh(g) and the rest are put over common denominators.
TK_INLINE vi lstm_quantized_cell(vf gi, vf gf, vf gg, vf go, vf *state) {
  const float bound = 28;  // three factors of 1 + e²⁸ stay finite
  const vf i1 = one_plus_exp(gi, -1, bound), f1 = one_plus_exp(gf, -1, bound);
  const vf g1 = one_plus_exp(gg, 2, bound / 2), o1 = one_plus_exp(go, -1, bound);
  const vf ig1 = i1 * g1;
  const vf next = madd(*state, ig1, f1 * (g1 - vf_all(2))) / (f1 * ig1);
  const vf c1 = one_plus_exp(next, 2, bound / 2);
  const vf h = (c1 - vf_all(2)) / (o1 * c1);
  *state = next;
  // Adding 1.5·2²³ rounds to an integer; NaN is taken for 0 so that the byte is defined.
  const vf shifted = madd(h, vf_all(127), vf_all(0x1.8p23f));
  return (h == h ? vi_bits(shifted) - vi_bits(vf_all(0x1.8p23f)) : vi_all(0)) + vi_all(128);
}

/// Writes the first `count` lanes, each in 0...255.
TK_INLINE void put_bytes(uint8_t *p, vi v, ptrdiff_t count) {
#if TK_ISA_LEVEL == 2
  _mm512_mask_cvtepi32_storeu_epi8(p, (__mmask16)(count >= TK_W ? 0xffff : (1u << count) - 1), (__m512i)v);
#else
  const vbyte bytes = __builtin_convertvector(v, vbyte);
  if (count >= TK_W) {
    __builtin_memcpy(p, &bytes, sizeof bytes);
  } else {
    uint8_t part[TK_W];
    __builtin_memcpy(part, &bytes, sizeof part);
    for (ptrdiff_t i = 0; i < count; ++i) p[i] = part[i];
  }
#endif
}
