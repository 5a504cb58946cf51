// Softmax and its logarithm by rows. The greatest element is subtracted first; a row without a finite
// greatest element is left unshifted, which makes the limits come out: log Σ exp is -∞ for a row of -∞, ∞
// beside an ∞.
//
// Short rows (a row of tags) go TK_W at a time, a row in each lane; long ones vector by vector. Which it is
// depends on n alone, and a lane knows nothing of its neighbors, so a row's result depends on that row alone.

enum { short_row = TK_W == 16 ? 64 : 2 * TK_W - 1 };  // as measured

/// What to subtract from rows whose greatest elements are given.
TK_INLINE vf row_shift(vf greatest) {
  return greatest - greatest == vf_all(0) ? greatest : vf_all(0);
}

/// Up to TK_W short rows as columns: column[j] holds element j of each row, zeros in the lanes beyond `rows`.
TK_INLINE void load_columns(ptrdiff_t rows, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *column) {
  if (rows < TK_W) {
    for (ptrdiff_t j = 0; j < n; ++j) store(column + j * TK_W, vf_all(0));
  }
  transpose(rows, n, x, ldx, column, TK_W);
}

/// The shift of each row, in its lane.
TK_INLINE vf columns_shift(ptrdiff_t n, const float *column) {
  vf greatest = vf_all(-__builtin_inff());
  for (ptrdiff_t j = 0; j < n; ++j) {
    const vf value = load(column + j * TK_W);
    greatest = value > greatest ? value : greatest;
  }
  return row_shift(greatest);
}

/// Σ exp(x - shift) of each row, in its lane; the terms replace the columns when `keep`.
TK_INLINE vf columns_exponentials(ptrdiff_t n, float *column, vf shift, const bool keep) {
  vf sum = vf_all(0);
  for (ptrdiff_t j = 0; j < n; ++j) {
    const vf term = exp_vector(load(column + j * TK_W) - shift);
    if (keep) store(column + j * TK_W, term);
    sum += term;
  }
  return sum;
}

static void softmax_short_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y,
                               ptrdiff_t ldy) {
  _Alignas(64) float column[short_row * TK_W];
  for (ptrdiff_t r = 0; r < m; r += TK_W) {
    const ptrdiff_t rows = m - r < TK_W ? m - r : TK_W;
    load_columns(rows, n, x + r * ldx, ldx, column);
    const vf factor = vf_all(1) / columns_exponentials(n, column, columns_shift(n, column), true);
    for (ptrdiff_t j = 0; j < n; ++j) store(column + j * TK_W, load(column + j * TK_W) * factor);
    transpose(n, rows, column, TK_W, y + r * ldy, ldy);
  }
}

static void log_softmax_short_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y,
                                   ptrdiff_t ldy) {
  _Alignas(64) float column[short_row * TK_W];
  for (ptrdiff_t r = 0; r < m; r += TK_W) {
    const ptrdiff_t rows = m - r < TK_W ? m - r : TK_W;
    load_columns(rows, n, x + r * ldx, ldx, column);
    const vf shift = columns_shift(n, column);
    const vf log = log_vector(columns_exponentials(n, column, shift, false));
    for (ptrdiff_t j = 0; j < n; ++j) {
      store(column + j * TK_W, (load(column + j * TK_W) - shift) - log);
    }
    transpose(n, rows, column, TK_W, y + r * ldy, ldy);
  }
}

static void logsumexp_short_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *out) {
  _Alignas(64) float column[short_row * TK_W];
  for (ptrdiff_t r = 0; r < m; r += TK_W) {
    const ptrdiff_t rows = m - r < TK_W ? m - r : TK_W;
    load_columns(rows, n, x + r * ldx, ldx, column);
    const vf shift = columns_shift(n, column);
    put(out + r, log_vector(columns_exponentials(n, column, shift, false)) + shift, rows);
  }
}

/// The shift of one long row.
TK_INLINE vf long_row_shift(ptrdiff_t n, const float *x) {
  vf greatest = vf_all(-__builtin_inff());
  TK_SWEEP(n, {
    const vf value = count == TK_W ? load(x + i) : pad(load_part(x + i, count), count, -__builtin_inff());
    greatest = value > greatest ? value : greatest;
  });
  return row_shift(vf_all(max_lanes(greatest)));
}

/// Σ exp(x - shift) of one long row, the terms written to `y` when it is not NULL.
TK_INLINE vf long_row_exponentials(ptrdiff_t n, const float *x, vf shift, float *y) {
  vf sum = vf_all(0);
  TK_SWEEP(n, {
    const vf term = exp_vector(get(x + i, count) - shift);
    if (y != NULL) put(y + i, term, count);
    sum += count == TK_W ? term : pad(term, count, 0);
  });
  return vf_all(sum_lanes(sum));
}

static void softmax_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy) {
  if (n <= short_row) {
    softmax_short_rows(m, n, x, ldx, y, ldy);
    return;
  }
  for (ptrdiff_t r = 0; r < m; ++r) {
    float *to = y + r * ldy;
    const vf shift = long_row_shift(n, x + r * ldx);
    const vf factor = vf_all(1) / long_row_exponentials(n, x + r * ldx, shift, to);
    TK_SWEEP(n, put(to + i, get(to + i, count) * factor, count));
  }
}

static void log_softmax_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y,
                             ptrdiff_t ldy) {
  if (n <= short_row) {
    log_softmax_short_rows(m, n, x, ldx, y, ldy);
    return;
  }
  for (ptrdiff_t r = 0; r < m; ++r) {
    const float *from = x + r * ldx;
    float *to = y + r * ldy;
    const vf shift = long_row_shift(n, from);
    const vf log = log_vector(long_row_exponentials(n, from, shift, NULL));
    TK_SWEEP(n, put(to + i, (get(from + i, count) - shift) - log, count));
  }
}

static void logsumexp_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *out) {
  if (n <= short_row) {
    logsumexp_short_rows(m, n, x, ldx, out);
    return;
  }
  for (ptrdiff_t r = 0; r < m; ++r) {
    const vf shift = long_row_shift(n, x + r * ldx);
    out[r] = (log_vector(long_row_exponentials(n, x + r * ldx, shift, NULL)) + shift)[0];
  }
}
