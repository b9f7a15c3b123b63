// One time step of each cell, forward and backward, for all B sequences. The equations are those
// of engine/cells, line by line; here a gate's letter is a vector of its numbers.
#ifndef CRNN_CELLS_H
#define CRNN_CELLS_H

#include "product.h"

#define EACH_UNIT(j, n) for (int j = 0; j < (n)->Hp; j += LANES)
#define EACH_SEQUENCE(b, n) for (int b = 0; b < (n)->B; b++)

INLINE vec tanh_slope(vec t) { return 1.f - t * t; }
INLINE vec sigmoid_slope(vec s) { return s * (1.f - s); }

// The rows of time step t (from 0). h and c of the state before it are `before`, after it `after`.
typedef struct {
  float *h_before, *h, *c_before, *c, *gates, *tanh_c, *m, *dh, *dc, *da;
} Rows;

static Rows rows_of(const Net *n, int t) {
  const int64_t first = (int64_t)t * n->B, unit = first * n->ld_h, next = unit + n->B * n->ld_h;
  Rows at = {.h_before = n->h + unit, .h = n->h + next, .dh = n->dh + unit};
  at.gates = n->gates + first * n->ld_g;
  at.da = n->da + first * n->ld_d;
  if (n->cell == GRU) at.m = n->m + unit;
  if (n->cell != LSTM) return at;
  at.c_before = n->c + unit;
  at.c = n->c + next;
  at.tanh_c = n->tanh_c + unit;
  at.dc = n->dc + unit;
  return at;
}

// ---- forward ------------------------------------------------------------------------------------

// Columns of W_ih x + W_hh h + bias into the gates; without the term of h where W_hh_t is NULL.
static void sums(const Net *n, int t, int first, int columns, const float *bias, int with_h) {
  const Named p = named(n, n->theta);
  const Rows at = rows_of(n, t);
  const Term of_h = {n->H, at.h_before, n->ld_h, 1, n->W_hh_t + first, n->ld_g};
  Product product = {n->B, columns, 0, {{0}}, bias + first, 0, at.gates + first, n->ld_g};
  if (n->with_tokens) { // W_ih x is one row of W_ih'
    const int32_t *token = n->tokens + (int64_t)t * n->B;
    WITHIN(token, n->B);
    EACH_SEQUENCE(b, n) {
      const float *row = p.W_ih_t + token[b] * n->ld_g + first;
      WITHIN(row, columns);
      for (int j = 0; j < columns; j += LANES) {
        store(product.out + b * n->ld_g + j, load(row + j) + load(bias + first + j));
      }
    }
    product.start = product.out;
    product.start_row = n->ld_g;
  } else {
    const float *x = n->x + (int64_t)t * n->B * n->ld_x;
    product.term[product.terms++] = (Term){n->I, x, n->ld_x, 1, p.W_ih_t + first, n->ld_g};
  }
  if (with_h) product.term[product.terms++] = of_h;
  if (product.terms) multiply(&product);
}

static void rnn_forward(const Net *n, int t) {
  const Rows at = rows_of(n, t);
  sums(n, t, 0, n->G, n->bias, 1);
  EACH_SEQUENCE(b, n) EACH_UNIT(j, n) {
    store(at.h + b * n->ld_h + j, tanh_of(load(at.gates + b * n->ld_g + j)));
  }
}

static void lstm_forward(const Net *n, int t) {
  const Rows at = rows_of(n, t);
  const int Hp = n->Hp;
  sums(n, t, 0, n->G, n->bias, 1);
  EACH_SEQUENCE(b, n) EACH_UNIT(j, n) {
    const int64_t unit = b * n->ld_h + j;
    float *gate = at.gates + b * n->ld_g + j;
    vec i = sigmoid_of(load(gate)), f = sigmoid_of(load(gate + Hp));
    vec g = tanh_of(load(gate + 2 * Hp)), o = sigmoid_of(load(gate + 3 * Hp));
    vec c = f * load(at.c_before + unit) + i * g;
    vec tanh_c = tanh_of(c);
    store(gate, i);
    store(gate + Hp, f);
    store(gate + 2 * Hp, g);
    store(gate + 3 * Hp, o);
    store(at.c + unit, c);
    store(at.tanh_c + unit, tanh_c);
    store(at.h + unit, o * tanh_c);
  }
}

static void gru_forward(const Net *n, int t) {
  const Named p = named(n, n->theta);
  const Rows at = rows_of(n, t);
  const int Hp = n->Hp;
  sums(n, t, 0, 2 * Hp, n->bias, 1);      // r and z
  sums(n, t, 2 * Hp, Hp, p.b_ih, 0);      // n, without m
  const Term of_h = {n->H, at.h_before, n->ld_h, 1, n->W_hh_t + 2 * Hp, n->ld_g};
  multiply(&(Product){n->B, Hp, 1, {of_h}, p.b_hh + 2 * Hp, 0, at.m, n->ld_h});
  EACH_SEQUENCE(b, n) EACH_UNIT(j, n) {
    const int64_t unit = b * n->ld_h + j;
    float *gate = at.gates + b * n->ld_g + j;
    vec r = sigmoid_of(load(gate)), z = sigmoid_of(load(gate + Hp));
    vec candidate = tanh_of(load(gate + 2 * Hp) + r * load(at.m + unit));
    vec before = load(at.h_before + unit);
    vec kept = n->take ? 1.f - z : z;
    store(gate, r);
    store(gate + Hp, z);
    store(gate + 2 * Hp, candidate);
    store(at.h + unit, kept * before + (1.f - kept) * candidate);
  }
}

static void step_forward(const Net *n, int t) {
  if (n->cell == RNN) rnn_forward(n, t);
  else if (n->cell == LSTM) lstm_forward(n, t);
  else gru_forward(n, t);
}

// ---- backward -----------------------------------------------------------------------------------

// What comes back from step t + 1 into step t: nothing at the end and where the gradient is cut.
static int crosses(const Net *n, int t) {
  return t + 1 < n->T && !(n->truncate && (t + 1) % n->truncate == 0);
}

// dh of step t = W_o' dz + W_hh' da of step t + 1. The GRU adds its own way back later.
static void arriving(const Net *n, int t) {
  const Named p = named(n, n->theta);
  const Rows at = rows_of(n, t), next = rows_of(n, t + 1);
  const Term of_outputs = {n->V, n->dz + (int64_t)t * n->B * n->ld_v, n->ld_v, 1, p.W_o, n->ld_h};
  const Term of_next = {n->G, next.da, n->ld_d, 1, p.W_hh, n->ld_h};
  const int terms = crosses(n, t) ? 2 : 1;
  multiply(&(Product){n->B, n->Hp, terms, {of_outputs, of_next}, NULL, 0, at.dh, n->ld_h});
}

// The gradients of b_hh are the column sums of da: they are taken here, while da is in registers. A
// few sequences at a time: one would cost a store each, all of them would jump through memory.
#define FEW 4
#define EACH_FEW(b, n) for (int b = 0; b < (n)->B; b += FEW)
#define OF_FEW(b, from, n) for (int b = from; b < from + FEW && b < (n)->B; b++)
INLINE void add_to(float *sum, vec x) { store(sum, load(sum) + x); }

static void rnn_backward(const Net *n, int t, const Named *d) {
  const Rows at = rows_of(n, t);
  EACH_FEW(some, n) EACH_UNIT(j, n) {
    vec sum = {0};
    OF_FEW(b, some, n) {
      vec da = load(at.dh + b * n->ld_h + j) * tanh_slope(load(at.h + b * n->ld_h + j));
      store(at.da + b * n->ld_d + j, da);
      sum += da;
    }
    add_to(d->b_hh + j, sum);
  }
}

static void lstm_backward(const Net *n, int t, const Named *d) {
  const Rows at = rows_of(n, t), next = rows_of(n, t + 1);
  const int Hp = n->Hp, from_next = crosses(n, t);
  EACH_FEW(some, n) EACH_UNIT(j, n) {
    vec sum_i = {0}, sum_f = {0}, sum_g = {0}, sum_o = {0};
    OF_FEW(b, some, n) {
      const int64_t unit = b * n->ld_h + j;
      const float *gate = at.gates + b * n->ld_g + j;
      float *da = at.da + b * n->ld_d + j;
      vec i = load(gate), f = load(gate + Hp), g = load(gate + 2 * Hp), o = load(gate + 3 * Hp);
      vec dh = load(at.dh + unit), tanh_c = load(at.tanh_c + unit);
      vec dc = dh * o * tanh_slope(tanh_c);
      if (from_next) dc += load(next.dc + unit) * load(next.gates + b * n->ld_g + Hp + j);
      vec da_i = dc * g * sigmoid_slope(i), da_f = dc * load(at.c_before + unit) * sigmoid_slope(f);
      vec da_g = dc * i * tanh_slope(g), da_o = dh * tanh_c * sigmoid_slope(o);
      store(at.dc + unit, dc);
      store(da, da_i);
      store(da + Hp, da_f);
      store(da + 2 * Hp, da_g);
      store(da + 3 * Hp, da_o);
      sum_i += da_i;
      sum_f += da_f;
      sum_g += da_g;
      sum_o += da_o;
    }
    add_to(d->b_hh + j, sum_i);
    add_to(d->b_hh + Hp + j, sum_f);
    add_to(d->b_hh + 2 * Hp + j, sum_g);
    add_to(d->b_hh + 3 * Hp + j, sum_o);
  }
}

static void gru_backward(const Net *n, int t, const Named *d) {
  const Rows at = rows_of(n, t), next = rows_of(n, t + 1);
  const int Hp = n->Hp, from_next = crosses(n, t), take = n->take;
  EACH_FEW(some, n) EACH_UNIT(j, n) {
    vec sum_r = {0}, sum_z = {0}, sum_m = {0}, sum_n = {0};
    OF_FEW(b, some, n) {
      const int64_t unit = b * n->ld_h + j;
      const float *gate = at.gates + b * n->ld_g + j;
      float *da = at.da + b * n->ld_d + j;
      vec r = load(gate), z = load(gate + Hp), candidate = load(gate + 2 * Hp), dh = load(at.dh + unit);
      if (from_next) {
        vec z_next = load(next.gates + b * n->ld_g + Hp + j);
        dh += load(next.dh + unit) * (take ? 1.f - z_next : z_next);
        store(at.dh + unit, dh);
      }
      vec dkept = dh * (load(at.h_before + unit) - candidate);
      vec da_n = dh * (take ? z : 1.f - z) * tanh_slope(candidate);
      vec da_r = da_n * load(at.m + unit) * sigmoid_slope(r);
      vec da_z = (take ? -dkept : dkept) * sigmoid_slope(z);
      vec dm = da_n * r;
      store(da, da_r);
      store(da + Hp, da_z);
      store(da + 2 * Hp, dm);
      store(da + 3 * Hp, da_n);
      sum_r += da_r;
      sum_z += da_z;
      sum_m += dm;
      sum_n += da_n;
    }
    add_to(d->b_hh + j, sum_r);
    add_to(d->b_hh + Hp + j, sum_z);
    add_to(d->b_hh + 2 * Hp + j, sum_m);
    add_to(d->b_ih + 2 * Hp + j, sum_n);
  }
}

static void step_backward(const Net *n, int t, const Named *d) {
  arriving(n, t);
  if (n->cell == RNN) rnn_backward(n, t, d);
  else if (n->cell == LSTM) lstm_backward(n, t, d);
  else gru_backward(n, t, d);
}

#endif
