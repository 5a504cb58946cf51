// The quantized LSTM step with AVX-512 VNNI: vpdpbusd adds four products of bytes into each 32-bit lane.
//
// Packed: for each block of 16 hidden units, for each four of k, the gates i, f, g, o, each 16 columns of
// four bytes; zeros where k or hidden end.

enum { quantized_rows = 6, quantized_group = 4 * TK_W * 4 };

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

/// One block of hidden units for `rows` sequences.
TK_INLINE void quantized_block(const int rows, ptrdiff_t k, ptrdiff_t hidden, ptrdiff_t unit,
                               const uint8_t *a, ptrdiff_t lda, const int8_t *block, const float *scale,
                               const float *bias, float *c, ptrdiff_t ldc, uint8_t *hq, ptrdiff_t ldhq) {
  __m512i sum[quantized_rows][4];
  TK_UNROLL for (int r = 0; r < rows; ++r) {
    TK_UNROLL for (int gate = 0; gate < 4; ++gate) sum[r][gate] = _mm512_setzero_si512();
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
        sum[r][gate] = _mm512_dpbusd_epi32(sum[r][gate], left, weights[gate]);
      }
    }
  }
  if (p < k) {
    TK_UNROLL for (int r = 0; r < rows; ++r) {
      uint32_t four = 0;
      for (ptrdiff_t q = p; q < k; ++q) four |= (uint32_t)a[r * lda + q] << (8 * (q - p));
      const __m512i left = _mm512_set1_epi32((int32_t)four);
      TK_UNROLL for (int gate = 0; gate < 4; ++gate) {
        sum[r][gate] = _mm512_dpbusd_epi32(sum[r][gate], left, _mm512_loadu_si512(block + gate * 64));
      }
    }
  }
  const ptrdiff_t count = hidden - unit < TK_W ? hidden - unit : TK_W;
  TK_UNROLL for (int r = 0; r < rows; ++r) {
    vf gates[4];
    TK_UNROLL for (int gate = 0; gate < 4; ++gate) {
      const ptrdiff_t column = gate * hidden + unit;
      gates[gate] = madd(_mm512_cvtepi32_ps(sum[r][gate]), get(scale + column, count),
                         get(bias + column, count));
    }
    vf state = get(c + r * ldc + unit, count);
    const vi h = lstm_quantized_cell(gates[0], gates[1], gates[2], gates[3], &state);
    put(c + r * ldc + unit, state, count);
    put_bytes(hq + r * ldhq + unit, h, count);
  }
}

#define TK_QUANTIZED_BLOCK(rows)                                                                             \
  static void quantized_block_##rows(ptrdiff_t k, ptrdiff_t hidden, ptrdiff_t unit, const uint8_t *a,        \
                                     ptrdiff_t lda, const int8_t *block, const float *scale,                 \
                                     const float *bias, float *c, ptrdiff_t ldc, uint8_t *hq,                \
                                     ptrdiff_t ldhq) {                                                       \
    quantized_block(rows, k, hidden, unit, a, lda, block, scale, bias, c, ldc, hq, ldhq);                    \
  }
TK_QUANTIZED_BLOCK(6)
TK_QUANTIZED_BLOCK(4)
TK_QUANTIZED_BLOCK(2)
TK_QUANTIZED_BLOCK(1)

static void q8_lstm_step(ptrdiff_t m, ptrdiff_t k, ptrdiff_t hidden, const uint8_t *a, ptrdiff_t lda,
                         const int8_t *packed, const float *scale, const float *bias, float *c, ptrdiff_t ldc,
                         uint8_t *hq, ptrdiff_t ldhq) {
  static const struct {
    int rows;
    void (*run)(ptrdiff_t k, ptrdiff_t hidden, ptrdiff_t unit, const uint8_t *a, ptrdiff_t lda,
                const int8_t *block, const float *scale, const float *bias, float *c, ptrdiff_t ldc,
                uint8_t *hq, ptrdiff_t ldhq);
  } blocks[] = {
      {6, quantized_block_6}, {4, quantized_block_4}, {2, quantized_block_2}, {1, quantized_block_1}};
  const ptrdiff_t block_size = q8_lstm_packed_size(k, TK_W);
  for (ptrdiff_t unit = 0; unit < hidden; unit += TK_W, packed += block_size) {
    ptrdiff_t r = 0;
    for (int b = 0; b < 4; ++b) {
      for (; m - r >= blocks[b].rows; r += blocks[b].rows) {
        blocks[b].run(k, hidden, unit, a + r * lda, lda, packed, scale, bias, c + r * ldc, ldc, hq + r * ldhq,
                      ldhq);
      }
    }
  }
}
