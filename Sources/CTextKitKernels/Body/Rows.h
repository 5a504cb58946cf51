// Softmax and its logarithm by rows. The greatest element is subtracted first; a row without a finite greatest
// element is left unshifted, which makes the limits come out: log Σ exp is -∞ for a row of -∞, ∞ beside an ∞.

/// What to subtract from a row: its greatest element, or 0 where that is not finite.
TK_INLINE float row_shift(ptrdiff_t n, const float *x) {
  vf greatest = vf_all(-__builtin_inff());
  TK_SWEEP(n, {
    const vf value = count == TK_W ? load(x + i) : pad(load_part(x + i, count), count, -__builtin_inff());
    greatest = value > greatest ? value : greatest;
  });
  const float shift = max_lanes(greatest);
  return shift - shift == 0 ? shift : 0;
}

/// Σ exp(x - shift), the terms written to `y` when it is not NULL.
TK_INLINE float row_exponentials(ptrdiff_t n, const float *x, float shift, float *y) {
  vf sum = vf_all(0);
  TK_SWEEP(n, {
    const vf term = exp_vector(get(x + i, count) - vf_all(shift));
    if (y != NULL) put(y + i, term, count);
    sum += count == TK_W ? term : pad(term, count, 0);
  });
  return sum_lanes(sum);
}

static void softmax_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy) {
  for (ptrdiff_t r = 0; r < m; ++r) {
    const float shift = row_shift(n, x + r * ldx);
    scale(n, 1 / row_exponentials(n, x + r * ldx, shift, y + r * ldy), y + r * ldy);
  }
}

static void log_softmax_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y,
                             ptrdiff_t ldy) {
  for (ptrdiff_t r = 0; r < m; ++r) {
    const float shift = row_shift(n, x + r * ldx);
    const float log = (float)log_of_sum(row_exponentials(n, x + r * ldx, shift, NULL));
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    TK_SWEEP(n, put(to + i, (get(from + i, count) - vf_all(shift)) - vf_all(log), count));
  }
}

static void logsumexp_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *out) {
  for (ptrdiff_t r = 0; r < m; ++r) {
    const float shift = row_shift(n, x + r * ldx);
    out[r] = (float)(log_of_sum(row_exponentials(n, x + r * ldx, shift, NULL)) + shift);
  }
}
