// Matrix products (Goto & van de Geijn 2008, 'Anatomy of high-performance matrix multiplication'): a tile of
// C lives in registers while k runs; B is copied into panels as wide as the tile, so that the inner loop
// reads it in order. A is read where it stands.
//
// An element of C is one chain of multiply-adds in ascending k that starts from 0, or from C when
// accumulating. Blocks of k pass the chain on through C in memory, which changes no bit: hence position
// independence.

/// Rows and vectors of the largest tile: as many accumulators as registers allow.
enum { gemm_rows = TK_TILE_ROWS, gemm_vectors = TK_TILE_VECTORS };
/// The part of B that is packed at once: 48 KB on the stack, which the second-level cache holds.
enum { gemm_depth = 256, gemm_strip_columns = 48 };

typedef void (*gemm_tile_function)(ptrdiff_t k, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb,
                                   float *c, ptrdiff_t ldc, ptrdiff_t last, bool accumulate);

/// C[rows, vectors · TK_W] (+)= A · B over k. A is [rows, k], or stored as [k, rows] when `a_transposed`. B
/// is [k, vectors · TK_W], padded; `last` is how many columns of the last vector are stored.
TK_INLINE void gemm_tile(const int rows, const int vectors, const bool a_transposed, ptrdiff_t k,
                         const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb, float *c,
                         ptrdiff_t ldc, ptrdiff_t last, bool accumulate) {
  vf sum[gemm_rows][gemm_vectors];
  TK_UNROLL for (int i = 0; i < rows; ++i) {
    TK_UNROLL for (int v = 0; v < vectors; ++v) {
      const float *from = c + i * ldc + v * TK_W;
      sum[i][v] = !accumulate ? vf_all(0) : v + 1 < vectors ? load(from) : get(from, last);
    }
  }
  TK_NO_UNROLL for (ptrdiff_t p = 0; p < k; ++p) {
    vf right[gemm_vectors];
    TK_UNROLL for (int v = 0; v < vectors; ++v) right[v] = load(b + p * ldb + v * TK_W);
    TK_UNROLL for (int i = 0; i < rows; ++i) {
      const vf left = vf_all(a_transposed ? a[p * lda + i] : a[i * lda + p]);
      TK_UNROLL for (int v = 0; v < vectors; ++v) sum[i][v] = madd(left, right[v], sum[i][v]);
    }
  }
  TK_UNROLL for (int i = 0; i < rows; ++i) {
    TK_UNROLL for (int v = 0; v < vectors; ++v) {
      float *to = c + i * ldc + v * TK_W;
      if (v + 1 < vectors) {
        store(to, sum[i][v]);
      } else {
        put(to, sum[i][v], last);
      }
    }
  }
}

#define TK_GEMM_TILE(name, rows, vectors, a_transposed)                                                      \
  static void name(ptrdiff_t k, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb, float *c,      \
                   ptrdiff_t ldc, ptrdiff_t last, bool accumulate) {                                         \
    gemm_tile(rows, vectors, a_transposed, k, a, lda, b, ldb, c, ldc, last, accumulate);                     \
  }
#define TK_GEMM_TILES(vectors)                                                                               \
  TK_GEMM_TILE(tile_nx##vectors, TK_TILE_ROWS, vectors, false)                                               \
  TK_GEMM_TILE(tile_4x##vectors, 4, vectors, false)                                                          \
  TK_GEMM_TILE(tile_2x##vectors, 2, vectors, false)                                                          \
  TK_GEMM_TILE(tile_1x##vectors, 1, vectors, false)                                                          \
  TK_GEMM_TILE(tile_nx##vectors##_transposed, TK_TILE_ROWS, vectors, true)                                   \
  TK_GEMM_TILE(tile_4x##vectors##_transposed, 4, vectors, true)                                              \
  TK_GEMM_TILE(tile_2x##vectors##_transposed, 2, vectors, true)                                              \
  TK_GEMM_TILE(tile_1x##vectors##_transposed, 1, vectors, true)

TK_GEMM_TILES(1)
TK_GEMM_TILES(2)
#if TK_TILE_VECTORS == 3
TK_GEMM_TILES(3)
#endif

/// The heights that a column of tiles is cut into, and the tiles [height][A transposed][vectors - 1].
static const int tile_heights[4] = {TK_TILE_ROWS, 4, 2, 1};
#if TK_TILE_VECTORS == 3
#define TK_GEMM_WIDTHS(height, suffix)                                                                       \
  { tile_##height##x1##suffix, tile_##height##x2##suffix, tile_##height##x3##suffix }
#else
#define TK_GEMM_WIDTHS(height, suffix)                                                                       \
  { tile_##height##x1##suffix, tile_##height##x2##suffix }
#endif
static const gemm_tile_function gemm_tiles[4][2][TK_TILE_VECTORS] = {
    {TK_GEMM_WIDTHS(n, ), TK_GEMM_WIDTHS(n, _transposed)},
    {TK_GEMM_WIDTHS(4, ), TK_GEMM_WIDTHS(4, _transposed)},
    {TK_GEMM_WIDTHS(2, ), TK_GEMM_WIDTHS(2, _transposed)},
    {TK_GEMM_WIDTHS(1, ), TK_GEMM_WIDTHS(1, _transposed)},
};

/// Vectors of the next panel when `columns` are left: the widest, but 2 + 2 rather than 3 + 1.
TK_INLINE int panel_vectors(ptrdiff_t columns) {
  const ptrdiff_t vectors = (columns + TK_W - 1) / TK_W;
  if (gemm_vectors == 3 && vectors == 4) return 2;
  return vectors < gemm_vectors ? (int)vectors : gemm_vectors;
}

/// Columns of the next strip when `columns` are left: one panel of wide vectors, or as many as fit into the
/// same width, so that every path reads A equally often.
TK_INLINE ptrdiff_t strip_columns(ptrdiff_t columns) {
  const ptrdiff_t width = gemm_vectors == 3 ? panel_vectors(columns) * TK_W : gemm_strip_columns;
  return columns < width ? columns : width;
}

/// C[m, columns] (+)= A · B for one strip. B stands panel after panel, each [k, its width]; or as it was
/// given, with `ldb` between its rows, when that isn't 0.
static void gemm_strip(ptrdiff_t m, ptrdiff_t columns, ptrdiff_t k, const float *a, ptrdiff_t lda,
                       bool a_transposed, const float *b, ptrdiff_t ldb, float *c, ptrdiff_t ldc,
                       bool accumulate) {
  ptrdiff_t row = 0;
  for (int h = 0; h < 4; ++h) {
    for (; m - row >= tile_heights[h]; row += tile_heights[h]) {
      if (tile_heights[h] == 6 && m - row == 8) break;  // 4 + 4 rather than 6 + 2
      const float *left = a_transposed ? a + row : a + row * lda;
      for (ptrdiff_t j = 0; j < columns;) {
        const int vectors = panel_vectors(columns - j);
        const ptrdiff_t width = (ptrdiff_t)vectors * TK_W;
        const ptrdiff_t last = columns - j < width ? columns - j - (width - TK_W) : TK_W;
        gemm_tiles[h][a_transposed][vectors - 1](k, left, lda, ldb != 0 ? b + j : b + j * k,
                                                 ldb != 0 ? ldb : width, c + row * ldc + j, ldc, last,
                                                 accumulate);
        j += width;
      }
    }
  }
}

/// Copies one panel of B[k, columns] (stored as [columns, k] when `transposed`), `vectors` vectors a row,
/// zeros behind the columns.
static void pack_panel(ptrdiff_t k, ptrdiff_t columns, int vectors, const float *b, ptrdiff_t ldb,
                       bool transposed, float *panel) {
  const ptrdiff_t width = (ptrdiff_t)vectors * TK_W, last = columns - (width - TK_W);
  if (!transposed) {
    for (ptrdiff_t p = 0; p < k; ++p) {
      for (ptrdiff_t j = 0; j < width - TK_W; j += TK_W) store(panel + p * width + j, load(b + p * ldb + j));
      store(panel + p * width + width - TK_W, get(b + p * ldb + width - TK_W, last));
    }
    return;
  }
  transpose(columns, k, b, ldb, panel, width);
  if (last == TK_W) return;
  for (ptrdiff_t p = 0; p < k; ++p) {
    for (ptrdiff_t j = columns; j < width; ++j) panel[p * width + j] = 0;
  }
}

/// Floats that tk_gemm_pack writes: columns rounded up to whole vectors.
static ptrdiff_t gemm_packed_size(ptrdiff_t k, ptrdiff_t n) { return k * ((n + TK_W - 1) / TK_W * TK_W); }

static void gemm_pack(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t ldb, bool transposed,
                      float *packed) {
  for (ptrdiff_t j = 0; j < n;) {
    const int vectors = panel_vectors(n - j);
    const ptrdiff_t width = (ptrdiff_t)vectors * TK_W, columns = n - j < width ? n - j : width;
    pack_panel(k, columns, vectors, transposed ? b + j * ldb : b + j, ldb, transposed, packed + j * k);
    j += width;
  }
}

static void gemm_packed(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t lda,
                        const float *packed, float *c, ptrdiff_t ldc, bool accumulate) {
  for (ptrdiff_t j = 0; j < n;) {
    const ptrdiff_t columns = strip_columns(n - j);
    gemm_strip(m, columns, k, a, lda, false, packed + j * k, 0, c + j, ldc, accumulate);
    j += columns;
  }
}

/// Not inlined, so that a narrow product doesn't carry the strip's stack as well.
static __attribute__((noinline)) void gemm(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a,
                                           ptrdiff_t lda, bool a_transposed, const float *b, ptrdiff_t ldb,
                                           bool b_transposed, float *c, ptrdiff_t ldc, bool accumulate) {
  _Alignas(64) float strip[gemm_depth * gemm_strip_columns];
  const ptrdiff_t blocks = k > gemm_depth ? (k + gemm_depth - 1) / gemm_depth : 1;
  const ptrdiff_t depth = (k + blocks - 1) / blocks;
  for (ptrdiff_t j = 0; j < n;) {
    const ptrdiff_t columns = strip_columns(n - j);
    // A copy of B pays for itself from the second row of tiles on; part of a vector can't be read in place.
    const bool in_place = !b_transposed && m <= gemm_rows && columns % TK_W == 0;
    for (ptrdiff_t block = 0; block < blocks; ++block) {
      const ptrdiff_t p = block * depth, length = k - p < depth ? k - p : depth;
      const float *from = b_transposed ? b + j * ldb + p : b + p * ldb + j;
      if (!in_place) gemm_pack(length, columns, from, ldb, b_transposed, strip);
      gemm_strip(m, columns, length, a_transposed ? a + p * lda : a + p, lda, a_transposed,
                 in_place ? from : strip, in_place ? ldb : 0, c + j, ldc, accumulate || block > 0);
    }
    j += columns;
  }
}

#ifdef TK_NARROW_KERNELS
// Half a vector or less: the path of half the width has double the rate, and its chains the same bits.
#define TK_NARROW(name)                                                                                      \
  if (n <= TK_W / 2) {                                                                                       \
    TK_NARROW_KERNELS.name TK_GEMM_ARGUMENTS;                                                                \
    return;                                                                                                  \
  }
#else
#define TK_NARROW(name)
#endif

static void gemm_nn TK_GEMM_PARAMETERS {
  TK_NARROW(gemm_nn)
  gemm(m, n, k, a, lda, false, b, ldb, false, c, ldc, accumulate);
}

static void gemm_tn TK_GEMM_PARAMETERS {
  TK_NARROW(gemm_tn)
  gemm(m, n, k, a, lda, true, b, ldb, false, c, ldc, accumulate);
}

static void gemm_nt TK_GEMM_PARAMETERS {
  TK_NARROW(gemm_nt)
  gemm(m, n, k, a, lda, false, b, ldb, true, c, ldc, accumulate);
}
