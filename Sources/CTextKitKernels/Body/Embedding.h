// Steps of word2vec, a window at a time: what the words around a center and its outputs (the center and the
// words drawn against it, or the nodes of its path in a Huffman tree) say of each other is one small matrix
// product, as in Ji et al. 2016, 'Parallelizing Word2Vec in Shared and Distributed Memory', section 3.
//
// The rows of a window stay in the nearest cache, those of outputs lie anywhere in a large table: they are
// asked for one window ahead.

enum {
  embedding_columns = 6,  // outputs of a tile: a center and five words drawn against it
#if defined(__x86_64__)
  embedding_rows = TK_W == 16 ? 4 : 2,  // inputs of a tile of scores, as registers allow
#else
  embedding_rows = 4,
#endif
  // Vectors of 1 + e^z, z <= 20, whose product is finite: (1 + e^20)^4 = 6e34.
  embedding_factors = 4,
};

// One step of a tree of sums: each block of 2·half lanes of `a` is folded to half its width and put beside that
// of `b`. After halves TK_W/2, …, 1 lane p holds the sum of the vector whose number has the bits of p reversed.
#if TK_W == 16
#define TK_FOLD_8(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +                   \
   __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
#define TK_FOLD_4(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27) +                 \
   __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
#define TK_FOLD_2(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +                 \
   __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
#define TK_FOLD_1(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +                \
   __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
#elif TK_W == 8
#define TK_FOLD_4(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +                                                 \
   __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15))
#define TK_FOLD_2(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +                                                 \
   __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15))
#define TK_FOLD_1(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14) +                                                \
   __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15))
#else
#define TK_FOLD_2(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7))
#define TK_FOLD_1(a, b)                                                                                      \
  (__builtin_shufflevector(a, b, 0, 4, 2, 6) + __builtin_shufflevector(a, b, 1, 5, 3, 7))
#endif

/// The sums of the lanes of TK_W vectors, that of v[p] in lane p.
TK_INLINE vf sums_of_vectors(const vf *v) {
  vf t[TK_W];
#if TK_W == 16
  static const int order[16] = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};
#elif TK_W == 8
  static const int order[8] = {0, 4, 2, 6, 1, 5, 3, 7};
#else
  static const int order[4] = {0, 2, 1, 3};
#endif
  TK_UNROLL for (int i = 0; i < TK_W; ++i) t[i] = v[order[i]];
#if TK_W == 16
  TK_UNROLL for (int i = 0; i < 8; ++i) t[i] = TK_FOLD_8(t[2 * i], t[2 * i + 1]);
#endif
#if TK_W >= 8
  TK_UNROLL for (int i = 0; i < 4; ++i) t[i] = TK_FOLD_4(t[2 * i], t[2 * i + 1]);
#endif
  TK_UNROLL for (int i = 0; i < 2; ++i) t[i] = TK_FOLD_2(t[2 * i], t[2 * i + 1]);
  return TK_FOLD_1(t[0], t[1]);
}

/// scores[r · columns + c] = x[r] · w[c] for `rows` inputs and a tile of outputs. Writes up to a vector more.
TK_INLINE void embedding_scores(const int rows, ptrdiff_t stride, float *const *x, float *const *w,
                                float *scores) {
  enum { most = (embedding_rows * embedding_columns + TK_W - 1) / TK_W * TK_W };
  const int count = rows * embedding_columns;
  vf sums[most];
  TK_UNROLL for (int i = 0; i < most; ++i) sums[i] = vf_all(0);
  for (ptrdiff_t k = 0; k < stride; k += TK_W) {
    vf xs[embedding_rows];
    TK_UNROLL for (int r = 0; r < rows; ++r) xs[r] = load(x[r] + k);
    TK_UNROLL for (int c = 0; c < embedding_columns; ++c) {
      const vf v = load(w[c] + k);
      TK_UNROLL for (int r = 0; r < rows; ++r) {
        sums[r * embedding_columns + c] = madd(xs[r], v, sums[r * embedding_columns + c]);
      }
    }
  }
  TK_UNROLL for (int i = 0; i < count; i += TK_W) store(scores + i, sums_of_vectors(sums + i));
}

/// The scores of m inputs and a tile of outputs.
TK_INLINE void embedding_all_scores(ptrdiff_t m, ptrdiff_t stride, float *const *x, float *const *w,
                                    float *scores) {
  ptrdiff_t r = 0;
  for (; r + embedding_rows <= m; r += embedding_rows) {
    embedding_scores(embedding_rows, stride, x + r, w, scores + r * embedding_columns);
  }
#if TK_W == 16 || !defined(__x86_64__)
  if (m - r == 3) embedding_scores(3, stride, x + r, w, scores + r * embedding_columns);
  if (m - r == 2) embedding_scores(2, stride, x + r, w, scores + r * embedding_columns);
#endif
  if (m - r == 1) embedding_scores(1, stride, x + r, w, scores + r * embedding_columns);
}

/// Replaces scores s by rate · (label - σ(s)), as signs say: 1 for label 1, -1 for label 0, 0 for no output.
/// Returns Σ -log P(label), a part in each lane.
TK_INLINE vf embedding_errors(ptrdiff_t count, float rate, const float *signs, float *scores) {
  vf loss = vf_all(0), product = vf_all(1);
  int factors = 0;
  for (ptrdiff_t i = 0; i < count; i += TK_W) {
    // What is left of the last vector belongs to no input: its signs are 0.
    vf sign = load(signs + i);
    if (count - i < TK_W) sign = pad(sign, count - i, 0);
    const vf q = one_plus_exp(sign * load(scores + i), -1, 20);  // 1 / P(label)
    store(scores + i, sign * vf_all(rate) * (vf_all(1) - vf_all(1) / q));
    product *= sign == vf_all(0) ? vf_all(1) : q;
    if (++factors == embedding_factors) {
      loss += log_vector(product);
      product = vf_all(1);
      factors = 0;
    }
  }
  return loss + log_vector(product);
}

/// x[i] += Σ_c e[i, c] · w[c] and w[c] += Σ_i e[i, c] · x[i], both with the values before.
TK_INLINE void embedding_update(ptrdiff_t m, ptrdiff_t stride, float *const *x, float *const *w,
                                const float *e) {
  for (ptrdiff_t k = 0; k < stride; k += TK_W) {
    vf v[embedding_columns], sum[embedding_columns];
    TK_UNROLL for (int c = 0; c < embedding_columns; ++c) {
      v[c] = load(w[c] + k);
      sum[c] = vf_all(0);
    }
    for (ptrdiff_t i = 0; i < m; ++i) {
      const float *errors = e + i * embedding_columns;
      const vf old = load(x[i] + k);
      vf even = old, odd = vf_all(0);
      TK_UNROLL for (int c = 0; c < embedding_columns; c += 2) {
        const vf first = vf_all(errors[c]), second = vf_all(errors[c + 1]);
        even = madd(first, v[c], even);
        odd = madd(second, v[c + 1], odd);
        sum[c] = madd(first, old, sum[c]);
        sum[c + 1] = madd(second, old, sum[c + 1]);
      }
      store(x[i] + k, even + odd);
    }
    // Read again, since an output may stand in the tile twice.
    TK_UNROLL for (int c = 0; c < embedding_columns; ++c) store(w[c] + k, load(w[c] + k) + sum[c]);
  }
}

TK_INLINE void prefetch_row(const float *row, ptrdiff_t stride) {
  for (ptrdiff_t k = 0; k < stride; k += 16) __builtin_prefetch(row + k, 1, 3);
}

/// x = the mean of the rows that a range of words stands for; returns how many those are.
TK_INLINE ptrdiff_t embedding_gather(const tk_embedding_tables *t, const int32_t *words, ptrdiff_t low,
                                     ptrdiff_t high, ptrdiff_t skipped, float *x) {
  const ptrdiff_t stride = t->stride;
  ptrdiff_t rows = 0;
  for (ptrdiff_t k = 0; k < stride; k += TK_W) store(x + k, vf_all(0));
  for (ptrdiff_t p = low; p < high; ++p) {
    if (p == skipped) continue;
    const ptrdiff_t first = t->bag_ends == NULL ? words[p] : words[p] == 0 ? 0 : t->bag_ends[words[p] - 1];
    const ptrdiff_t last = t->bag_ends == NULL ? first + 1 : t->bag_ends[words[p]];
    for (ptrdiff_t b = first; b < last; ++b) {
      const float *row = t->inputs + (t->bag_ends == NULL ? b : t->bags[b]) * stride;
      for (ptrdiff_t k = 0; k < stride; k += TK_W) store(x + k, load(x + k) + load(row + k));
      rows += 1;
    }
  }
  const vf factor = vf_all(1) / vf_all((float)rows);
  for (ptrdiff_t k = 0; k < stride; k += TK_W) store(x + k, load(x + k) * factor);
  return rows;
}

/// Adds `change` to every row that a range of words stands for.
TK_INLINE void embedding_scatter(const tk_embedding_tables *t, const int32_t *words, ptrdiff_t low,
                                 ptrdiff_t high, ptrdiff_t skipped, const float *change) {
  const ptrdiff_t stride = t->stride;
  for (ptrdiff_t p = low; p < high; ++p) {
    if (p == skipped) continue;
    const ptrdiff_t first = t->bag_ends == NULL ? words[p] : words[p] == 0 ? 0 : t->bag_ends[words[p] - 1];
    const ptrdiff_t last = t->bag_ends == NULL ? first + 1 : t->bag_ends[words[p]];
    for (ptrdiff_t b = first; b < last; ++b) {
      float *row = t->inputs + (t->bag_ends == NULL ? b : t->bags[b]) * stride;
      for (ptrdiff_t k = 0; k < stride; k += TK_W) store(row + k, load(row + k) + load(change + k));
    }
  }
}

/// Floats for the scores of a tile, with room for the vector that is written over its end.
TK_INLINE ptrdiff_t embedding_scores_size(ptrdiff_t inputs) {
  return (inputs * embedding_columns + 3 * TK_W) / 16 * 16 + 16;
}

static ptrdiff_t embedding_scratch_size(ptrdiff_t stride, ptrdiff_t inputs) {
  // An idle row, gathered inputs before and after, scores, signs; and what aligns them to a cache line.
  return stride * (1 + 2 * inputs) + 2 * embedding_scores_size(inputs) + 16;
}

static double embedding_train(const tk_embedding_tables *tables, const tk_embedding_plan *plan, float rate,
                              float *scratch) {
  enum { most_pointers = 256 };  // tk_embedding_inputs
  const tk_embedding_tables t = *tables;
  const ptrdiff_t stride = t.stride, inputs = plan->inputs;
  float *idle = (float *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63), *before = idle + stride, *gathered = before + inputs * stride;
  float *scores = gathered + inputs * stride, *signs = scores + embedding_scores_size(inputs);
  float *x[most_pointers], *w[embedding_columns];
  const bool gathers = plan->averages || t.bag_ends != NULL;
  unsigned signed_as = ~0u;
  double loss = 0;
  vf partial = vf_all(0);
  for (ptrdiff_t k = 0; k < stride; ++k) idle[k] = 0;
  for (ptrdiff_t g = 0; g < plan->groups; ++g) {
    const int32_t *words = plan->words;
    const ptrdiff_t center = plan->centers[g], low = plan->lows[g], high = plan->highs[g];
    const ptrdiff_t first = g == 0 ? 0 : plan->output_ends[g - 1], last = plan->output_ends[g];
    if (g + 1 < plan->groups) {
      for (ptrdiff_t o = last; o < plan->output_ends[g + 1]; ++o) {
        prefetch_row(t.outputs + (plan->outputs[o] >> 1) * stride, stride);
      }
      if (t.bag_ends == NULL) prefetch_row(t.inputs + words[plan->highs[g + 1] - 1] * stride, stride);
    }
    ptrdiff_t m = 0;
    if (!gathers) {
      for (ptrdiff_t p = low; p < high; ++p) {
        if (p != center) x[m++] = t.inputs + words[p] * stride;
      }
    } else if (plan->averages) {
      embedding_gather(&t, words, low, high, center, gathered);
      x[m++] = gathered;
    } else {
      for (ptrdiff_t p = low; p < high; ++p) {
        if (p == center) continue;
        embedding_gather(&t, words, p, p + 1, -1, gathered + m * stride);
        x[m] = gathered + m * stride;
        m += 1;
      }
    }
    if (gathers) {
      for (ptrdiff_t k = 0; k < m * stride; k += TK_W) store(before + k, load(gathered + k));
    }
    for (ptrdiff_t tile = first; tile < last; tile += embedding_columns) {
      unsigned pattern = 0;
      TK_UNROLL for (int c = 0; c < embedding_columns; ++c) {
        const bool used = tile + c < last;
        const int32_t output = used ? plan->outputs[tile + c] : 0;
        w[c] = used ? t.outputs + (output >> 1) * stride : idle;
        pattern |= (used ? 1u + (output & 1) : 0u) << (2 * c);
      }
      if (pattern != signed_as) {
        for (ptrdiff_t i = 0; i < inputs * embedding_columns; ++i) {
          const unsigned kind = pattern >> (2 * (i % embedding_columns)) & 3;
          signs[i] = kind == 0 ? 0 : kind == 1 ? -1 : 1;
        }
        signed_as = pattern;
      }
      embedding_all_scores(m, stride, x, w, scores);
      partial += embedding_errors(m * embedding_columns, rate, signs, scores);
      embedding_update(m, stride, x, w, scores);
    }
    if (gathers) {
      for (ptrdiff_t k = 0; k < m * stride; k += TK_W) {
        store(gathered + k, load(gathered + k) - load(before + k));
      }
      ptrdiff_t input = 0;
      if (plan->averages) {
        embedding_scatter(&t, words, low, high, center, gathered);
      } else {
        for (ptrdiff_t p = low; p < high; ++p) {
          if (p != center) embedding_scatter(&t, words, p, p + 1, -1, gathered + stride * input++);
        }
      }
    }
    if (g % 64 == 63 || g + 1 == plan->groups) {
      loss += (double)sum_lanes(partial);
      partial = vf_all(0);
    }
  }
  return loss;
}
