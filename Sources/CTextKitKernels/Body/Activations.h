// Activations and their gradients, element by element.

static void exp_all(ptrdiff_t n, const float *x, float *y) {
  TK_SWEEP(n, put(y + i, exp_vector(get(x + i, count)), count));
}

static void tanh_all(ptrdiff_t n, const float *x, float *y) {
  TK_SWEEP(n, put(y + i, tanh_vector(get(x + i, count)), count));
}

static void sigmoid_all(ptrdiff_t n, const float *x, float *y) {
  TK_SWEEP(n, put(y + i, sigmoid_vector(get(x + i, count)), count));
}

static void relu(ptrdiff_t n, const float *x, float *y) {
  TK_SWEEP(n, put(y + i, at_least(get(x + i, count), 0), count));
}

static void tanh_backward(ptrdiff_t n, const float *y, const float *dy, float *dx) {
  TK_SWEEP(n, {
    const vf value = get(y + i, count);
    put(dx + i, madd(get(dy + i, count), madd(-value, value, vf_all(1)), get(dx + i, count)), count);
  });
}

static void sigmoid_backward(ptrdiff_t n, const float *y, const float *dy, float *dx) {
  TK_SWEEP(n, {
    const vf value = get(y + i, count);
    put(dx + i, madd(get(dy + i, count), madd(-value, value, value), get(dx + i, count)), count);
  });
}

static void relu_backward(ptrdiff_t n, const float *y, const float *dy, float *dx) {
  TK_SWEEP(n, {
    const vf before = get(dx + i, count), after = before + get(dy + i, count);
    put(dx + i, get(y + i, count) > vf_all(0) ? after : before, count);
  });
}
