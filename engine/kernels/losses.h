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

// Turns z [V] into probabilities, in place; returns ln Σ e^z, from which -ln p follows without loss.
static float softmax(const Net *n, float *z) {
  const ivec lane = places();
  vec most = all(-INFINITY), sum = {0};
  for (int j = 0; j < n->Vp; j += LANES) {
    vec here = choose(lane + j < n->V, load(z + j), all(-INFINITY));
    most = larger(most, here);
  }
  const float top = largest_of(most);
  for (int j = 0; j < n->Vp; j += LANES) {
    vec e = choose(lane + j < n->V, exp_of(load(z + j) - top), (vec){0});
    store(z + j, e);
    sum += e;
  }
  const float total = sum_of(sum), scale = 1.f / total;
  for (int j = 0; j < n->Vp; j += LANES) store(z + j, load(z + j) * scale);
  return logf(total) + top;
}

// Each returns the sum of w L over the rows; `mean` is the factor of every position.
static double cross_entropy(const Net *n, int64_t first, int rows, float mean) {
  double loss = 0;
  WITHIN(n->labels + first, rows);
  for (int64_t r = first; r < first + rows; r++) {
    float *p = n->outputs + r * n->ld_v, *dz = n->dz + r * n->ld_v;
    const float w = n->with_weights ? n->w[r] : 1.f, each = w * mean;
    const float of_label = p[n->labels[r]];
    WITHIN(p + n->labels[r], 1);
    const float log_sum = softmax(n, p);
    if (w != 0) loss += w * (log_sum - of_label); // 0 asks for nothing, even of an infinite loss
    for (int j = 0; j < n->Vp; j += LANES) store(dz + j, load(p + j) * each);
    dz[n->labels[r]] -= each;
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
