// The integer sums of the quantized LSTM step with AVX-512 VNNI: vpdpbusd adds four products of bytes into each 32-bit lane.
//
// Packed: for each block of 16 hidden units, for each four of k, the gates i, f, g, o, each 16 columns of
// four bytes; zeros where k or hidden end.

enum { quantized_group = 4 * TK_W * 4 };

static ptrdiff_t q8_lstm_packed_size(ptrdiff_t k, ptrdiff_t hidden) {
  return (hidden + TK_W - 1) / TK_W * ((k + 3) / 4) * quantized_group;
}

static void q8_lstm_pack(ptrdiff_t k, ptrdiff_t hidden, const int8_t *w, ptrdiff_t ldw, int8_t *packed) {
  for (ptrdiff_t unit = 0; unit < hidden; unit += TK_W) {
    for (ptrdiff_t p = 0; p < k; p += 4) {
      for (ptrdiff_t gate = 0; gate < 4; ++gate) {
        for (ptrdiff_t j = 0; j < TK_W; ++j) {
          for (ptrdiff_t q = 0; q < 4; ++q) {
            const bool inside = unit + j < hidden && p + q < k;
            *packed++ = inside ? w[(p + q) * ldw + gate * hidden + unit + j] : 0;
          }
        }
      }
    }
  }
}

/// The sums of one block of hidden units for `rows` sequences, gate by gate.
TK_INLINE void quantized_sums(const int rows, ptrdiff_t k, const uint8_t *a, ptrdiff_t lda,
                              const int8_t *block, vi sum[quantized_rows][4]) {
  TK_UNROLL for (int r = 0; r < rows; ++r) {
    TK_UNROLL for (int gate = 0; gate < 4; ++gate) sum[r][gate] = vi_all(0);
  }
  ptrdiff_t p = 0;
  TK_NO_UNROLL for (; p + 4 <= k; p += 4, block += quantized_group) {
    __m512i weights[4];
    TK_UNROLL for (int gate = 0; gate < 4; ++gate) weights[gate] = _mm512_loadu_si512(block + gate * 64);
    TK_UNROLL for (int r = 0; r < rows; ++r) {
      int32_t four;
      __builtin_memcpy(&four, a + r * lda + p, sizeof four);
      const __m512i left = _mm512_set1_epi32(four);
      TK_UNROLL for (int gate = 0; gate < 4; ++gate) {
        sum[r][gate] = (vi)_mm512_dpbusd_epi32((__m512i)sum[r][gate], left, weights[gate]);
      }
    }
  }
  if (p < k) {
    TK_UNROLL for (int r = 0; r < rows; ++r) {
      uint32_t four = 0;
      for (ptrdiff_t q = p; q < k; ++q) four |= (uint32_t)a[r * lda + q] << (8 * (q - p));
      const __m512i left = _mm512_set1_epi32((int32_t)four);
      TK_UNROLL for (int gate = 0; gate < 4; ++gate) {
        sum[r][gate] = (vi)_mm512_dpbusd_epi32((__m512i)sum[r][gate], left,
                                               _mm512_loadu_si512(block + gate * 64));
      }
    }
  }
}
