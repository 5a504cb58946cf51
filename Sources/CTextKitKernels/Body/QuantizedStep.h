// The quantized LSTM step over the sums of a path.

/// One block of hidden units for `rows` sequences.
TK_INLINE void quantized_block(const int rows, ptrdiff_t k, ptrdiff_t hidden, ptrdiff_t unit,
                               const uint8_t *a, ptrdiff_t lda, const int8_t *block, const float *scale,
                               const float *bias, float *c, ptrdiff_t ldc, uint8_t *hq, ptrdiff_t ldhq) {
  vi sum[quantized_rows][4];
  quantized_sums(rows, k, a, lda, block, sum);
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
