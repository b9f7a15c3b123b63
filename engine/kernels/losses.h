// The outputs of R rows, their losses and dL/dz. L = Σ w L_tb / Σ w, as in engine/losses.
#ifndef CRNN_LOSSES_H
#define CRNN_LOSSES_H

#include "product.h"

// The part that one position has in the mean, w / Σ w.
static double mean_factor(const Net *n) {
  const int64_t positions = (int64_t)n->T * n->B;
  if (!n->with_weights) return 1.0 / positions;
  double sum = 0;
  WITHIN(n->w, positions);
  for (int64_t i = 0; i < positions; i++) sum += n->w[i];
  return 1.0 / sum;
}

// z = W_o h + b_o of rows first .. first + rows of [T B], into outputs.
static void scores(const Net *n, int64_t first, int rows) {
  const Named p = named(n, n->theta);
  const Term of_h = {n->H, n->h + (first + n->B) * n->ld_h, n->ld_h, 1, n->W_o_t, n->ld_v};
  multiply(&(Product){rows, n->Vp, 1, {of_h}, p.b_o, 0, n->outputs + first * n->ld_v, n->ld_v});
}

// A row of z [V] turned into probabilities, and what its loss is made of: -ln p_y = top - z_y + ln sum.
typedef struct {
  float top, sum;
} Softened;

static inline Softened softmax(const Net *n, float *z) {
  const int last = (n->V - 1) / LANES * LANES; // the last vector with outputs, and maybe with lanes that pad
  const ivec real = places() + last < n->V;
  vec most = choose(real, load(z + last), all(-INFINITY)), sum = {0};
  for (int j = 0; j < last; j += LANES) most = larger(most, load(z + j));
  const float top = largest_of(most);
  for (int j = 0; j < last; j += LANES) {
    vec e = exp_of(load(z + j) - top);
    store(z + j, e);
    sum += e;
  }
  vec e = choose(real, exp_of(load(z + last) - top), (vec){0});
  store(z + last, e);
  const float total = sum_of(sum + e), scale = 1.f / total;
  for (int j = 0; j <= last; j += LANES) store(z + j, load(z + j) * scale);
  for (int j = last + LANES; j < n->Vp; j += LANES) store(z + j, (vec){0});
  return (Softened){top, total};
}

// Each returns the sum of w L over the rows; `mean` is the factor of every position.
static double cross_entropy(const Net *n, int64_t first, int rows, float mean) {
  double loss = 0;
  WITHIN(n->labels + first, rows);
  for (int start = 0; start < rows; start += LANES) { // as many rows as a vector has logarithms
    vec sum = all(1.f), rest = {0}, counts = {0};
    for (int i = 0; i < LANES && start + i < rows; i++) {
      const int64_t r = first + start + i;
      float *p = n->outputs + r * n->ld_v, *dz = n->dz + r * n->ld_v;
      const int label = n->labels[r];
      const float w = n->with_weights ? n->w[r] : 1.f, each = w * mean, of_label = p[label];
      WITHIN(p + label, 1);
      const Softened row = softmax(n, p);
      for (int j = 0; j < n->Vp; j += LANES) store(dz + j, load(p + j) * each);
      dz[label] -= each;
      sum[i] = row.sum;
      rest[i] = row.top - of_label;
      counts[i] = w;
    }
    vec losses = counts * (log_of(sum) + rest);
    loss += sum_of(choose(counts != 0.f, losses, (vec){0})); // 0 asks for nothing, even of an infinite loss
  }
  return loss;
}

static double half_squared_error(const Net *n, int64_t first, int rows, float mean) {
  double loss = 0;
  WITHIN(n->targets + first * n->ld_v, (rows - 1) * n->ld_v + n->Vp);
  for (int64_t r = first; r < first + rows; r++) {
    const float w = n->with_weights ? n->w[r] : 1.f, each = w * mean;
    vec sum = {0};
    for (int j = 0; j < n->Vp; j += LANES) {
      vec error = load(n->outputs + r * n->ld_v + j) - load(n->targets + r * n->ld_v + j);
      store(n->dz + r * n->ld_v + j, error * each);
      sum += error * error;
    }
    if (w != 0) loss += w * 0.5 * sum_of(sum);
  }
  return loss;
}

static double judge(const Net *n, int64_t first, int rows, double mean) {
  scores(n, first, rows);
  WITHIN(n->dz + first * n->ld_v, (rows - 1) * n->ld_v + n->Vp);
  const double loss = n->loss_kind == CROSS_ENTROPY ? cross_entropy(n, first, rows, (float)mean)
                                                    : half_squared_error(n, first, rows, (float)mean);
  return loss * mean;
}

#endif
