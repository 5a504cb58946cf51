// Linear chains over sparse features: the sums over all paths and their gradient (Lafferty et al. 2001), scaled as in
// Rabiner 1989, section V.A.
//
// Emissions are sums in Float32, from scattered weights; the recursions run in Float64, eight tags at a time, rows
// padded to a multiple of eight. e^(emission - greatest of the row) is taken in Float32, and at least e^-87: so no
// step loses all of its mass.

typedef double vd8 __attribute__((ext_vector_type(8)));
typedef float vf8 __attribute__((ext_vector_type(8)));
typedef double vd8_anywhere __attribute__((ext_vector_type(8), aligned(8), may_alias));
typedef float vf8_anywhere __attribute__((ext_vector_type(8), aligned(4), may_alias));

// Eight elements in memory. Macros, since functions can't return what is wider than a register.
#define TK_VD8(p) (*(vd8_anywhere *)(p))
#define TK_VF8(p) (*(vf8_anywhere *)(p))
#define TK_CONST_VD8(p) (*(const vd8_anywhere *)(p))
#define TK_CONST_VF8(p) (*(const vf8_anywhere *)(p))
#define TK_WIDENED(p) __builtin_convertvector(TK_CONST_VF8(p), vd8)

/// c += a · b in each lane.
TK_INLINE void add_product8(vd8 *c, double a, const vd8 *b) {
#if TK_FUSED
  *c = __builtin_elementwise_fma((vd8)(a), *b, *c);
#else
  *c += a * *b;
#endif
}

TK_INLINE double sum8(const vd8 *v) {
  double s[8];
  __builtin_memcpy(s, v, sizeof s);
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

enum { chain_last_tag = 0x8000, chain_tag_bits = 0x7fff };

TK_INLINE ptrdiff_t chain_start(const ptrdiff_t *ends, ptrdiff_t index) { return index == 0 ? 0 : ends[index - 1]; }

/// The emissions of one token, `stride` of them, those beyond the tags out of reach of any greatest.
TK_INLINE void chain_row(const tk_chain_features *x, ptrdiff_t first, ptrdiff_t last, ptrdiff_t stride,
                         const float *w, float *row) {
  for (ptrdiff_t tag = 0; tag < x->tags; ++tag) row[tag] = 0;
  for (ptrdiff_t tag = x->tags; tag < stride; ++tag) row[tag] = -1e30f;
  for (ptrdiff_t f = first; f < last; ++f) {
    ptrdiff_t p = x->features[f];
    uint16_t tag;
    do {
      tag = x->weight_tags[p];
      row[tag & chain_tag_bits] += w[p++];
    } while (!(tag & chain_last_tag));
  }
}

static void chain_emissions(const tk_chain_features *x, ptrdiff_t first, ptrdiff_t count, ptrdiff_t stride,
                            const float *w, float *y) {
  for (ptrdiff_t token = first; token < first + count; ++token, y += stride) {
    chain_row(x, chain_start(x->ends, token), x->ends[token], stride, w, y);
  }
}

/// Rows of emissions become e to them, less the greatest of each row, the sum of which is returned.
TK_INLINE double chain_exponentials(ptrdiff_t count, ptrdiff_t stride, float *rows) {
  double shift = 0;
  for (ptrdiff_t t = 0; t < count; ++t) {
    float *row = rows + t * stride;
    vf8 most = TK_CONST_VF8(row);
    for (ptrdiff_t b = 8; b < stride; b += 8) {
      const vf8 part = TK_CONST_VF8(row + b);
      most = part > most ? part : most;
    }
    float s[8];
    TK_VF8(s) = most;
    for (int half = 4; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) s[i] = s[i] > s[i + half] ? s[i] : s[i + half];
    }
    const float greatest = s[0];
    shift += greatest;
    for (ptrdiff_t b = 0; b < stride; b += 8) {
      const vf8 part = TK_CONST_VF8(row + b) - (vf8)(greatest);
      TK_VF8(row + b) = part < (vf8)(-87.0f) ? (vf8)(-87.0f) : part;
    }
  }
  const ptrdiff_t all = count * stride;
  TK_SWEEP(all, put(rows + i, exp_vector(get(rows + i, count)), count));
  return shift;
}

/// Memory of one sequence: alpha [T, stride], 1/scale [T], and a row.
typedef struct {
  double *alpha, *inverse, *row;
} chain_memory;

/// Forward values; returns log Σ e^score less the greatest emissions, and in `total` the last step's sum.
TK_INLINE double chain_forward(const tk_chain_factors *f, ptrdiff_t count, const ptrdiff_t stride,
                               const float *rows, chain_memory m, double *total) {
  double log_sum = 0, product = 1;
  for (ptrdiff_t t = 0; t < count; ++t) {
    double *here = m.alpha + t * stride;
    const double *before = here - stride;
    double sum = 0;
    for (ptrdiff_t b = 0; b < stride; b += 8) {
      vd8 value = (vd8)(0.0), other = (vd8)(0.0);
      if (t == 0) {
        value = TK_CONST_VD8(f->start + b);
      } else {
        ptrdiff_t i = 0;
        for (; i + 2 <= f->tags; i += 2) {
          const vd8 even = TK_CONST_VD8(f->transitions + i * stride + b);
          const vd8 odd = TK_CONST_VD8(f->transitions + (i + 1) * stride + b);
          add_product8(&value, before[i], &even);
          add_product8(&other, before[i + 1], &odd);
        }
        if (i < f->tags) {
          const vd8 even = TK_CONST_VD8(f->transitions + i * stride + b);
          add_product8(&value, before[i], &even);
        }
        value += other;
      }
      value *= TK_WIDENED(rows + t * stride + b);
      sum += sum8(&value);
      TK_VD8(here + b) = value;
    }
    const double inverse = 1 / sum;
    m.inverse[t] = inverse;
    for (ptrdiff_t b = 0; b < stride; b += 8) TK_VD8(here + b) = TK_CONST_VD8(here + b) * inverse;
    product *= sum;
    if (!(product > 1e-200 && product < 1e200)) {
      log_sum += __builtin_log(product);
      product = 1;
    }
  }
  double sum = 0;
  for (ptrdiff_t b = 0; b < stride; b += 8) {
    const vd8 value = TK_CONST_VD8(m.alpha + (count - 1) * stride + b) * TK_CONST_VD8(f->end + b);
    sum += sum8(&value);
  }
  *total = sum;
  return log_sum + __builtin_log(product) + __builtin_log(sum);
}

/// Backward values; rows become marginals, and `pairs` gets Σ alpha · (factor · beta / scale) of all steps.
TK_INLINE void chain_backward(const tk_chain_factors *f, ptrdiff_t count, const ptrdiff_t stride, float *rows,
                              chain_memory m, double total, double *pairs) {
  double *beta = m.row, *carried = m.row + stride;
  for (ptrdiff_t b = 0; b < stride; b += 8) TK_VD8(beta + b) = TK_CONST_VD8(f->end + b) / total;
  for (ptrdiff_t t = count - 1; t >= 0; --t) {
    float *row = rows + t * stride;
    const double *alpha = m.alpha + t * stride;
    for (ptrdiff_t b = 0; b < stride; b += 8) {
      const vd8 value = TK_CONST_VD8(beta + b), marginal = value * TK_CONST_VD8(alpha + b);
      TK_VD8(carried + b) = TK_WIDENED(row + b) * value * m.inverse[t];
      TK_VF8(row + b) = __builtin_convertvector(marginal, vf8);
    }
    if (t == 0) break;
    const double *before = alpha - stride;
    for (ptrdiff_t b = 0; b < stride; b += 8) {
      const vd8 next = TK_CONST_VD8(carried + b);
      for (ptrdiff_t i = 0; i < f->tags; ++i) {
        vd8 sum = TK_CONST_VD8(pairs + i * stride + b);
        add_product8(&sum, before[i], &next);
        TK_VD8(pairs + i * stride + b) = sum;
      }
      vd8 value = (vd8)(0.0), other = (vd8)(0.0);
      ptrdiff_t j = 0;
      for (; j + 2 <= f->tags; j += 2) {
        const vd8 even = TK_CONST_VD8(f->reversed + j * stride + b);
        const vd8 odd = TK_CONST_VD8(f->reversed + (j + 1) * stride + b);
        add_product8(&value, carried[j], &even);
        add_product8(&other, carried[j + 1], &odd);
      }
      if (j < f->tags) {
        const vd8 even = TK_CONST_VD8(f->reversed + j * stride + b);
        add_product8(&value, carried[j], &even);
      }
      TK_VD8(beta + b) = value + other;
    }
  }
}

TK_INLINE double chain_sequence(const tk_chain_features *x, const tk_chain_factors *f, ptrdiff_t first,
                                ptrdiff_t count, const ptrdiff_t stride, const float *w, const int32_t *tags,
                                float *y, double *pairs, chain_memory m) {
  chain_emissions(x, first, count, stride, w, y);
  double gold = 0, total;
  for (ptrdiff_t t = 0; t < count; ++t) gold += y[t * stride + tags[t]];
  double loss = chain_exponentials(count, stride, y);
  loss += chain_forward(f, count, stride, y, m, &total);
  chain_backward(f, count, stride, y, m, total, pairs);
  for (ptrdiff_t t = 0; t < count; ++t) y[t * stride + tags[t]] -= 1;
  return loss - gold;
}

static ptrdiff_t chain_scratch_size(ptrdiff_t longest, ptrdiff_t stride) {
  return (longest + 2) * stride + longest;
}

static double chain_marginals(const tk_chain_features *x, const tk_chain_factors *f, const ptrdiff_t *ends,
                              ptrdiff_t first, ptrdiff_t count, ptrdiff_t longest, const float *w,
                              const int32_t *tags, float *y, double *pairs, double *scratch) {
  const ptrdiff_t stride = f->stride;
  const chain_memory m = {scratch, scratch + longest * stride, scratch + longest * stride + longest};
  double loss = 0;
  for (ptrdiff_t s = first; s < first + count; ++s) {
    const ptrdiff_t start = chain_start(ends, s), length = ends[s] - start;
    if (length == 0) continue;
    float *rows = y + start * stride;
    // The common sizes with the number of vectors known.
    if (stride == 8) {
      loss += chain_sequence(x, f, start, length, 8, w, tags + start, rows, pairs, m);
    } else if (stride == 16) {
      loss += chain_sequence(x, f, start, length, 16, w, tags + start, rows, pairs, m);
    } else {
      loss += chain_sequence(x, f, start, length, stride, w, tags + start, rows, pairs, m);
    }
  }
  return loss;
}

/// Σ of rows of y over the tokens of a feature, of the elements that the weights from `p` on are for.
TK_INLINE void chain_feature_gradient(const uint16_t *weight_tags, ptrdiff_t p, ptrdiff_t weights,
                                      const int32_t *tokens, ptrdiff_t count, const float *y, ptrdiff_t stride,
                                      double *sums) {
  if (weights <= 4) {
    double s[4] = {0, 0, 0, 0};
    const ptrdiff_t a = weight_tags[p] & chain_tag_bits;
    const ptrdiff_t b = weights > 1 ? weight_tags[p + 1] & chain_tag_bits : a;
    const ptrdiff_t c = weights > 2 ? weight_tags[p + 2] & chain_tag_bits : a;
    const ptrdiff_t d = weights > 3 ? weight_tags[p + 3] & chain_tag_bits : a;
    for (ptrdiff_t o = 0; o < count; ++o) {
      const float *row = y + tokens[o] * stride;
      s[0] += row[a];
      s[1] += row[b];
      s[2] += row[c];
      s[3] += row[d];
    }
    for (ptrdiff_t k = 0; k < weights; ++k) sums[k] = s[k];
    return;
  }
  for (ptrdiff_t k = 0; k < weights; ++k) sums[k] = 0;
  for (ptrdiff_t b = 0; b < stride; b += 8) {
    vd8 sum = (vd8)(0.0);
    for (ptrdiff_t o = 0; o < count; ++o) {
      sum += TK_WIDENED(y + tokens[o] * stride + b);
    }
    double s[8];
    TK_VD8(s) = sum;
    for (ptrdiff_t k = 0; k < weights; ++k) {
      const ptrdiff_t tag = weight_tags[p + k] & chain_tag_bits;
      if (tag >= b && tag < b + 8) sums[k] = s[tag - b];
    }
  }
}

static double chain_gradient(const tk_chain_occurrences *o, const uint16_t *weight_tags, ptrdiff_t first,
                             ptrdiff_t count, ptrdiff_t stride, const float *y, float decay, const float *w,
                             float *g, double *sums) {
  double squares = 0;
  for (ptrdiff_t f = first; f < first + count; ++f) {
    const ptrdiff_t start = chain_start(o->ends, f), occurrences = o->ends[f] - start;
    ptrdiff_t p = o->weights[f], end = p;
    while (!(weight_tags[end++] & chain_last_tag)) {
    }
    if (occurrences == 1) {
      const float *row = y + o->tokens[start] * stride;
      for (; p < end; ++p) {
        g[p] = row[weight_tags[p] & chain_tag_bits] + decay * w[p];
        squares += (double)w[p] * w[p];
      }
      continue;
    }
    chain_feature_gradient(weight_tags, p, end - p, o->tokens + start, occurrences, y, stride, sums);
    for (ptrdiff_t k = 0; p < end; ++p, ++k) {
      g[p] = (float)sums[k] + decay * w[p];
      squares += (double)w[p] * w[p];
    }
  }
  return squares;
}
