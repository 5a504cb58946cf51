// 512-bit vectors: AVX-512 F, BW, DQ and VL.
#if defined(__x86_64__)
#include <immintrin.h>

#include "KernelList.h"

#define TK_W 16
#define TK_ISA_LEVEL 2
#define TK_FUSED 1
#define TK_TILE_ROWS 8
#define TK_TILE_VECTORS 3
#define TK_PEAK_CHAINS 24
#define TK_NARROW_KERNELS tk_avx2_kernels
#define TK_TABLE tk_avx512_kernels

#pragma clang attribute push(                                                                                \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma,f16c"))), apply_to = function)
#include "Body/Vector.h"
#include "Body/Transpose.h"
#include "Body/Gemm.h"
#include "Body/Elementwise.h"
#include "Body/Exponential.h"
#include "Body/Activations.h"
#include "Body/Rows.h"
#include "Body/Dropout.h"
#include "Body/LSTM.h"
#include "Body/Optimizers.h"
#include "Body/Embedding.h"
#include "Body/Half.h"
#include "Body/Convolution.h"
#include "Body/Chain.h"
#include "Body/Table.h"
#pragma clang attribute pop
#endif
