// The kernels that exist once per instruction set, listed once: X(result, name, parameters, arguments).
// The list becomes the table of function pointers below and the public functions in Dispatch.c.
#ifndef TK_KERNEL_LIST_H
#define TK_KERNEL_LIST_H

#include "include/CTextKitKernels.h"

#define TK_GEMM_PARAMETERS                                                                                   \
  (ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb,      \
   float *c, ptrdiff_t ldc, bool accumulate)
#define TK_GEMM_ARGUMENTS (m, n, k, a, lda, b, ldb, c, ldc, accumulate)

#define TK_KERNELS(X)                                                                                        \
  X(void, gemm_nn, TK_GEMM_PARAMETERS, TK_GEMM_ARGUMENTS)                                                    \
  X(void, gemm_tn, TK_GEMM_PARAMETERS, TK_GEMM_ARGUMENTS)                                                    \
  X(void, gemm_nt, TK_GEMM_PARAMETERS, TK_GEMM_ARGUMENTS)                                                    \
  X(ptrdiff_t, gemm_packed_size, (ptrdiff_t k, ptrdiff_t n), (k, n))                                         \
  X(void, gemm_pack,                                                                                         \
    (ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t ldb, bool transposed, float *packed),               \
    (k, n, b, ldb, transposed, packed))                                                                      \
  X(void, gemm_packed,                                                                                       \
    (ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t lda, const float *packed, float *c,    \
     ptrdiff_t ldc, bool accumulate),                                                                        \
    (m, n, k, a, lda, packed, c, ldc, accumulate))                                                           \
  X(void, axpy, (ptrdiff_t n, float alpha, const float *x, float *y), (n, alpha, x, y))                      \
  X(float, dot, (ptrdiff_t n, const float *x, const float *y), (n, x, y))                                    \
  X(void, scale, (ptrdiff_t n, float alpha, float *x), (n, alpha, x))                                        \
  X(void, add, (ptrdiff_t n, const float *x, const float *y, float *z), (n, x, y, z))                        \
  X(void, mul, (ptrdiff_t n, const float *x, const float *y, float *z), (n, x, y, z))                        \
  X(void, mul_add, (ptrdiff_t n, const float *x, const float *y, float *z), (n, x, y, z))                    \
  X(double, sum, (ptrdiff_t n, const float *x), (n, x))                                                      \
  X(double, sum_squares, (ptrdiff_t n, const float *x), (n, x))                                              \
  X(void, add_row, (ptrdiff_t m, ptrdiff_t n, const float *row, float *x, ptrdiff_t ldx),                    \
    (m, n, row, x, ldx))                                                                                     \
  X(void, sum_rows, (ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *out),                   \
    (m, n, x, ldx, out))                                                                                     \
  X(void, exp, (ptrdiff_t n, const float *x, float *y), (n, x, y))                                           \
  X(void, tanh, (ptrdiff_t n, const float *x, float *y), (n, x, y))                                          \
  X(void, sigmoid, (ptrdiff_t n, const float *x, float *y), (n, x, y))                                       \
  X(void, relu, (ptrdiff_t n, const float *x, float *y), (n, x, y))                                          \
  X(void, tanh_backward, (ptrdiff_t n, const float *y, const float *dy, float *dx), (n, y, dy, dx))          \
  X(void, sigmoid_backward, (ptrdiff_t n, const float *y, const float *dy, float *dx), (n, y, dy, dx))       \
  X(void, relu_backward, (ptrdiff_t n, const float *y, const float *dy, float *dx), (n, y, dy, dx))          \
  X(void, softmax_rows,                                                                                      \
    (ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy),                      \
    (m, n, x, ldx, y, ldy))                                                                                  \
  X(void, log_softmax_rows,                                                                                  \
    (ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy),                      \
    (m, n, x, ldx, y, ldy))                                                                                  \
  X(void, logsumexp_rows, (ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *out),             \
    (m, n, x, ldx, out))                                                                                     \
  X(void, dropout,                                                                                           \
    (ptrdiff_t m, ptrdiff_t n, uint64_t seed, const int32_t *rows, float keep, const float *x,               \
     ptrdiff_t ldx, float *y, ptrdiff_t ldy),                                                                \
    (m, n, seed, rows, keep, x, ldx, y, ldy))                                                                \
  X(void, lstm_forward,                                                                                      \
    (ptrdiff_t m, ptrdiff_t hidden, float *gates, ptrdiff_t ldg, const float *c_prev, ptrdiff_t ldcp,        \
     float *c, ptrdiff_t ldc, float *tanh_c, ptrdiff_t ldt, float *h, ptrdiff_t ldh),                        \
    (m, hidden, gates, ldg, c_prev, ldcp, c, ldc, tanh_c, ldt, h, ldh))                                      \
  X(void, lstm_backward,                                                                                     \
    (ptrdiff_t m, ptrdiff_t hidden, float *gates, ptrdiff_t ldg, const float *c_prev, ptrdiff_t ldcp,        \
     const float *tanh_c, ptrdiff_t ldt, const float *dh, ptrdiff_t lddh, float *dc, ptrdiff_t lddc),        \
    (m, hidden, gates, ldg, c_prev, ldcp, tanh_c, ldt, dh, lddh, dc, lddc))                                  \
  X(void, sgd,                                                                                               \
    (ptrdiff_t n, float rate, float momentum, float decay, float g_scale, const float *g, float *v,          \
     float *w),                                                                                              \
    (n, rate, momentum, decay, g_scale, g, v, w))                                                            \
  X(void, adagrad,                                                                                           \
    (ptrdiff_t n, float rate, float epsilon, float decay, float g_scale, const float *g, float *s,           \
     float *w),                                                                                              \
    (n, rate, epsilon, decay, g_scale, g, s, w))                                                             \
  X(void, adam,                                                                                              \
    (ptrdiff_t n, float rate, float beta1, float beta2, float epsilon, float correction1,                    \
     float correction2, float decay, float decoupled, float g_scale, const float *g, float *mean,            \
     float *square, float *w),                                                                               \
    (n, rate, beta1, beta2, epsilon, correction1, correction2, decay, decoupled, g_scale, g, mean, square,   \
     w))                                                                                                     \
  X(void, ftrl,                                                                                              \
    (ptrdiff_t n, float alpha, float beta, float l1, float l2, float g_scale, const float *g, float *z,      \
     float *s, float *w),                                                                                    \
    (n, alpha, beta, l1, l2, g_scale, g, z, s, w))                                                           \
  X(void, transpose,                                                                                         \
    (ptrdiff_t m, ptrdiff_t n, const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy),                      \
    (m, n, x, ldx, y, ldy))                                                                                  \
  X(void, conv_max,                                                                                          \
    (const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters, const float *table,              \
     ptrdiff_t ldt, const float *bias, bool relu, float *y, ptrdiff_t ldy, int32_t *winners, ptrdiff_t ldw), \
    (sequences, width, filters, table, ldt, bias, relu, y, ldy, winners, ldw))                               \
  X(void, conv_max_half,                                                                                     \
    (const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters, const uint16_t *table,           \
     ptrdiff_t ldt, const float *bias, bool relu, float *y, ptrdiff_t ldy),                                  \
    (sequences, width, filters, table, ldt, bias, relu, y, ldy))                                             \
  X(void, conv_max_backward,                                                                                 \
    (const tk_row_sequences *sequences, ptrdiff_t width, ptrdiff_t filters, ptrdiff_t columns,               \
     const float *x, const float *filter_rows, const float *y, const float *dy, ptrdiff_t ldy,               \
     const int32_t *winners, ptrdiff_t ldw, float *dx, float *d_filter_rows, float *d_bias),                 \
    (sequences, width, filters, columns, x, filter_rows, y, dy, ldy, winners, ldw, dx, d_filter_rows,        \
     d_bias))                                                                                                \
  X(void, chain_emissions,                                                                                   \
    (const tk_chain_features *x, ptrdiff_t first, ptrdiff_t count, ptrdiff_t stride, const float *w,         \
     float *y),                                                                                              \
    (x, first, count, stride, w, y))                                                                         \
  X(ptrdiff_t, chain_scratch_size, (ptrdiff_t longest, ptrdiff_t stride), (longest, stride))                 \
  X(double, chain_marginals,                                                                                 \
    (const tk_chain_features *x, const tk_chain_factors *factors, const ptrdiff_t *ends, ptrdiff_t first,    \
     ptrdiff_t count, ptrdiff_t longest, const float *w, const int32_t *tags, float *y, double *pairs,       \
     double *scratch),                                                                                       \
    (x, factors, ends, first, count, longest, w, tags, y, pairs, scratch))                                   \
  X(double, chain_gradient,                                                                                  \
    (const tk_chain_occurrences *occurrences, const uint16_t *weight_tags, ptrdiff_t first, ptrdiff_t count, \
     ptrdiff_t stride, const float *y, float decay, const float *w, float *g, double *sums),                 \
    (occurrences, weight_tags, first, count, stride, y, decay, w, g, sums))                                  \
  X(void, half_to_float, (ptrdiff_t n, const uint16_t *x, float *y), (n, x, y))                              \
  X(void, float_to_half, (ptrdiff_t n, const float *x, uint16_t *y), (n, x, y))                              \
  X(ptrdiff_t, embedding_scratch_size, (ptrdiff_t stride, ptrdiff_t inputs), (stride, inputs))               \
  X(double, embedding_train,                                                                                 \
    (const tk_embedding_tables *tables, const tk_embedding_plan *plan, float rate, float *scratch),          \
    (tables, plan, rate, scratch))                                                                           \
  X(double, fma_peak_work, (ptrdiff_t rounds), (rounds))

/// The quantized kernels, apart because their path depends on VNNI besides the instruction set.
#define TK_QUANTIZED_KERNELS(X)                                                                              \
  X(ptrdiff_t, q8_lstm_packed_size, (ptrdiff_t k, ptrdiff_t hidden), (k, hidden))                            \
  X(void, q8_lstm_pack, (ptrdiff_t k, ptrdiff_t hidden, const int8_t *w, ptrdiff_t ldw, int8_t *packed),     \
    (k, hidden, w, ldw, packed))                                                                             \
  X(void, q8_lstm_step,                                                                                      \
    (ptrdiff_t m, ptrdiff_t k, ptrdiff_t hidden, const uint8_t *a, ptrdiff_t lda, const int8_t *packed,      \
     const float *scale, const float *bias, float *c, ptrdiff_t ldc, uint8_t *hq, ptrdiff_t ldhq),           \
    (m, k, hidden, a, lda, packed, scale, bias, c, ldc, hq, ldhq))

#define TK_MEMBER(result, name, parameters, arguments) result(*name) parameters;
typedef struct { TK_KERNELS(TK_MEMBER) } tk_kernel_table;
typedef struct { TK_QUANTIZED_KERNELS(TK_MEMBER) } tk_quantized_table;
#undef TK_MEMBER

extern const tk_kernel_table tk_baseline_kernels;
extern const tk_quantized_table tk_baseline_quantized;
#if defined(__x86_64__)
extern const tk_kernel_table tk_avx2_kernels, tk_avx512_kernels;
extern const tk_quantized_table tk_avx2_quantized, tk_vnni_quantized;
#endif

#endif
