// One step of an optimizer over a vector of weights.

static void sgd(ptrdiff_t n, float rate, float momentum, float decay, float g_scale, const float *g, float *v,
                float *w) {
  if (v == NULL) {
    TK_SWEEP(n, {
      const vf weight = get(w + i, count);
      const vf gradient = madd(vf_all(g_scale), get(g + i, count), vf_all(decay) * weight);
      put(w + i, madd(vf_all(-rate), gradient, weight), count);
    });
    return;
  }
  TK_SWEEP(n, {
    const vf weight = get(w + i, count);
    const vf gradient = madd(vf_all(g_scale), get(g + i, count), vf_all(decay) * weight);
    const vf velocity = madd(vf_all(momentum), get(v + i, count), gradient);
    put(v + i, velocity, count);
    put(w + i, madd(vf_all(-rate), velocity, weight), count);
  });
}

static void adagrad(ptrdiff_t n, float rate, float epsilon, float decay, float g_scale, const float *g,
                    float *s, float *w) {
  TK_SWEEP(n, {
    const vf weight = get(w + i, count);
    const vf gradient = madd(vf_all(g_scale), get(g + i, count), vf_all(decay) * weight);
    const vf squares = madd(gradient, gradient, get(s + i, count));
    const vf step = vf_all(rate) * gradient / (__builtin_elementwise_sqrt(squares) + vf_all(epsilon));
    put(s + i, squares, count);
    put(w + i, weight - step, count);
  });
}

static void adam(ptrdiff_t n, float rate, float beta1, float beta2, float epsilon, float correction1,
                 float correction2, float decay, float decoupled, float g_scale, const float *g, float *mean,
                 float *square, float *w) {
  const vf kept = vf_all(1 - rate * decoupled), fresh1 = vf_all(1 - beta1), fresh2 = vf_all(1 - beta2);
  const vf corrected_rate = vf_all(rate * correction1);
  TK_SWEEP(n, {
    const vf weight = get(w + i, count);
    const vf gradient = madd(vf_all(g_scale), get(g + i, count), vf_all(decay) * weight);
    const vf first = madd(vf_all(beta1), get(mean + i, count), fresh1 * gradient);
    const vf second = madd(vf_all(beta2), get(square + i, count), fresh2 * gradient * gradient);
    const vf root = __builtin_elementwise_sqrt(second * vf_all(correction2)) + vf_all(epsilon);
    put(mean + i, first, count);
    put(square + i, second, count);
    put(w + i, madd(kept, weight, -(corrected_rate * first / root)), count);
  });
}

static void ftrl(ptrdiff_t n, float alpha, float beta, float l1, float l2, float g_scale, const float *g,
                 float *z, float *s, float *w) {
  const vf per_alpha = vf_all(1 / alpha);
  TK_SWEEP(n, {
    const vf gradient = vf_all(g_scale) * get(g + i, count);
    const vf weight = get(w + i, count);
    const vf before = get(s + i, count);
    const vf after = madd(gradient, gradient, before);
    const vf root = __builtin_elementwise_sqrt(after);
    const vf sigma = (root - __builtin_elementwise_sqrt(before)) * per_alpha;
    const vf dual = get(z + i, count) + madd(-sigma, weight, gradient);
    const vi sign = vi_bits(dual) & vi_all(INT32_MIN);
    const vf excess = vf_bits(vi_bits(dual) & vi_all(INT32_MAX)) - vf_all(l1);
    const vf curvature = (vf_all(beta) + root) * per_alpha + vf_all(l2);
    const vf active = vf_bits(vi_bits(-(excess / curvature)) ^ sign);
    put(s + i, after, count);
    put(z + i, dual, count);
    put(w + i, excess > vf_all(0) ? active : vf_all(0), count);
  });
}
