// Net: one network with every buffer that its passes read and write. The caller owns the memory.
// net.py writes down the same structure, field by field; `crnn_size` tells if they differ.
//
// Feature dimensions are padded with zeros to 16 floats, so that no vector crosses an edge:
// H -> Hp, V -> Vp, and G = gates * Hp. ld_q is the distance in floats between two rows of q.
#ifndef CRNN_NET_H
#define CRNN_NET_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vectors.h"

enum { RNN, LSTM, GRU };
enum { CROSS_ENTROPY, HALF_SQUARED_ERROR };
enum { SGD, MOMENTUM, NESTEROV, RMSPROP, ADAM, ADAMW };
enum { BY_NORM, BY_VALUE };

#define ROOMS 25 // pointers below, in their order

typedef struct {
  int32_t cell, take, loss_kind, optimiser, clip_by;
  int32_t truncate;       // no gradient crosses h_t where t % truncate == 0; 0: it crosses all
  int32_t T, B, I, H, V;  // time steps, sequences, inputs, hidden units, outputs
  int32_t Hp, Vp, G;      // padded
  int32_t with_tokens;    // the input is tokens [T B], else x
  int32_t with_weights;   // positions count by w [T B], else all count 1
  int32_t finite;         // out: the last step was made
  int64_t ld_x, ld_g, ld_h, ld_v, ld_d; // rows of x, of gates, of h, of outputs, of da
  int64_t n_theta;        // floats in theta, padding included
  int64_t updates;        // how many updates were made, for Adam's bias correction
  double rate, clip, l2, momentum;
  double alpha, beta_1, beta_2, epsilon;
  double loss, norm;      // out: of the last step, before its update
  // theta: W_ih' [I, ld_g], W_hh [G, ld_h], b_ih [ld_g], b_hh [ld_g], W_o [V, ld_h], b_o [ld_v].
  // An update writes the `_next` ones and then the names are swapped: a step that is not made
  // costs nothing to undo, and the weights that a step ran with are still there.
  float *theta, *first, *second, *theta_next, *first_next, *second_next;
  float *gradient;
  float *W_hh_t, *W_o_t, *bias; // made from theta: W_hh' [Hp, ld_g], W_o' [Hp, ld_v], b_ih + b_hh [ld_g]
  float *x, *w, *targets;       // [T B, ld_x], [T B], [T B, ld_v]
  int32_t *tokens, *labels;     // [T B]
  float *h, *c;                 // [(T + 1) B, ld_h]: the first B rows are the state before the first step
  float *gates, *tanh_c, *m;    // [T B, ld_g] in the order of the rows of W_hh; [T B, ld_h] m of the GRU
  float *outputs, *dz;          // [T B, ld_v]
  float *dh, *dc;               // [T B, ld_h]
  float *da;                    // [T B, ld_d]: as gates; the GRU has r, z, dm (where W_hh enters), n
  int64_t room[ROOMS];          // how many numbers each of the pointers has, for the debug build
} Net;

// The parameters by name, in theta or in gradient.
typedef struct {
  float *W_ih_t, *W_hh, *b_ih, *b_hh, *W_o, *b_o;
} Named;

static Named named(const Net *n, float *flat) {
  Named p;
  p.W_ih_t = flat;
  p.W_hh = p.W_ih_t + n->I * n->ld_g;
  p.b_ih = p.W_hh + n->G * n->ld_h;
  p.b_hh = p.b_ih + n->ld_g;
  p.W_o = p.b_hh + n->ld_g;
  p.b_o = p.W_o + n->V * n->ld_h;
  return p;
}

// Debug build: every region that is about to be touched must lie in one buffer of the net at work.
#if defined(CRNN_DEBUG)
static _Thread_local const Net *at_work;
static void within(const void *start, int64_t numbers, const char *what, int line) {
  const char *first = start, *last = first + 4 * numbers;
  char *const *buffer = (char *const *)&at_work->theta;
  for (int i = 0; i < ROOMS && numbers >= 0; i++) {
    if (buffer[i] && first >= buffer[i] && last <= buffer[i] + 4 * at_work->room[i]) return;
  }
  fprintf(stderr, "crnn line %d: %s, %lld numbers, is not inside any buffer\n", line, what, (long long)numbers);
  abort();
}
#define WITHIN(start, numbers) within(start, numbers, #start, __LINE__)
#define ENTER(n) (at_work = (n))
#else
#define WITHIN(start, numbers) ((void)0)
#define ENTER(n) ((void)(n))
#endif

#endif
