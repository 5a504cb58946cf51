// The quantized LSTM step without VNNI: bytes widened to 16 bits, pairs of products added into 32 (pmaddwd),
// which is exact, as VNNI is.
//
// Packed: for each block of TK_W hidden units, for each pair of k, the gates i, f, g, o, each TK_W pairs of
// 16 bits; zeros where k or hidden end.

enum { quantized_rows = 2 };

static ptrdiff_t q8_lstm_packed_size(ptrdiff_t k, ptrdiff_t hidden) {
  return (hidden + TK_W - 1) / TK_W * ((k + 1) / 2) * 4 * TK_W * 2 * (ptrdiff_t)sizeof(int16_t);
}

static void q8_lstm_pack(ptrdiff_t k, ptrdiff_t hidden, const int8_t *w, ptrdiff_t ldw, int8_t *packed) {
  for (ptrdiff_t unit = 0; unit < hidden; unit += TK_W) {
    for (ptrdiff_t p = 0; p < k; p += 2) {
      for (ptrdiff_t gate = 0; gate < 4; ++gate) {
        int16_t pairs[2 * TK_W] = {0};
        for (ptrdiff_t j = 0; j < TK_W && unit + j < hidden; ++j) {
          const int8_t *from = w + p * ldw + gate * hidden + unit + j;
          pairs[2 * j] = from[0];
          if (p + 1 < k) pairs[2 * j + 1] = from[ldw];
        }
        __builtin_memcpy(packed, pairs, sizeof pairs);
        packed += sizeof pairs;
      }
    }
  }
}

/// Σ of the pairs' products, lane by lane.
TK_INLINE vi pair_products(vshort a, vshort w) {
#if TK_ISA_LEVEL == 1
  return (vi)(_mm256_madd_epi16((__m256i)a, (__m256i)w));
#elif defined(__x86_64__) && TK_W == 4
  return (vi)(_mm_madd_epi16((__m128i)a, (__m128i)w));
#else
  return __builtin_convertvector(a.even, vi) * __builtin_convertvector(w.even, vi) +
         __builtin_convertvector(a.odd, vi) * __builtin_convertvector(w.odd, vi);
#endif
}

/// One block of hidden units for `rows` sequences.
TK_INLINE void quantized_block(const int rows, ptrdiff_t k, ptrdiff_t hidden, ptrdiff_t unit,
                               const uint8_t *a, ptrdiff_t lda, const int8_t *block, const float *scale,
                               const float *bias, float *c, ptrdiff_t ldc, uint8_t *hq, ptrdiff_t ldhq) {
  vi sum[quantized_rows][4];
  TK_UNROLL for (int r = 0; r < rows; ++r) {
    TK_UNROLL for (int gate = 0; gate < 4; ++gate) sum[r][gate] = vi_all(0);
  }
  for (ptrdiff_t p = 0; p < k; p += 2) {
    vshort weights[4];
    __builtin_memcpy(weights, block + p * 4 * TK_W * (ptrdiff_t)sizeof(int16_t), sizeof weights);
    TK_UNROLL for (int r = 0; r < rows; ++r) {
      const uint8_t *from = a + r * lda + p;
      const int32_t pair = from[0] | (p + 1 < k ? from[1] << 16 : 0);
      const vshort left = (vshort)vi_all(pair);
      TK_UNROLL for (int gate = 0; gate < 4; ++gate) sum[r][gate] += pair_products(left, weights[gate]);
    }
  }
  const ptrdiff_t count = hidden - unit < TK_W ? hidden - unit : TK_W;
  TK_UNROLL for (int r = 0; r < rows; ++r) {
    vf gates[4];
    TK_UNROLL for (int gate = 0; gate < 4; ++gate) {
      const ptrdiff_t column = gate * hidden + unit;
      gates[gate] = madd(__builtin_convertvector(sum[r][gate], vf), get(scale + column, count),
                         get(bias + column, count));
    }
    vf state = get(c + r * ldc + unit, count);
    const vi h = lstm_quantized_cell(gates[0], gates[1], gates[2], gates[3], &state);
    put(c + r * ldc + unit, state, count);
    put_bytes(hq + r * ldhq + unit, h, count);
  }
}

static void q8_lstm_step(ptrdiff_t m, ptrdiff_t k, ptrdiff_t hidden, const uint8_t *a, ptrdiff_t lda,
                         const int8_t *packed, const float *scale, const float *bias, float *c, ptrdiff_t ldc,
                         uint8_t *hq, ptrdiff_t ldhq) {
  const ptrdiff_t block_size = q8_lstm_packed_size(k, TK_W);
  for (ptrdiff_t unit = 0; unit < hidden; unit += TK_W, packed += block_size) {
    ptrdiff_t r = 0;
    for (; r + quantized_rows <= m; r += quantized_rows) {
      quantized_block(quantized_rows, k, hidden, unit, a + r * lda, lda, packed, scale, bias, c + r * ldc,
                      ldc, hq + r * ldhq, ldhq);
    }
    for (; r < m; ++r) {
      quantized_block(1, k, hidden, unit, a + r * lda, lda, packed, scale, bias, c + r * ldc, ldc,
                      hq + r * ldhq, ldhq);
    }
  }
}
