// Vectors of as many floats as one register holds, and tanh, exp and ln on them.
// GCC's and Clang's vector extensions: one source for AVX-512, AVX, SSE2 and NEON.
// tanh, exp and ln let NaN through: whoever looks at the loss must see it.
#ifndef CRNN_VECTORS_H
#define CRNN_VECTORS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#if defined(__AVX512F__)
#define LANES 16
#elif defined(__AVX__)
#define LANES 8
#else
#define LANES 4
#endif

typedef float vec __attribute__((vector_size(4 * LANES)));
typedef float vec_anywhere __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int32_t ivec __attribute__((vector_size(4 * LANES)));

#define INLINE static inline __attribute__((always_inline))

INLINE vec load(const float *from) { return *(const vec_anywhere *)from; }
INLINE void store(float *to, vec x) { *(vec_anywhere *)to = x; }
INLINE vec all(float a) { return a - (vec){0}; }
INLINE vec choose(ivec where, vec yes, vec no) { return (vec)(((ivec)yes & where) | ((ivec)no & ~where)); }

// Both give the second one where either is NaN, as the machine's own instructions do.
#if defined(__AVX512F__)
INLINE vec smaller(vec a, vec b) { return (vec)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE vec larger(vec a, vec b) { return (vec)_mm512_max_ps((__m512)a, (__m512)b); }
#elif defined(__AVX__)
INLINE vec smaller(vec a, vec b) { return (vec)_mm256_min_ps((__m256)a, (__m256)b); }
INLINE vec larger(vec a, vec b) { return (vec)_mm256_max_ps((__m256)a, (__m256)b); }
#else
INLINE vec smaller(vec a, vec b) { return choose(a < b, a, b); }
INLINE vec larger(vec a, vec b) { return choose(a > b, a, b); }
#endif

#if defined(__AVX512F__)
INLINE float sum_of(vec x) { return _mm512_reduce_add_ps((__m512)x); }
INLINE float largest_of(vec x) { return _mm512_reduce_max_ps((__m512)x); }
#else
INLINE float sum_of(vec x) {
  float sum = 0;
  for (int i = 0; i < LANES; i++) sum += x[i];
  return sum;
}
INLINE float largest_of(vec x) {
  float most = x[0];
  for (int i = 1; i < LANES; i++) most = x[i] > most ? x[i] : most;
  return most;
}
#endif

// The places 0, 1, 2, ... of the lanes.
INLINE ivec places(void) {
  ivec lane = {0};
  for (int i = 0; i < LANES; i++) lane[i] = i;
  return lane;
}

// p / q. Where the machine has a good first guess, one Newton step is faster than its division.
INLINE vec quotient(vec p, vec q) {
#if defined(__AVX512F__)
  vec guess = (vec)_mm512_rcp14_ps((__m512)q);
  return p * (guess * (2.f - q * guess));
#else
  return p / q;
#endif
}

// tanh as a ratio of two polynomials (degrees 13 and 6), right to a few last places; 1 beyond 7.9.
INLINE vec tanh_of(vec x) {
  x = smaller(all(7.90531110763549805f), larger(all(-7.90531110763549805f), x));
  vec xx = x * x;
  vec p = xx * -2.76076847742355e-16f + 2.00018790482477e-13f;
  p = p * xx + -8.60467152213735e-11f;
  p = p * xx + 5.12229709037114e-08f;
  p = p * xx + 1.48572235717979e-05f;
  p = p * xx + 6.37261928875436e-04f;
  p = (p * xx + 4.89352455891786e-03f) * x;
  vec q = xx * 1.19825839466702e-06f + 1.18534705686654e-04f;
  q = q * xx + 2.26843463243900e-03f;
  q = q * xx + 4.89352518554385e-03f;
  return quotient(p, q);
}

// 2^n, n whole; and the whole number nearest to x.
#if defined(__AVX512F__)
INLINE vec times_power(vec x, vec n) { return (vec)_mm512_scalef_ps((__m512)x, (__m512)n); }
INLINE vec nearest(vec x) { return (vec)_mm512_roundscale_ps((__m512)x, 0); }
#else
INLINE vec times_power(vec x, vec n) { return x * (vec)((__builtin_convertvector(n, ivec) + 127) << 23); }
INLINE vec nearest(vec x) { // adding 1.5 * 2^23 leaves no place for a fraction
  const vec large = all(12582912.f);
  vec sum = x + large;
  return sum - large;
}
#endif

// e^x = 2^n 2^r with |r| <= 1/2, 2^r by its series, fitted; from 2^-126 to 2^126.
INLINE vec exp_of(vec x) {
  const float log2_e = 1.44269504088896341f;
  x = larger(all(-87.33f), smaller(all(87.33f), x));
  vec n = nearest(x * log2_e), r = x * log2_e - n;
  vec y = r * 1.535336188319500e-4f + 1.339887440266574e-3f;
  y = y * r + 9.618437357674640e-3f;
  y = y * r + 5.550332471162809e-2f;
  y = y * r + 2.402264791363012e-1f;
  y = y * r + 6.931472028550421e-1f;
  y = y * r + 1.f;
  return times_power(y, n);
}

// 1 / (1 + e^-x)
INLINE vec sigmoid_of(vec x) { return quotient(all(1.f), 1.f + exp_of(-x)); }

// ln x for x from 1e-37 to 1e38: x = 2^n m with m from 0.7 to 1.4, ln m by its series, fitted (Cephes).
INLINE vec log_of(vec x) {
  ivec bits = (ivec)x, n = ((bits - 0x3f3504f3) >> 23);
  vec m = (vec)(bits - (n << 23)) - 1.f, whole = __builtin_convertvector(n, vec), mm = m * m;
  vec y = m * 7.0376836292E-2f - 1.1514610310E-1f;
  y = y * m + 1.1676998740E-1f;
  y = y * m - 1.2420140846E-1f;
  y = y * m + 1.4249322787E-1f;
  y = y * m - 1.6668057665E-1f;
  y = y * m + 2.0000714765E-1f;
  y = y * m - 2.4999993993E-1f;
  y = y * m + 3.3333331174E-1f;
  y = y * m * mm + whole * -2.12194440e-4f - 0.5f * mm;
  return m + y + whole * 0.693359375f + 0.f * x; // the last lets NaN through
}

#endif
