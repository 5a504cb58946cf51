// The element-wise half of an LSTM step, one pass over the row.

static void lstm_forward(ptrdiff_t m, ptrdiff_t hidden, float *gates, ptrdiff_t ldg, const float *c_prev,
                         ptrdiff_t ldcp, float *c, ptrdiff_t ldc, float *tanh_c, ptrdiff_t ldt, float *h,
                         ptrdiff_t ldh) {
  for (ptrdiff_t r = 0; r < m; ++r) {
    float *gi = gates + r * ldg, *gf = gi + hidden, *gg = gf + hidden, *go = gg + hidden;
    const float *before = c_prev != NULL ? c_prev + r * ldcp : NULL;
    float *state = c + r * ldc, *squashed = tanh_c + r * ldt, *output = h + r * ldh;
    TK_SWEEP(hidden, {
      const vf input = sigmoid_vector(get(gi + i, count));
      const vf forget = sigmoid_vector(get(gf + i, count));
      const vf candidate = tanh_vector(get(gg + i, count));
      const vf out = sigmoid_vector(get(go + i, count));
      const vf old = before != NULL ? get(before + i, count) : vf_all(0);
      const vf next = madd(forget, old, input * candidate);
      const vf next_tanh = tanh_vector(next);
      put(gi + i, input, count);
      put(gf + i, forget, count);
      put(gg + i, candidate, count);
      put(go + i, out, count);
      put(state + i, next, count);
      put(squashed + i, next_tanh, count);
      put(output + i, out * next_tanh, count);
    });
  }
}

static void lstm_backward(ptrdiff_t m, ptrdiff_t hidden, float *gates, ptrdiff_t ldg, const float *c_prev,
                          ptrdiff_t ldcp, const float *tanh_c, ptrdiff_t ldt, const float *dh, ptrdiff_t lddh,
                          float *dc, ptrdiff_t lddc) {
  const vf one = vf_all(1);
  for (ptrdiff_t r = 0; r < m; ++r) {
    float *gi = gates + r * ldg, *gf = gi + hidden, *gg = gf + hidden, *go = gg + hidden;
    const float *before = c_prev != NULL ? c_prev + r * ldcp : NULL;
    const float *squashed = tanh_c + r * ldt, *d_output = dh + r * lddh;
    float *d_state = dc + r * lddc;
    TK_SWEEP(hidden, {
      const vf input = get(gi + i, count), forget = get(gf + i, count);
      const vf candidate = get(gg + i, count), out = get(go + i, count);
      const vf old = before != NULL ? get(before + i, count) : vf_all(0);
      const vf t = get(squashed + i, count), dh_here = get(d_output + i, count);
      const vf dc_here = madd(dh_here * out, madd(-t, t, one), get(d_state + i, count));
      put(gi + i, dc_here * candidate * madd(-input, input, input), count);
      put(gf + i, dc_here * old * madd(-forget, forget, forget), count);
      put(gg + i, dc_here * input * madd(-candidate, candidate, one), count);
      put(go + i, dh_here * t * madd(-out, out, out), count);
      put(d_state + i, dc_here * forget, count);
    });
  }
}
