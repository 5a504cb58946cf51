// The integer sums of the quantized LSTM step without VNNI: bytes widened to 16 bits, pairs of products added
// into 32 (pmaddwd), which is exact, as VNNI is.
//
// Packed: for each block of TK_W hidden units, first for the gates i and f, then for g and o, for each pair of
// k, the two gates, each TK_W pairs of 16 bits; zeros where k or hidden end.
//
// Two gates of six rows fill twelve of sixteen registers: eight loads serve twelve products. All four gates at
// once leave room for three rows, and their fifteen loads take longer than the products.

enum {
  quantized_gates = 2,
  quantized_chunk = 512,  // of k, widened at a time: 6 KiB of stack
};

static ptrdiff_t q8_lstm_packed_size(ptrdiff_t k, ptrdiff_t hidden) {
  return (hidden + TK_W - 1) / TK_W * ((k + 1) / 2) * 4 * TK_W * 2 * (ptrdiff_t)sizeof(int16_t);
}

static void q8_lstm_pack(ptrdiff_t k, ptrdiff_t hidden, const int8_t *w, ptrdiff_t ldw, int8_t *packed) {
  for (ptrdiff_t unit = 0; unit < hidden; unit += TK_W) {
    for (ptrdiff_t first = 0; first < 4; first += quantized_gates) {
      for (ptrdiff_t p = 0; p < k; p += 2) {
        for (ptrdiff_t gate = first; gate < first + quantized_gates; ++gate) {
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

/// The sums of one block of hidden units for `rows` sequences, gate by gate.
TK_INLINE void quantized_sums(const int rows, ptrdiff_t k, const uint8_t *a, ptrdiff_t lda,
                              const int8_t *block, vi sum[quantized_rows][4]) {
  TK_UNROLL for (int r = 0; r < rows; ++r) {
    TK_UNROLL for (int gate = 0; gate < 4; ++gate) sum[r][gate] = vi_all(0);
  }
  const ptrdiff_t group = quantized_gates * TK_W * 2 * (ptrdiff_t)sizeof(int16_t), pairs = (k + 1) / 2;
  for (ptrdiff_t first = 0; first < k; first += quantized_chunk) {
    const ptrdiff_t count = k - first < quantized_chunk ? k - first : quantized_chunk;
    int16_t wide[quantized_rows][quantized_chunk];
    TK_UNROLL for (int r = 0; r < rows; ++r) {
      const uint8_t *from = a + r * lda + first;
      for (ptrdiff_t p = 0; p < count; ++p) wide[r][p] = from[p];
      if (count % 2) wide[r][count] = 0;  // an odd count is less than a chunk
    }
    TK_UNROLL for (int gates = 0; gates < 4; gates += quantized_gates) {
      vi part[quantized_rows][quantized_gates];
      TK_UNROLL for (int r = 0; r < rows; ++r) {
        TK_UNROLL for (int g = 0; g < quantized_gates; ++g) part[r][g] = sum[r][gates + g];
      }
      const int8_t *weight = block + (gates / quantized_gates * pairs + first / 2) * group;
      TK_NO_UNROLL for (ptrdiff_t p = 0; p < count; p += 2, weight += group) {
        vshort weights[quantized_gates];
        __builtin_memcpy(weights, weight, sizeof weights);
        TK_UNROLL for (int r = 0; r < rows; ++r) {
          int32_t pair;
          __builtin_memcpy(&pair, &wide[r][p], sizeof pair);
          const vshort left = (vshort)vi_all(pair);
          TK_UNROLL for (int g = 0; g < quantized_gates; ++g) part[r][g] += pair_products(left, weights[g]);
        }
      }
      TK_UNROLL for (int r = 0; r < rows; ++r) {
        TK_UNROLL for (int g = 0; g < quantized_gates; ++g) sum[r][gates + g] = part[r][g];
      }
    }
  }
}
