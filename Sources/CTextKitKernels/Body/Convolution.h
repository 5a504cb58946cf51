// Convolution over time and its maximum, from a table that holds the products of every row with every filter
// at every place of a window: the score of a window is a sum of `width` runs of the table.

/// Vectors of filters that are scanned at once: what their sums, maxima and winners fit into registers.
enum { conv_vectors = TK_ISA_LEVEL == 2 ? 8 : 4 };

/// Stands for the rows that aren't there. Bits of zeros in both precisions.
static const float conv_zeros[conv_vectors * TK_W] = {0};

/// The row of a position of a sequence, or -1 for zeros: before it, behind it, or so marked.
TK_INLINE ptrdiff_t conv_row(const int32_t *tokens, ptrdiff_t length, ptrdiff_t position) {
  if (position < 0 || position >= length) return -1;
  return tokens[position];
}

/// One sequence and one block of filters. `last` is how many filters of the last vector count.
TK_INLINE void conv_max_block(const int vectors, const bool half, const int32_t *tokens, ptrdiff_t length,
                              ptrdiff_t padding, ptrdiff_t width, ptrdiff_t filters, const void *table,
                              ptrdiff_t ldt, const float *bias, bool relu, float *y, int32_t *winners,
                              ptrdiff_t last) {
  vf best[conv_vectors];
  vi at[conv_vectors];
  TK_UNROLL for (int v = 0; v < vectors; ++v) {
    best[v] = vf_all(-__builtin_inff());
    at[v] = vi_all((int32_t)-padding);
  }
  const ptrdiff_t end = length + padding - width > -padding ? length + padding - width : -padding;
  TK_NO_UNROLL for (ptrdiff_t first = -padding; first <= end; ++first) {
    vf sum[conv_vectors];
    TK_UNROLL for (int v = 0; v < vectors; ++v) sum[v] = vf_all(0);
    TK_NO_UNROLL for (ptrdiff_t place = 0; place < width; ++place) {
      const ptrdiff_t row = conv_row(tokens, length, first + place), from = row * ldt + place * filters;
      const uint16_t *halves = row < 0 ? (const uint16_t *)conv_zeros : (const uint16_t *)table + from;
      const float *floats = row < 0 ? conv_zeros : (const float *)table + from;
      TK_UNROLL for (int v = 0; v < vectors; ++v) {
        const ptrdiff_t count = v + 1 < vectors ? TK_W : last;
        sum[v] += half ? get_half(halves + v * TK_W, count) : get(floats + v * TK_W, count);
      }
    }
    TK_UNROLL for (int v = 0; v < vectors; ++v) {
      // The first of equals stays; NaN wins and nothing beats it.
      const vi wins = (vi)(sum[v] > best[v]) | (vi)(sum[v] != sum[v]);
      best[v] = wins ? sum[v] : best[v];
      at[v] = wins ? vi_all((int32_t)first) : at[v];
    }
  }
  TK_UNROLL for (int v = 0; v < vectors; ++v) {
    const ptrdiff_t count = v + 1 < vectors ? TK_W : last;
    vf score = best[v];
    if (bias != NULL) score += get(bias + v * TK_W, count);
    put(y + v * TK_W, relu ? at_least(score, 0) : score, count);
    if (winners != NULL) {
      float *to = (float *)(winners + v * TK_W);
      put(to, vf_bits(at[v]), count);
    }
  }
}

TK_INLINE void conv_max_all(const bool half, const tk_row_sequences *sequences, ptrdiff_t width,
                            ptrdiff_t filters, const void *table, ptrdiff_t ldt, const float *bias, bool relu,
                            float *y, ptrdiff_t ldy, int32_t *winners, ptrdiff_t ldw) {
  for (ptrdiff_t s = 0; s < sequences->count; ++s) {
    const ptrdiff_t start = sequences->offsets[s], length = sequences->offsets[s + 1] - start;
    for (ptrdiff_t f = 0; f < filters; f += conv_vectors * TK_W) {
      const ptrdiff_t left = filters - f < conv_vectors * TK_W ? filters - f : conv_vectors * TK_W;
      const ptrdiff_t vectors = (left + TK_W - 1) / TK_W, last = left - (vectors - 1) * TK_W;
      const void *block = (const char *)table + f * (ptrdiff_t)(half ? sizeof(uint16_t) : sizeof(float));
#define TK_CONV_BLOCK(n)                                                                                     \
  case n:                                                                                                    \
    conv_max_block(n, half, sequences->rows + start, length, sequences->padding, width, filters, block, ldt, \
                   bias != NULL ? bias + f : NULL, relu, y + s * ldy + f,                                    \
                   winners != NULL ? winners + s * ldw + f : NULL, last);                                    \
    break;
      switch (vectors) {
        TK_CONV_BLOCK(1)
        TK_CONV_BLOCK(2)
        TK_CONV_BLOCK(3)
        TK_CONV_BLOCK(4)
#if TK_ISA_LEVEL == 2
        TK_CONV_BLOCK(5)
        TK_CONV_BLOCK(6)
        TK_CONV_BLOCK(7)
        TK_CONV_BLOCK(8)
#endif
      }
#undef TK_CONV_BLOCK
    }
  }
}

static void conv_max(const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters,
                     const float *table, ptrdiff_t ldt, const float *bias, bool relu, float *y, ptrdiff_t ldy,
                     int32_t *winners, ptrdiff_t ldw) {
  conv_max_all(false, sequences, width, filters, table, ldt, bias, relu, y, ldy, winners, ldw);
}

static void conv_max_half(const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters,
                          const uint16_t *table, ptrdiff_t ldt, const float *bias, bool relu, float *y,
                          ptrdiff_t ldy) {
  conv_max_all(true, sequences, width, filters, table, ldt, bias, relu, y, ldy, NULL, 0);
}

// Filter by filter: a filter and its gradient stay in the first-level cache, rows of x in the second.
static void conv_max_backward(const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters,
                              ptrdiff_t columns, const float *x, const float *filter_rows, const float *y,
                              const float *dy, ptrdiff_t ldy, const int32_t *winners, ptrdiff_t ldw, float *dx,
                              float *d_filter_rows, float *d_bias) {
  for (ptrdiff_t f = 0; f < filters; ++f) {
    for (ptrdiff_t s = 0; s < sequences->count; ++s) {
      const float gradient = dy[s * ldy + f];
      if (!(y[s * ldy + f] > 0) || gradient == 0) continue;  // relu cut off, or dropout did
      d_bias[f] += gradient;
      const ptrdiff_t start = sequences->offsets[s], length = sequences->offsets[s + 1] - start;
      for (ptrdiff_t place = 0; place < width; ++place) {
        const ptrdiff_t row = conv_row(sequences->rows + start, length, winners[s * ldw + f] + place);
        if (row < 0) continue;
        const float *input = x + row * columns, *filter = filter_rows + (f * width + place) * columns;
        float *d_input = dx != NULL ? dx + row * columns : NULL;
        float *d_filter = d_filter_rows != NULL ? d_filter_rows + (f * width + place) * columns : NULL;
        if (d_input != NULL && d_filter != NULL) {
          TK_SWEEP(columns, {
            const vf left = madd(vf_all(gradient), get(filter + i, count), get(d_input + i, count));
            const vf right = madd(vf_all(gradient), get(input + i, count), get(d_filter + i, count));
            put(d_input + i, left, count);
            put(d_filter + i, right, count);
          });
        } else if (d_input != NULL) {
          axpy(columns, gradient, filter, d_input);
        } else if (d_filter != NULL) {
          axpy(columns, gradient, input, d_filter);
        }
      }
    }
  }
}
