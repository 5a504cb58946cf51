// Transposition by blocks of 4 × 4, which every path has registers for.

typedef float vquad __attribute__((ext_vector_type(4)));

/// Transposes a 4 × 4 block: to[p · width + j] = from[j · ld + p].
TK_INLINE void transpose_block(const float *from, ptrdiff_t ld, float *to, ptrdiff_t width) {
  vquad row[4];
  TK_UNROLL for (int i = 0; i < 4; ++i) __builtin_memcpy(&row[i], from + i * ld, sizeof row[i]);
  const vquad low01 = __builtin_shufflevector(row[0], row[1], 0, 4, 1, 5);
  const vquad low23 = __builtin_shufflevector(row[2], row[3], 0, 4, 1, 5);
  const vquad high01 = __builtin_shufflevector(row[0], row[1], 2, 6, 3, 7);
  const vquad high23 = __builtin_shufflevector(row[2], row[3], 2, 6, 3, 7);
  row[0] = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
  row[1] = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
  row[2] = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
  row[3] = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
  TK_UNROLL for (int i = 0; i < 4; ++i) __builtin_memcpy(to + i * width, &row[i], sizeof row[i]);
}

/// to[p · width + j] = from[j · ld + p] for j < rows, p < columns.
TK_INLINE void transpose(ptrdiff_t rows, ptrdiff_t columns, const float *from, ptrdiff_t ld, float *to,
                         ptrdiff_t width) {
  ptrdiff_t j = 0;
  for (; j + 4 <= rows; j += 4) {
    ptrdiff_t p = 0;
    for (; p + 4 <= columns; p += 4) transpose_block(from + j * ld + p, ld, to + p * width + j, width);
    TK_SCALAR for (; p < columns; ++p) {
      TK_UNROLL for (int i = 0; i < 4; ++i) to[p * width + j + i] = from[(j + i) * ld + p];
    }
  }
  for (; j < rows; ++j) {
    TK_SCALAR for (ptrdiff_t p = 0; p < columns; ++p) to[p * width + j] = from[j * ld + p];
  }
}
