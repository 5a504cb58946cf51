// Kernels of textkit: Float32 and int8 arithmetic on row-major matrices.
//
// No allocation, at most 64 KB of stack, no I/O, no state but the choice of instruction set. Every function
// takes any size, 0 and 1 included. `ld…` is the distance between two rows in elements (at least the number
// of columns). Pointers need no alignment. Output never aliases input unless the comment says 'in place'.
//
// Reproducibility: an element of a matrix product depends on its row of A, its column of B and k alone — not
// on m, n, its position or the tile it fell in: products are accumulated in ascending order of the summed
// index, one chain of multiply-adds (fused on every path but SSE2) that starts from 0, or from C when
// accumulating. The same holds for every element-wise function (a tail is computed as the body is). So a text
// gives the same scores alone and in any batch.
#ifndef CTEXTKIT_KERNELS_H
#define CTEXTKIT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// ---- Instruction sets ------------------------------------------------------------------------------------

/// The code paths, worst to best. On arm64 only the baseline exists (the compiler's NEON).
typedef enum { TK_ISA_BASELINE = 0, TK_ISA_AVX2 = 1, TK_ISA_AVX512 = 2 } tk_isa;

/// The best path that this CPU has.
tk_isa tk_isa_best(void);
/// The path in use: the best one, or the lower one that the environment variable TEXTKIT_ISA names
/// (`baseline`, `avx2`, `avx512`). Resolved at the first call of any kernel.
tk_isa tk_isa_current(void);
/// Chooses a path for the whole process; false, and nothing changed, where the CPU lacks it. For tests, in a
/// process of their own: what was packed before belongs to the path before.
bool tk_isa_select(tk_isa isa);
/// The same for the calling thread alone, until tk_isa_follow_process. For tests, beside which others run.
bool tk_isa_select_for_thread(tk_isa isa);
/// Ends the calling thread's own choice.
void tk_isa_follow_process(void);
/// True when the environment variable TEXTKIT_ISA holds something that is no path or that this CPU lacks.
bool tk_isa_request_invalid(void);

// ---- Matrix products: C[m, n] (+)= op(A) · op(B) -----------------------------------------------------------

/// C[m, n] = A[m, k] · B[k, n]; added to C when `accumulate`.
void tk_gemm_nn(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t lda, const float *b,
                ptrdiff_t ldb, float *c, ptrdiff_t ldc, bool accumulate);
/// C[m, n] = Aᵀ · B, A stored as [k, m].
void tk_gemm_tn(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t lda, const float *b,
                ptrdiff_t ldb, float *c, ptrdiff_t ldc, bool accumulate);
/// C[m, n] = A · Bᵀ, B stored as [n, k].
void tk_gemm_nt(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t lda, const float *b,
                ptrdiff_t ldb, float *c, ptrdiff_t ldc, bool accumulate);

/// Floats that tk_gemm_pack writes for a right-hand side of [k, n].
ptrdiff_t tk_gemm_packed_size(ptrdiff_t k, ptrdiff_t n);
/// Packs B[k, n] (or its transpose, stored as [n, k], when `transposed`) for tk_gemm_packed. The layout is
/// private to the instruction set in use. Fastest where `packed` is aligned to 64 bytes.
void tk_gemm_pack(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t ldb, bool transposed, float *packed);
/// C[m, n] = A[m, k] · B, with B packed; added to C when `accumulate`. The recurrent product of an LSTM:
/// small m, the same B for every step.
void tk_gemm_packed(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t lda, const float *packed,
                    float *c, ptrdiff_t ldc, bool accumulate);

// ---- Vectors -----------------------------------------------------------------------------------------------

/// y += alpha · x
void tk_axpy(ptrdiff_t n, float alpha, const float *x, float *y);
/// Σ xᵢ·yᵢ
float tk_dot(ptrdiff_t n, const float *x, const float *y);
/// x *= alpha, in place
void tk_scale(ptrdiff_t n, float alpha, float *x);
/// z = x + y; z may be x or y
void tk_add(ptrdiff_t n, const float *x, const float *y, float *z);
/// z = x · y element by element; z may be x or y
void tk_mul(ptrdiff_t n, const float *x, const float *y, float *z);
/// z += x · y element by element
void tk_mul_add(ptrdiff_t n, const float *x, const float *y, float *z);
/// Σ xᵢ, summed in double
double tk_sum(ptrdiff_t n, const float *x);
/// Σ xᵢ², summed in double
double tk_sum_squares(ptrdiff_t n, const float *x);
/// Adds the bias row[n] to each of m rows, in place.
void tk_add_row(ptrdiff_t m, ptrdiff_t n, const float *row, float *x, ptrdiff_t ldx);
/// out[n] += Σ over m rows (the gradient of a bias), in ascending row order.
void tk_sum_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *out);

/// y[n, m] = xᵀ, x[m, n].
void tk_transpose(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy);

// ---- Activations (y may be x) ------------------------------------------------------------------------------
// Stated largest errors against the exact value, over all finite input: exp 2 units in the last place in
// [-87.3, 88.7] (0 below, infinity above); tanh and sigmoid 3e-7 absolute. NaN stays NaN.

void tk_exp(ptrdiff_t n, const float *x, float *y);
void tk_tanh(ptrdiff_t n, const float *x, float *y);
void tk_sigmoid(ptrdiff_t n, const float *x, float *y);
void tk_relu(ptrdiff_t n, const float *x, float *y);
/// dx += dy · (1 - y²), with y = tanh(x)
void tk_tanh_backward(ptrdiff_t n, const float *y, const float *dy, float *dx);
/// dx += dy · y · (1 - y), with y = sigmoid(x)
void tk_sigmoid_backward(ptrdiff_t n, const float *y, const float *dy, float *dx);
/// dx += dy where y > 0, with y = relu(x)
void tk_relu_backward(ptrdiff_t n, const float *y, const float *dy, float *dx);

// ---- Rows --------------------------------------------------------------------------------------------------

/// y = softmax of each row of x[m, n]; y may be x.
void tk_softmax_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy);
/// y = log softmax of each row; y may be x.
void tk_log_softmax_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy);
/// out[m] = log Σ exp of each row; -infinity for an empty row.
void tk_logsumexp_rows(ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *out);

// ---- Dropout -----------------------------------------------------------------------------------------------

/// Inverted dropout. y[i, j] = x[i, j] · (1/keep) with probability `keep`, else 0; y may be x. The decision
/// for an element is a pure function of (seed, rows[i], j), where rows[i] is i when `rows` is NULL, so that
/// the backward pass is the same call on the gradient, and rows with the same number share a mask
/// (variational dropout over time: number of the sequence). 0 < keep <= 1. Identical on every instruction
/// set.
void tk_dropout(ptrdiff_t m, ptrdiff_t n, uint64_t seed, const int32_t *rows, float keep, const float *x,
                ptrdiff_t ldx, float *y, ptrdiff_t ldy);

// ---- LSTM (Hochreiter & Schmidhuber 1997, with forget gates of Gers et al. 2000) ---------------------------
// One time step of m sequences; a row of `gates` holds i | f | g | o, each of `hidden` columns.

/// gates: in pre-activations, out activations (sigmoid, sigmoid, tanh, sigmoid).
/// c = f·c_prev + i·g;  tanh_c = tanh(c);  h = o·tanh_c. c_prev NULL stands for zeros.
void tk_lstm_forward(ptrdiff_t m, ptrdiff_t hidden, float *gates, ptrdiff_t ldg, const float *c_prev,
                     ptrdiff_t ldcp, float *c, ptrdiff_t ldc, float *tanh_c, ptrdiff_t ldt, float *h,
                     ptrdiff_t ldh);
/// gates: in activations, out gradients of the pre-activations. dh: gradient of h. dc: in the gradient of c
/// that comes from the next step, out the gradient of c_prev (in place). c_prev NULL stands for zeros.
void tk_lstm_backward(ptrdiff_t m, ptrdiff_t hidden, float *gates, ptrdiff_t ldg, const float *c_prev,
                      ptrdiff_t ldcp, const float *tanh_c, ptrdiff_t ldt, const float *dh, ptrdiff_t lddh,
                      float *dc, ptrdiff_t lddc);

// ---- Optimizers (in place on w and the state; g is the gradient times g_scale) ------------------------------

/// v = momentum·v + g·g_scale + decay·w;  w -= rate·v. v NULL when momentum is 0.
void tk_sgd(ptrdiff_t n, float rate, float momentum, float decay, float g_scale, const float *g, float *v,
            float *w);
/// Adagrad (Duchi et al. 2011): s += g²;  w -= rate·g / (√s + epsilon), with g + decay·w for g.
void tk_adagrad(ptrdiff_t n, float rate, float epsilon, float decay, float g_scale, const float *g, float *s,
                float *w);
/// Adam (Kingma & Ba 2015, section 2) with bias corrections given: correction1 = 1/(1-β1ᵗ), correction2 =
/// 1/(1-β2ᵗ). `decay` is added to the gradient (L2); `decoupled` shrinks the weight by rate·decoupled first
/// (AdamW, Loshchilov & Hutter 2019).
void tk_adam(ptrdiff_t n, float rate, float beta1, float beta2, float epsilon, float correction1,
             float correction2, float decay, float decoupled, float g_scale, const float *g, float *mean,
             float *square, float *w);
/// FTRL-proximal (McMahan et al. 2013, algorithm 1), per coordinate: z and s (sum of squares) are its state.
void tk_ftrl(ptrdiff_t n, float alpha, float beta, float l1, float l2, float g_scale, const float *g, float *z,
             float *s, float *w);

// ---- Word vectors ------------------------------------------------------------------------------------------

/// The tables that word2vec trains. Rows are `stride` floats apart, a multiple of 16; what of a row lies beyond
/// its dimension is 0 and stays so. Rows may be read and written by other threads meanwhile ('Hogwild'): an
/// update may then be lost, and that is meant.
typedef struct {
  ptrdiff_t stride;
  float *inputs;
  float *outputs;
  /// Where the rows of each word of `bags` end, for words that are the mean of several rows of `inputs`
  /// (subwords); NULL: a word is the row of its number.
  const int32_t *bag_ends;
  const int32_t *bags;
} tk_embedding_tables;

/// A stretch of work: for each of `groups` centers the range of words around it and its outputs.
typedef struct {
  /// Ids of the running text.
  const int32_t *words;
  ptrdiff_t groups;
  /// Positions in `words`, [groups]: the inputs of a group are lows[g] ..< highs[g] without centers[g], one at
  /// least and `inputs` at most.
  const int32_t *centers, *lows, *highs;
  /// Where the outputs of each group end, [groups]; each output is 2 · row + label, the label 0 or 1.
  const int32_t *output_ends, *outputs;
  /// The greatest number of inputs of a group, up to 256.
  ptrdiff_t inputs;
  /// Whether the inputs of a group are averaged to one (CBOW) or predict one by one (skip-gram).
  bool averages;
} tk_embedding_plan;

/// Floats of scratch memory for rows of `stride` and groups of up to `inputs` inputs.
ptrdiff_t tk_embedding_scratch_size(ptrdiff_t stride, ptrdiff_t inputs);
/// Descends, group by group, the gradient of L = -Σ log σ(± x·w) over every input x and output w of the group,
/// + for label 1 (Mikolov et al. 2013, eq. 4; with Huffman paths eq. 3): outputs six at a time, each six with
/// the gradient at the values before them; only that an input whose row stood before among those of the group has
/// changed by then in what it adds to outputs. An averaged input passes its change on to each of its rows whole.
/// Returns L summed over the groups, each at the time of its step; a wrong score beyond 20 counts as 20.
double tk_embedding_train(const tk_embedding_tables *tables, const tk_embedding_plan *plan, float rate,
                          float *scratch);

// ---- Sparse rows -------------------------------------------------------------------------------------------

/// A matrix in compressed sparse rows: where each row ends in `columns` and `values`, [rows].
typedef struct {
  const ptrdiff_t *ends;
  const int32_t *columns;
  const float *values;
} tk_sparse_rows;

/// y = rows [first, first + count) of X, times W: W [columns, n], y [count, n]. Sums in Float32: relative to
/// Σ|x·w| the error is at most (entries + 2) · 2^-24.
void tk_sparse_multiply(const tk_sparse_rows *x, ptrdiff_t first, ptrdiff_t count, ptrdiff_t n, const float *w,
                        float *y);

/// The dual of a linear support vector machine: min ½ αᵀ(Q + D)α - Σα, 0 <= α <= U.
typedef struct {
  /// 1 or 0: the side that each row is on, [rows].
  const uint8_t *sides;
  /// x·x of each row, and 1 more where there is a bias, [rows].
  const double *squares;
  /// D and U of each side.
  double diagonal[2], upper[2];
  /// Whether rows have one more column, of ones.
  bool has_bias;
} tk_dual_problem;

/// What passes hand on: how many of `order` are worked on, the bounds of the projected gradient that shrinking goes
/// by (afterwards: those of this pass), and the weight of the column of ones.
typedef struct {
  ptrdiff_t active;
  double greatest, least, bias;
} tk_dual_state;

/// A pass of dual coordinate descent (Hsieh et al. 2008, algorithm 3) over the first rows of `order`; what is
/// shrunk moves behind them. α and w = Σ ±α x change with every row.
void tk_dual_pass(const tk_sparse_rows *x, const tk_dual_problem *problem, tk_dual_state *state, int32_t *order,
                  double *alphas, float *w);

// ---- Convolution over time (Kim 2014) ----------------------------------------------------------------------

/// Sequences of rows of a matrix, one after another.
typedef struct {
  ptrdiff_t count;
  /// Where each sequence starts in `rows`, and where the last one ends, [count + 1].
  const ptrdiff_t *offsets;
  /// The row at each position; a negative one stands for zeros.
  const int32_t *rows;
  /// Zero rows before and behind each sequence.
  ptrdiff_t padding;
} tk_row_sequences;

/// y[count, filters] = maximum over time of the scores of all windows of `width` positions, plus `bias`
/// (NULL: 0); with `relu` max(0, that). The score of a window is the sum over its places p of
/// table[row at p, p · filters + f]. A sequence shorter than a window is followed by zeros. NaN at any window
/// gives NaN. `winners` (may be NULL): the position of the best window, the first of equals; it may be negative
/// where there is padding.
void tk_conv_max(const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters, const float *table,
                 ptrdiff_t ldt, const float *bias, bool relu, float *y, ptrdiff_t ldy, int32_t *winners,
                 ptrdiff_t ldw);
/// The same from a table in half precision.
void tk_conv_max_half(const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters,
                      const uint16_t *table, ptrdiff_t ldt, const float *bias, bool relu, float *y,
                      ptrdiff_t ldy);
/// The gradient where the table is x[rows, columns] times filters, which are given as rows
/// [filters, width · columns]. Adds to dx (may be NULL), to d_filter_rows (may be NULL) and to d_bias, for each
/// y > 0, what its winner gets. The winners tell where padding lies.
void tk_conv_max_backward(const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters,
                          ptrdiff_t columns, const float *x, const float *filter_rows, const float *y,
                          const float *dy, ptrdiff_t ldy, const int32_t *winners, ptrdiff_t ldw, float *dx,
                          float *d_filter_rows, float *d_bias);

// ---- Linear chains over sparse features --------------------------------------------------------------------

/// Features of tokens, each there or not. A feature has neighboring weights, one for each tag that it speaks of.
typedef struct {
  /// K.
  ptrdiff_t tags;
  /// Where the features of each token end in `features`, [tokens].
  const ptrdiff_t *ends;
  /// The first weight of each feature.
  const int32_t *features;
  /// The tag of each weight; the highest bit is set in the last one of a feature.
  const uint16_t *weight_tags;
} tk_chain_features;

/// e to the scores of a chain; rows are `stride` apart, a multiple of 8, zeros behind the tags.
typedef struct {
  ptrdiff_t tags, stride;
  /// [K, stride]: row from, column to; and row to, column from.
  const double *transitions, *reversed;
  /// [stride]
  const double *start, *end;
} tk_chain_factors;

/// The same features by feature: its first weight, and the tokens that have it.
typedef struct {
  /// [features]
  const int32_t *weights;
  /// Where the tokens of each feature end, [features].
  const ptrdiff_t *ends;
  const int32_t *tokens;
} tk_chain_occurrences;

/// y[count, stride]: for each token from `first` on the sums of its features' weights by tag; -1e30 behind the
/// tags.
void tk_chain_emissions(const tk_chain_features *x, ptrdiff_t first, ptrdiff_t count, ptrdiff_t stride,
                        const float *w, float *y);
/// Doubles of scratch memory for sequences of up to `longest` tokens.
ptrdiff_t tk_chain_scratch_size(ptrdiff_t longest, ptrdiff_t stride);
/// For the sequences [first, first + count), which end at `ends`: the rows of y become marginals less 1 at the
/// gold tag; pairs[K, stride] += what times the factors of the transitions is how often each is expected. Returns
/// Σ log Σ e^score(path) - the emissions of the gold path; transitions count on the left side only.
double tk_chain_marginals(const tk_chain_features *x, const tk_chain_factors *factors, const ptrdiff_t *ends,
                          ptrdiff_t first, ptrdiff_t count, ptrdiff_t longest, const float *w,
                          const int32_t *tags, float *y, double *pairs, double *scratch);
/// For the weights of the features [first, first + count): g = decay · w + the sum of y[token, tag] over the
/// feature's tokens, in ascending order in Float64. Returns Σ w². `sums` has room for the weights of a feature.
double tk_chain_gradient(const tk_chain_occurrences *occurrences, const uint16_t *weight_tags, ptrdiff_t first,
                         ptrdiff_t count, ptrdiff_t stride, const float *y, float decay, const float *w, float *g,
                         double *sums);

// ---- Half precision ----------------------------------------------------------------------------------------

/// IEEE 754 binary16 and binary32; to binary16 rounds to nearest even.
void tk_half_to_float(ptrdiff_t n, const uint16_t *x, float *y);
void tk_float_to_half(ptrdiff_t n, const float *x, uint16_t *y);

// ---- Quantized LSTM step -----------------------------------------------------------------------------------
// Weights are signed 8 bit with one scale per column, activations unsigned 8 bit with zero point 128. Integer
// sums are exact and the float part is element-wise, so a row's result depends on that row alone.

/// Bytes that tk_q8_lstm_pack writes.
ptrdiff_t tk_q8_lstm_packed_size(ptrdiff_t k, ptrdiff_t hidden);
/// Packs W[k, 4·hidden], columns i | f | g | o, for tk_q8_lstm_step. Private to the instruction set in use.
void tk_q8_lstm_pack(ptrdiff_t k, ptrdiff_t hidden, const int8_t *w, ptrdiff_t ldw, int8_t *packed);
/// One step of m sequences. a[m, k]: the step's input beside the previous h, unsigned with zero point 128.
///   gate = scale[col] · Σ a·w + bias[col]       (bias already holds  -128 · scale[col] · Σ w)
///   c[m, hidden] in place;  h = o·tanh(c), written as round(127·h) + 128 to hq[m, hidden].
/// scale and bias: 4·hidden floats, i | f | g | o.
void tk_q8_lstm_step(ptrdiff_t m, ptrdiff_t k, ptrdiff_t hidden, const uint8_t *a, ptrdiff_t lda,
                     const int8_t *packed, const float *scale, const float *bias, float *c, ptrdiff_t ldc,
                     uint8_t *hq, ptrdiff_t ldhq);

// ---- Machine -----------------------------------------------------------------------------------------------

/// Runs `rounds` × about 1,000 independent fused multiply-adds of the widest vectors of the path in use and
/// returns the floating-point operations done (2 a multiply-add and lane), for measuring the core's peak.
double tk_fma_peak_work(ptrdiff_t rounds);

#endif
