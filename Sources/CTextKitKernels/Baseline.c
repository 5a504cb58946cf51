// The path every CPU has: 128-bit vectors, as SSE2 or NEON. SSE2 has no fused multiply-add.
#include "KernelList.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#define TK_FUSED 0
#define TK_TILE_ROWS 6
#define TK_TILE_VECTORS 2
#define TK_PEAK_CHAINS 12
#else
#define TK_FUSED 1
#define TK_TILE_ROWS 8
#define TK_TILE_VECTORS 2
#define TK_PEAK_CHAINS 20
#endif
#define TK_W 4
#define TK_ISA_LEVEL 0
#define TK_TABLE tk_baseline_kernels
#define TK_QUANTIZED_TABLE tk_baseline_quantized

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
