// Sparse rows. The same code and the same bits on every CPU: what takes the time is reaching for scattered
// weights, which no vector instruction makes faster.
#include <math.h>

#include "include/CTextKitKernels.h"

#pragma clang fp contract(off)

static inline ptrdiff_t row_start(const tk_sparse_rows *x, ptrdiff_t row) { return row == 0 ? 0 : x->ends[row - 1]; }

/// Four sums at once, so that an addition needn't wait for the one before.
static inline float row_dot(const tk_sparse_rows *x, ptrdiff_t first, ptrdiff_t last, const float *w) {
  const int32_t *columns = x->columns;
  const float *values = x->values;
  float a = 0, b = 0, c = 0, d = 0;
  ptrdiff_t e = first;
  for (; e + 4 <= last; e += 4) {
    a += values[e] * w[columns[e]];
    b += values[e + 1] * w[columns[e + 1]];
    c += values[e + 2] * w[columns[e + 2]];
    d += values[e + 3] * w[columns[e + 3]];
  }
  for (; e < last; ++e) a += values[e] * w[columns[e]];
  return (a + b) + (c + d);
}

/// Columns differ within a row, so four weights may be read before the first is written.
static inline void row_axpy(const tk_sparse_rows *x, ptrdiff_t first, ptrdiff_t last, float alpha,
                            float *restrict w) {
  const int32_t *restrict columns = x->columns;
  const float *restrict values = x->values;
  ptrdiff_t e = first;
  for (; e + 4 <= last; e += 4) {
    float *const p = w + columns[e], *const q = w + columns[e + 1];
    float *const r = w + columns[e + 2], *const s = w + columns[e + 3];
    const float a = *p + alpha * values[e], b = *q + alpha * values[e + 1];
    const float c = *r + alpha * values[e + 2], d = *s + alpha * values[e + 3];
    *p = a;
    *q = b;
    *r = c;
    *s = d;
  }
  for (; e < last; ++e) w[columns[e]] += alpha * values[e];
}

void tk_sparse_multiply(const tk_sparse_rows *x, ptrdiff_t first, ptrdiff_t count, ptrdiff_t n, const float *w,
                        float *y) {
  for (ptrdiff_t row = first; row < first + count; ++row, y += n) {
    const ptrdiff_t start = row_start(x, row), end = x->ends[row];
    if (n == 1) {
      *y = row_dot(x, start, end, w);
      continue;
    }
    for (ptrdiff_t k = 0; k < n; ++k) y[k] = 0;
    for (ptrdiff_t e = start; e < end; ++e) {
      const float value = x->values[e], *weights = w + x->columns[e] * n;
      for (ptrdiff_t k = 0; k < n; ++k) y[k] += value * weights[k];
    }
  }
}

void tk_dual_pass(const tk_sparse_rows *x, const tk_dual_problem *problem, tk_dual_state *state, int32_t *order,
                  double *alphas, float *w) {
  const double shrink_above = state->greatest, shrink_below = state->least;
  double greatest = -INFINITY, least = INFINITY, bias = state->bias;
  ptrdiff_t active = state->active;
  for (ptrdiff_t s = 0; s < active; ++s) {
    const int32_t row = order[s];
    const ptrdiff_t first = row_start(x, row), last = x->ends[row];
    const int side = problem->sides[row];
    const double sign = side ? 1 : -1, upper = problem->upper[side], diagonal = problem->diagonal[side];
    if (s + 1 < active) {
      const ptrdiff_t next = row_start(x, order[s + 1]);
      __builtin_prefetch(x->columns + next);
      __builtin_prefetch(x->values + next);
    }
    double alpha = alphas[row];
    const double gradient = sign * ((double)row_dot(x, first, last, w) + bias) - 1 + alpha * diagonal;
    double projected = gradient;
    bool leaves = false;
    if (alpha == 0) {
      leaves = gradient > shrink_above;
      if (gradient > 0) projected = 0;
    } else if (alpha == upper) {
      leaves = gradient < shrink_below;
      if (gradient < 0) projected = 0;
    }
    if (leaves) {
      active -= 1;
      order[s] = order[active];
      order[active] = row;
      s -= 1;
      continue;
    }
    if (projected > greatest) greatest = projected;
    if (projected < least) least = projected;
    if (fabs(projected) <= 1e-12) continue;
    double moved = alpha - gradient / (problem->squares[row] + diagonal);
    moved = moved < 0 ? 0 : moved > upper ? upper : moved;
    alphas[row] = moved;
    const double change = (moved - alpha) * sign;
    row_axpy(x, first, last, (float)change, w);
    if (problem->has_bias) bias += change;
  }
  state->active = active;
  state->greatest = greatest;
  state->least = least;
  state->bias = bias;
}
