// Which instruction set runs: found once and kept in one atomic; TEXTKIT_ISA lowers it, and tests choose for
// one thread.
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "KernelList.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

/// What one choice of path amounts to. Constant once made, so a reader needs no lock.
typedef struct {
  tk_isa isa;
  const tk_kernel_table *kernels;
  const tk_quantized_table *quantized;
} tk_path;

static const tk_path baseline_path = {TK_ISA_BASELINE, &tk_baseline_kernels, &tk_baseline_quantized};

#if defined(__x86_64__)
static const tk_path avx2_path = {TK_ISA_AVX2, &tk_avx2_kernels, &tk_avx2_quantized};
static const tk_path avx512_path = {TK_ISA_AVX512, &tk_avx512_kernels, &tk_avx2_quantized};
static const tk_path vnni_path = {TK_ISA_AVX512, &tk_avx512_kernels, &tk_vnni_quantized};

/// The best path of this CPU and operating system (which must save the wide registers).
static const tk_path *best_path(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return &baseline_path;
  const bool saves_state = c & bit_OSXSAVE, avx = c & bit_AVX, fma = c & bit_FMA, f16c = c & bit_F16C;
  if (!saves_state || !avx || !fma || !f16c) return &baseline_path;
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  if ((low & 0x06) != 0x06) return &baseline_path;  // xmm, ymm
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_AVX2)) return &baseline_path;
  const unsigned wide = bit_AVX512F | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL;
  if ((low & 0xe6) != 0xe6 || (b & wide) != wide) return &avx2_path;  // and masks, zmm
  return (c & bit_AVX512VNNI) ? &vnni_path : &avx512_path;
}

static const tk_path *path_of(tk_isa isa) {
  const tk_path *best = best_path();
  if ((int)isa < (int)TK_ISA_BASELINE || isa > best->isa) return NULL;
  if (isa == best->isa) return best;
  return isa == TK_ISA_AVX2 ? &avx2_path : &baseline_path;
}
#else
static const tk_path *best_path(void) { return &baseline_path; }
static const tk_path *path_of(tk_isa isa) { return isa == TK_ISA_BASELINE ? &baseline_path : NULL; }
#endif

/// The path that TEXTKIT_ISA names; NULL when it is unset or empty, and then also when it is no path of this
/// CPU, which `invalid` tells.
static const tk_path *requested_path(bool *invalid) {
  static const char *const names[] = {"baseline", "avx2", "avx512"};
  const char *request = getenv("TEXTKIT_ISA");
  *invalid = false;
  if (request == NULL || *request == '\0') return NULL;
  for (int isa = TK_ISA_BASELINE; isa <= TK_ISA_AVX512; ++isa) {
    if (strcmp(request, names[isa]) != 0) continue;
    const tk_path *path = path_of((tk_isa)isa);
    *invalid = path == NULL;
    return path;
  }
  *invalid = true;
  return NULL;
}

static _Atomic(const tk_path *) current_path;
static _Thread_local const tk_path *thread_path;

static inline const tk_path *path(void) {
  if (__builtin_expect(thread_path != NULL, 0)) return thread_path;
  const tk_path *found = atomic_load_explicit(&current_path, memory_order_acquire);
  if (__builtin_expect(found != NULL, 1)) return found;
  bool invalid;
  const tk_path *chosen = requested_path(&invalid);
  if (chosen == NULL) chosen = best_path();
  const tk_path *expected = NULL;
  // Whoever comes second takes the first one's choice, so that a selection is never undone.
  return atomic_compare_exchange_strong(&current_path, &expected, chosen) ? chosen : expected;
}

tk_isa tk_isa_best(void) { return best_path()->isa; }

tk_isa tk_isa_current(void) { return path()->isa; }

bool tk_isa_select(tk_isa isa) {
  const tk_path *selected = path_of(isa);
  if (selected == NULL) return false;
  atomic_store_explicit(&current_path, selected, memory_order_release);
  return true;
}

bool tk_isa_select_for_thread(tk_isa isa) {
  const tk_path *selected = path_of(isa);
  if (selected == NULL) return false;
  thread_path = selected;
  return true;
}

void tk_isa_follow_process(void) { thread_path = NULL; }

bool tk_isa_request_invalid(void) {
  bool invalid;
  (void)requested_path(&invalid);
  return invalid;
}

#define TK_PUBLIC(result, name, parameters, arguments)                                                       \
  result tk_##name parameters { return path()->kernels->name arguments; }
#define TK_PUBLIC_QUANTIZED(result, name, parameters, arguments)                                             \
  result tk_##name parameters { return path()->quantized->name arguments; }

TK_KERNELS(TK_PUBLIC)
TK_QUANTIZED_KERNELS(TK_PUBLIC_QUANTIZED)
