// Vectors: sums, products and reductions.

static void axpy(ptrdiff_t n, float alpha, const float *x, float *y) {
  TK_SWEEP(n, put(y + i, madd(vf_all(alpha), get(x + i, count), get(y + i, count)), count));
}

static float dot(ptrdiff_t n, const float *x, const float *y) {
  vf sum[4] = {vf_all(0), vf_all(0), vf_all(0), vf_all(0)};
  const ptrdiff_t whole = n / (4 * TK_W) * (4 * TK_W);
  for (ptrdiff_t i = 0; i < whole; i += 4 * TK_W) {
    TK_UNROLL for (int u = 0; u < 4; ++u) {
      sum[u] = madd(load(x + i + u * TK_W), load(y + i + u * TK_W), sum[u]);
    }
  }
  TK_SWEEP(n - whole, sum[0] = madd(get(x + whole + i, count), get(y + whole + i, count), sum[0]));
  return sum_lanes((sum[0] + sum[1]) + (sum[2] + sum[3]));
}

static void scale(ptrdiff_t n, float alpha, float *x) {
  TK_SWEEP(n, put(x + i, get(x + i, count) * vf_all(alpha), count));
}

static void add(ptrdiff_t n, const float *x, const float *y, float *z) {
  TK_SWEEP(n, put(z + i, get(x + i, count) + get(y + i, count), count));
}

static void mul(ptrdiff_t n, const float *x, const float *y, float *z) {
  TK_SWEEP(n, put(z + i, get(x + i, count) * get(y + i, count), count));
}

static void mul_add(ptrdiff_t n, const float *x, const float *y, float *z) {
  TK_SWEEP(n, put(z + i, madd(get(x + i, count), get(y + i, count), get(z + i, count)), count));
}

static double sum(ptrdiff_t n, const float *x) {
  vd sum[2] = {(vd)(0), (vd)(0)};
  const ptrdiff_t whole = n / (2 * TK_W) * (2 * TK_W);
  for (ptrdiff_t i = 0; i < whole; i += 2 * TK_W) {
    sum[0] += __builtin_convertvector(load(x + i), vd);
    sum[1] += __builtin_convertvector(load(x + i + TK_W), vd);
  }
  TK_SWEEP(n - whole, sum[0] += __builtin_convertvector(get(x + whole + i, count), vd));
  sum[0] += sum[1];
  return sum_lanes_double(&sum[0]);
}

static double sum_squares(ptrdiff_t n, const float *x) {
  vd sum[2] = {(vd)(0), (vd)(0)};
  const ptrdiff_t whole = n / (2 * TK_W) * (2 * TK_W);
  for (ptrdiff_t i = 0; i < whole; i += 2 * TK_W) {
    const vd first = __builtin_convertvector(load(x + i), vd);
    const vd second = __builtin_convertvector(load(x + i + TK_W), vd);
    sum[0] += first * first;  // exact: 24 bits times 24 bits
    sum[1] += second * second;
  }
  TK_SWEEP(n - whole, {
    const vd value = __builtin_convertvector(get(x + whole + i, count), vd);
    sum[0] += value * value;
  });
  sum[0] += sum[1];
  return sum_lanes_double(&sum[0]);
}

static void add_row(ptrdiff_t m, ptrdiff_t n, const float *row, float *x, ptrdiff_t ldx) {
  for (ptrdiff_t r = 0; r < m; ++r) add(n, x + r * ldx, row, x + r * ldx);
}

static void sum_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *out) {
  ptrdiff_t j = 0;
  for (; j <= n - 4 * TK_W; j += 4 * TK_W) {
    vf sum[4];
    TK_UNROLL for (int u = 0; u < 4; ++u) sum[u] = load(out + j + u * TK_W);
    for (ptrdiff_t r = 0; r < m; ++r) {
      TK_UNROLL for (int u = 0; u < 4; ++u) sum[u] += load(x + r * ldx + j + u * TK_W);
    }
    TK_UNROLL for (int u = 0; u < 4; ++u) store(out + j + u * TK_W, sum[u]);
  }
  TK_SWEEP(n - j, {
    vf sum = get(out + j + i, count);
    for (ptrdiff_t r = 0; r < m; ++r) sum += get(x + r * ldx + j + i, count);
    put(out + j + i, sum, count);
  });
}
