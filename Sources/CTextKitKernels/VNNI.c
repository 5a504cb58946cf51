// The quantized step for AVX-512 with VNNI, which not every CPU with AVX-512 has.
#if defined(__x86_64__)
#include <immintrin.h>

#include "KernelList.h"

#define TK_W 16
#define TK_ISA_LEVEL 2
#define TK_FUSED 1

#pragma clang attribute push(                                                                                \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma,f16c"))), apply_to = function)
#include "Body/Vector.h"
#include "Body/Exponential.h"
#include "Body/QuantizedCell.h"
#include "Body/QuantizedVNNI.h"
#include "Body/QuantizedStep.h"
#pragma clang attribute pop

#define TK_ENTRY(result, name, parameters, arguments) name,
const tk_quantized_table tk_vnni_quantized = {TK_QUANTIZED_KERNELS(TK_ENTRY)};
#endif
