// 256-bit vectors: AVX2, FMA and F16C.
#if defined(__x86_64__)
#include <immintrin.h>

#include "KernelList.h"

#define TK_W 8
#define TK_ISA_LEVEL 1
#define TK_FUSED 1
#define TK_TILE_ROWS 6
#define TK_TILE_VECTORS 2
#define TK_PEAK_CHAINS 12
#define TK_TABLE tk_avx2_kernels
#define TK_QUANTIZED_TABLE tk_avx2_quantized

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
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
#include "Body/QuantizedCell.h"
#include "Body/Quantized.h"
#include "Body/QuantizedStep.h"
#include "Body/Table.h"
#pragma clang attribute pop
#endif
