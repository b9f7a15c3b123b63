// Clipping and the update of all parameters, as torch.optim does it; engine/optim says the same.
#ifndef CRNN_UPDATE_H
#define CRNN_UPDATE_H

#include "net.h"

// ‖g‖₂: in floats where the squares fit, else again in doubles, so that 3e38 is seen as 3e38.
static double norm_of(const float *g, int64_t n) {
  vec sum[4] = {{0}};
  int64_t i = 0;
  for (; i + 4 * LANES <= n; i += 4 * LANES) {
    for (int q = 0; q < 4; q++) sum[q] += load(g + i + q * LANES) * load(g + i + q * LANES);
  }
  for (; i < n; i += LANES) sum[0] += load(g + i) * load(g + i);
  const float squares = sum_of((sum[0] + sum[1]) + (sum[2] + sum[3]));
  if (squares < INFINITY && squares > 1e-30f) return sqrt(squares);
  double exact = 0;
  for (i = 0; i < n; i++) exact += (double)g[i] * g[i];
  return sqrt(exact);
}

// What the gradient is multiplied by when it is clipped by norm, else 1. The factor of an enormous
// gradient is below what a float holds: its root, applied twice, is not.
typedef struct {
  float once, again;
} Shrink;

static Shrink shrink(const Net *n) {
  if (!(n->clip > 0 && n->clip_by == BY_NORM && n->norm > n->clip)) return (Shrink){1, 1};
  const double factor = n->clip / n->norm;
  if (factor > 1e-37) return (Shrink){(float)factor, 1};
  return (Shrink){(float)sqrt(factor), (float)sqrt(factor)};
}

INLINE vec root(vec x) {
#if defined(__AVX512F__)
  return (vec)_mm512_sqrt_ps((__m512)x);
#elif defined(__AVX__)
  return (vec)_mm256_sqrt_ps((__m256)x);
#elif defined(__SSE2__)
  return (vec)_mm_sqrt_ps((__m128)x);
#elif defined(__aarch64__)
  return (vec)vsqrtq_f32((float32x4_t)x);
#else
  for (int i = 0; i < LANES; i++) x[i] = sqrtf(x[i]);
  return x;
#endif
}

// The numbers of one update, as floats.
typedef struct {
  float rate, l2, momentum, alpha, beta_1, beta_2, epsilon, step, root_scale, decay;
} Rule;

static Rule rule_of(const Net *n) {
  const double t = n->updates + 1.0;
  return (Rule){
      .rate = (float)n->rate,
      .l2 = (float)n->l2,
      .momentum = (float)n->momentum,
      .alpha = (float)n->alpha,
      .beta_1 = (float)n->beta_1,
      .beta_2 = (float)n->beta_2,
      .epsilon = (float)n->epsilon,
      .step = (float)(n->rate / (1 - pow(n->beta_1, t))),          // η / (1 - β₁ᵗ)
      .root_scale = (float)(1 / sqrt(1 - pow(n->beta_2, t))),      // √v̂ = √v times this
      .decay = (float)(1 - n->rate * n->l2),
  };
}

// θ after one step along g; `first` and `second` are what the rule remembers, changed in place.
INLINE vec moved(const int kind, const Rule *a, vec theta, vec g, vec *first, vec *second) {
  if (kind == ADAMW) theta *= a->decay;
  else g += a->l2 * theta;
  if (kind == SGD) return theta - a->rate * g;
  if (kind == MOMENTUM || kind == NESTEROV) {
    *first = a->momentum * *first + g;
    return theta - a->rate * (kind == NESTEROV ? g + a->momentum * *first : *first);
  }
  if (kind == RMSPROP) {
    *second = a->alpha * *second + (1.f - a->alpha) * g * g;
    return theta - a->rate * (g / (root(*second) + a->epsilon));
  }
  *first = a->beta_1 * *first + (1.f - a->beta_1) * g;
  *second = a->beta_2 * *second + (1.f - a->beta_2) * g * g;
  return theta - a->step * quotient(*first, root(*second) * a->root_scale + a->epsilon);
}

// Writes all the `_next` ones; tells whether all of them are numbers.
INLINE int move(const Net *n, const int kind) {
  const Shrink factor = shrink(n);
  const Rule rule = rule_of(n);
  const int by_value = n->clip > 0 && n->clip_by == BY_VALUE;
  const vec limit = all((float)n->clip);
  const float *g = n->gradient, *theta = n->theta, *first = n->first, *second = n->second;
  float *theta_next = n->theta_next, *first_next = n->first_next, *second_next = n->second_next;
  vec broken = {0}; // x * 0 is NaN where x is infinite or NaN
  for (int64_t i = 0, end = n->n_theta; i < end; i += LANES) {
    vec slope = load(g + i) * factor.once * factor.again, one = load(first + i), two = load(second + i);
    if (by_value) slope = smaller(limit, larger(-limit, slope));
    vec moved_to = moved(kind, &rule, load(theta + i), slope, &one, &two);
    store(theta_next + i, moved_to);
    store(first_next + i, one);
    store(second_next + i, two);
    broken += (moved_to + one + two) * 0.f;
  }
  return sum_of(broken) == 0;
}

static void swap(float **a, float **b) {
  float *kept = *a;
  *a = *b;
  *b = kept;
}

// One update, made only if everything about it is a number.
static void update(Net *n) {
  n->norm = norm_of(n->gradient, n->n_theta);
  n->finite = isfinite(n->loss) && isfinite(n->norm);
  if (!n->finite) return;
  switch (n->optimiser) {
  case SGD: n->finite = move(n, SGD); break;
  case MOMENTUM: n->finite = move(n, MOMENTUM); break;
  case NESTEROV: n->finite = move(n, NESTEROV); break;
  case RMSPROP: n->finite = move(n, RMSPROP); break;
  case ADAM: n->finite = move(n, ADAM); break;
  default: n->finite = move(n, ADAMW); break;
  }
  if (!n->finite) return;
  swap(&n->theta, &n->theta_next);
  swap(&n->first, &n->first_next);
  swap(&n->second, &n->second_next);
  n->updates++;
}

#endif
