// A training step of a small RNN, LSTM or GRU in one call: forward, loss at every step, backward
// through time, clip, update. engine/cells, losses and optim say the same in NumPy and are its
// specification. Everything that a step computes stays in buffers that the caller owns.
//
//   gcc -O3 -march=x86-64-v3 -fno-math-errno -fno-trapping-math -ffp-contract=fast -shared -fPIC
//
// Knows nothing of tasks, seeds or files. No function allocates, none keeps state of its own.
#include "net.h"

#include "cells.h"
#include "losses.h"
#include "update.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#if defined(_WIN32)
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#endif

#if !defined(CRNN_SOURCE)
#define CRNN_SOURCE "unknown" // the build names the sources here, so that a stale library can be told
#endif

#define BLOCK_ROWS 128 // rows of [T B] whose weight gradients are summed while they are in the cache

// ---- the machine --------------------------------------------------------------------------------

// Numbers below 1e-38 count as 0 during a call: they change no result that one can see, and each
// costs a hundred cycles. The caller's setting is put back at the end.
#if defined(__SSE2__)
static uint64_t flush_to_zero(void) {
  const unsigned before = _mm_getcsr();
  _mm_setcsr(before | 0x8040);
  return before;
}
static void put_back(uint64_t before) { _mm_setcsr((unsigned)before); }
#elif defined(__aarch64__)
static uint64_t flush_to_zero(void) {
  uint64_t before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"(before | (1u << 24)));
  return before;
}
static void put_back(uint64_t before) { __asm__ volatile("msr fpcr, %0" : : "r"(before)); }
#else
static uint64_t flush_to_zero(void) { return 0; }
static void put_back(uint64_t before) { (void)before; }
#endif

API const char *crnn_source(void) { return CRNN_SOURCE; }
API int64_t crnn_size(void) { return sizeof(Net); }

// The x86-64 level that this processor and its system have: 1 to 4; 0 on other processors.
// To be asked of the v2 library, which every processor since 2009 can load.
API int32_t crnn_level(void) {
#if defined(__x86_64__)
  unsigned a, b, c, d, low, high, c7 = 0, b7 = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_2) || !(c & bit_POPCNT)) return 1;
  const unsigned osxsave = c & bit_OSXSAVE, v3 = bit_FMA | bit_MOVBE | bit_F16C | bit_AVX;
  const int has_v3 = osxsave && (c & v3) == v3;
  if (!has_v3 || !__get_cpuid_count(7, 0, &a, &b7, &c7, &d)) return 2;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0)); // which registers the system saves
  const unsigned v3_7 = bit_AVX2 | bit_BMI | bit_BMI2;
  const unsigned v4_7 = bit_AVX512F | bit_AVX512BW | bit_AVX512CD | bit_AVX512DQ | bit_AVX512VL;
  if ((low & 0x06) != 0x06 || (b7 & v3_7) != v3_7) return 2;
  return (low & 0xe6) == 0xe6 && (b7 & v4_7) == v4_7 ? 4 : 3;
#else
  return 0;
#endif
}

// ---- passes -------------------------------------------------------------------------------------

static void transpose(const float *from, int64_t from_row, int rows, int columns, float *to, int64_t to_row) {
  WITHIN(from, (rows - 1) * from_row + columns);
  WITHIN(to, (columns - 1) * to_row + rows);
  for (int i = 0; i < rows; i += 8) {
    for (int j = 0; j < columns; j += 8) { // 8 x 8 at a time, so that both sides stay in the cache
      for (int u = i; u < i + 8 && u < rows; u++) {
        for (int v = j; v < j + 8 && v < columns; v++) to[v * to_row + u] = from[u * from_row + v];
      }
    }
  }
}

// What the passes read beside theta itself; to be done again whenever theta has changed.
static void prepare(const Net *n) {
  const Named p = named(n, n->theta);
  WITHIN(n->theta, n->n_theta);
  transpose(p.W_hh, n->ld_h, n->G, n->Hp, n->W_hh_t, n->ld_g);
  transpose(p.W_o, n->ld_h, n->V, n->Hp, n->W_o_t, n->ld_v);
  for (int j = 0; j < n->G; j += LANES) store(n->bias + j, load(p.b_ih + j) + load(p.b_hh + j));
}

// Adds to the weight gradients what `rows` rows of [T B] have in them.
static void weight_gradients(const Net *n, int64_t first, int rows, const Named *d) {
  const int gru = n->cell == GRU, Hp = n->Hp, same = gru ? 2 * Hp : n->G; // columns where da_x is da_h
  const float *da = n->da + first * n->ld_d, *dz = n->dz + first * n->ld_v;
  const float *h_before = n->h + first * n->ld_h, *h = h_before + n->B * n->ld_h;
  const Term hh = {rows, da, 1, n->ld_d, h_before, n->ld_h}, out = {rows, dz, 1, n->ld_v, h, n->ld_h};
  multiply(&(Product){n->G, Hp, 1, {hh}, d->W_hh, n->ld_h, d->W_hh, n->ld_h});
  multiply(&(Product){n->V, Hp, 1, {out}, d->W_o, n->ld_h, d->W_o, n->ld_h});
  for (int j = 0; j < n->Vp; j += LANES) {
    vec sum = {0};
    for (int r = 0; r < rows; r++) sum += load(dz + r * n->ld_v + j);
    add_to(d->b_o + j, sum);
  }
  if (n->with_tokens) {
    for (int r = 0; r < rows; r++) {
      float *row = d->W_ih_t + n->tokens[first + r] * n->ld_g;
      WITHIN(row, n->G);
      for (int j = 0; j < n->G; j += LANES) add_to(row + j, load(da + r * n->ld_d + (j < same ? j : j + Hp)));
    }
    return;
  }
  const float *x = n->x + first * n->ld_x;
  const Term ih = {rows, x, 1, n->ld_x, da, n->ld_d};
  multiply(&(Product){n->I, same, 1, {ih}, d->W_ih_t, n->ld_g, d->W_ih_t, n->ld_g});
  if (gru) {
    const Term of_n = {rows, x, 1, n->ld_x, da + 3 * Hp, n->ld_d};
    float *to = d->W_ih_t + 2 * Hp;
    multiply(&(Product){n->I, Hp, 1, {of_n}, to, n->ld_g, to, n->ld_g});
  }
}

static void both_passes(Net *n) {
  const Named d = named(n, n->gradient);
  const double mean = mean_factor(n);
  const int steps = BLOCK_ROWS / n->B > 1 ? BLOCK_ROWS / n->B : 1; // of a block
  double loss = 0;
  prepare(n);
  for (int t = 0; t < n->T; t++) step_forward(n, t);
  WITHIN(n->gradient, n->n_theta);
  memset(n->gradient, 0, n->n_theta * sizeof(float));
  for (int end = n->T; end > 0; end -= steps) {
    const int start = end > steps ? end - steps : 0, rows = (end - start) * n->B;
    const int64_t first = (int64_t)start * n->B;
    loss += judge(n, first, rows, mean);
    for (int t = end - 1; t >= start; t--) step_backward(n, t, &d);
    weight_gradients(n, first, rows, &d);
  }
  // where both biases enter the same sum, their gradients are the same
  memcpy(d.b_ih, d.b_hh, (n->cell == GRU ? 2 * n->Hp : n->G) * sizeof(float));
  n->loss = loss;
}

// Forward and loss only: outputs, dz, h and the gates.
API void crnn_forward(Net *n) {
  const uint64_t before = flush_to_zero();
  ENTER(n);
  prepare(n);
  for (int t = 0; t < n->T; t++) step_forward(n, t);
  n->loss = judge(n, 0, n->T * n->B, mean_factor(n));
  put_back(before);
}

// Forward, loss and backward: everything but the update.
API void crnn_passes(Net *n) {
  const uint64_t before = flush_to_zero();
  ENTER(n);
  both_passes(n);
  n->norm = norm_of(n->gradient, n->n_theta);
  n->finite = isfinite(n->loss) && isfinite(n->norm);
  put_back(before);
}

// The update by the gradient that the last passes left, and that the caller may have added to.
API void crnn_update(Net *n) {
  const uint64_t before = flush_to_zero();
  ENTER(n);
  update(n);
  put_back(before);
}

// Time step t alone, forward, with its outputs z: for inputs that depend on the outputs before them.
API void crnn_forward_at(Net *n, int32_t t) {
  const uint64_t before = flush_to_zero();
  ENTER(n);
  if (t == 0) prepare(n);
  step_forward(n, t);
  scores(n, (int64_t)t * n->B, n->B);
  put_back(before);
}

// `steps` training steps on the same batch; ends early at one that cannot be made. Returns how many were.
API int32_t crnn_train(Net *n, int32_t steps) {
  const uint64_t before = flush_to_zero();
  int32_t made = 0;
  ENTER(n);
  for (int32_t tried = 0; tried < steps && made == tried; tried++) {
    both_passes(n);
    update(n);
    made += n->finite;
  }
  put_back(before);
  return made;
}

// Many networks, one after the other: a share of a sweep. Two threads may do a share each.
API void crnn_train_many(Net *const *nets, int32_t count, int32_t steps) {
  for (int32_t i = 0; i < count; i++) crnn_train(nets[i], steps);
}

// ---- one symbol at a time, T = B = 1 ------------------------------------------------------------

API void crnn_prepare(Net *n) {
  ENTER(n);
  prepare(n);
}

// Reads tokens[0] or x in the state h, c (rows 0), leaves z in outputs and the state after it in rows 1.
static void feed(const Net *n) {
  step_forward(n, 0);
  scores(n, 0, 1);
}

API void crnn_step(Net *n) {
  const uint64_t before = flush_to_zero();
  ENTER(n);
  feed(n);
  put_back(before);
}

// xorshift64* (Vigna 2016): 53 random bits as a number from 0 to below 1. `state` is not 0.
static double uniform(uint64_t *state) {
  uint64_t s = *state;
  s ^= s >> 12;
  s ^= s << 25;
  s ^= s >> 27;
  *state = s;
  return (double)((s * 2685821657736338717u) >> 11) / 9007199254740992.0;
}

// The place that the uniform number u falls into when z is softened by 1 / temperature.
static int32_t drawn(const Net *n, double u) {
  float *p = n->outputs;
  softmax(n, p);
  float sum = 0;
  for (int32_t j = 0; j < n->V; j++) {
    sum += p[j];
    if (u < sum) return j;
  }
  return n->V - 1; // rounding: the sum is a little below 1
}

// Writes `count` symbols to `out`, each read back as the next input. Needs crnn_prepare and tokens[0].
API void crnn_sample(Net *n, int32_t count, double temperature, uint64_t *random, int32_t *out) {
  const uint64_t before = flush_to_zero();
  const vec sharpness = all((float)(1 / temperature));
  ENTER(n);
  for (int32_t i = 0; i < count; i++) {
    feed(n);
    for (int j = 0; j < n->Vp; j += LANES) store(n->outputs + j, load(n->outputs + j) * sharpness);
    n->tokens[0] = out[i] = drawn(n, uniform(random));
    memcpy(n->h, n->h + n->ld_h, n->Hp * sizeof(float));
    if (n->cell == LSTM) memcpy(n->c, n->c + n->ld_h, n->Hp * sizeof(float));
  }
  put_back(before);
}
