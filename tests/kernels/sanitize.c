// Runs the whole kernel over odd sizes, in buffers that end where their numbers end.
//
// Compiled with address and undefined-behaviour sanitizers and CRNN_DEBUG by sanitize.py. Every
// buffer is an allocation of its own, so a read or write past its end is seen; what the kernel
// must write before it reads starts as NaN, so that a forgotten number is seen in the results;
// and what pads a row starts as zero and must stay so.
//
//   sanitize level            the x86-64 level of this machine, as the kernel sees it
//   sanitize CASES SEED       corners first, then sizes drawn with the seed
#include "../../engine/kernels/crnn.c"

#include <sanitizer/common_interface_defs.h>

enum { MOST_H = 129, MOST_T = 101, MOST_B = 65, MOST_I = 81 };

typedef struct {
  int H, T, B, I, V, cell, loss, optimiser, clip_by, take, truncate, tokens, weights, wide;
} Case;

static Case now;
static uint64_t state = 1;

static void tell(void) {
  fprintf(stderr, "in H=%d T=%d B=%d I=%d V=%d cell=%d loss=%d optimiser=%d clip_by=%d take=%d truncate=%d ", now.H,
          now.T, now.B, now.I, now.V, now.cell, now.loss, now.optimiser, now.clip_by, now.take, now.truncate);
  fprintf(stderr, "tokens=%d weights=%d wide=%d\n", now.tokens, now.weights, now.wide);
}

static void must(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "not so: %s\n", what);
  tell();
  exit(1);
}

// ---- buffers ------------------------------------------------------------------------------------

static int drawn_below(int n) { return (int)(uniform(&state) * n); }
static float drawn_float(void) { return (float)(uniform(&state) - 0.5); }
static int padded(int n) { return (n + 15) / 16 * 16; }

#if !defined(SHORT)
#define SHORT 0 // numbers that every buffer lacks: 1 shows that the alarm works
#endif

// `numbers` numbers of 4 bytes and nothing behind them; 0xFF bytes are NaN as floats, -1 as integers.
static void *give(Net *n, void *pointer, int64_t numbers, int byte) {
  void **place = pointer;
  void *made = malloc((numbers - SHORT) * 4);
  must(made != NULL, "there is memory");
  memset(made, byte, (numbers - SHORT) * 4);
  n->room[place - (void **)&n->theta] = numbers;
  return *place = made;
}

static int64_t row_of(int64_t numbers) { return numbers + (now.wide ? 16 : 0); }

static void sizes(Net *n) {
  n->cell = now.cell, n->take = now.take, n->loss_kind = now.loss, n->optimiser = now.optimiser;
  n->clip_by = now.clip_by, n->truncate = now.truncate;
  n->T = now.T, n->B = now.B, n->I = now.I, n->H = now.H, n->V = now.V;
  n->Hp = padded(now.H), n->Vp = padded(now.V), n->G = (int[]){1, 4, 3}[now.cell] * n->Hp;
  n->with_tokens = now.tokens, n->with_weights = now.weights;
  n->ld_x = row_of(now.I), n->ld_g = row_of(n->G), n->ld_h = row_of(n->Hp), n->ld_v = row_of(n->Vp);
  n->ld_d = row_of(now.cell == GRU ? 4 * n->Hp : n->G);
  n->n_theta = (n->I + 2) * n->ld_g + (n->G + n->V) * n->ld_h + n->ld_v;
  n->rate = 0.01, n->clip = 1, n->l2 = 0.001, n->momentum = 0.9;
  n->alpha = 0.99, n->beta_1 = 0.9, n->beta_2 = 0.999, n->epsilon = 1e-8;
}

static void weights(Net *n) {
  float **vectors[] = {&n->theta, &n->first, &n->second};
  for (int i = 0; i < 3; i++) give(n, vectors[i], n->n_theta, 0);
  float **made[] = {&n->theta_next, &n->first_next, &n->second_next, &n->gradient};
  for (int i = 0; i < 4; i++) give(n, made[i], n->n_theta, 0xFF);
  give(n, &n->W_hh_t, n->Hp * n->ld_g, 0xFF);
  give(n, &n->W_o_t, n->Hp * n->ld_v, 0); // its columns from V to Vp are only read
  give(n, &n->bias, n->ld_g, 0xFF);
  const Named p = named(n, n->theta);
  for (int gate = 0; gate < n->G; gate += n->Hp) {
    for (int j = gate; j < gate + n->H; j++) {
      for (int i = 0; i < n->I; i++) p.W_ih_t[i * n->ld_g + j] = drawn_float();
      for (int i = 0; i < n->H; i++) p.W_hh[j * n->ld_h + i] = drawn_float();
      p.b_ih[j] = drawn_float(), p.b_hh[j] = drawn_float();
    }
  }
  for (int v = 0; v < n->V; v++) {
    for (int i = 0; i < n->H; i++) p.W_o[v * n->ld_h + i] = drawn_float();
    p.b_o[v] = drawn_float();
  }
}

static void batch(Net *n) {
  const int64_t rows = (int64_t)n->T * n->B;
  if (now.tokens) give(n, &n->tokens, rows, 0xFF);
  else give(n, &n->x, (rows - 1) * n->ld_x + n->I, 0xFF);
  if (now.loss == CROSS_ENTROPY) give(n, &n->labels, rows, 0xFF);
  else give(n, &n->targets, rows * n->ld_v, 0);
  if (now.weights) give(n, &n->w, rows, 0xFF);
  for (int64_t r = 0; r < rows; r++) {
    if (now.tokens) n->tokens[r] = drawn_below(n->I);
    else for (int i = 0; i < n->I; i++) n->x[r * n->ld_x + i] = drawn_float();
    if (now.loss == CROSS_ENTROPY) n->labels[r] = drawn_below(n->V);
    else for (int v = 0; v < n->V; v++) n->targets[r * n->ld_v + v] = drawn_float();
    if (now.weights) n->w[r] = r && drawn_below(2) ? 0.f : 1.f;
  }
}

static void records(Net *n) {
  const int64_t rows = (int64_t)n->T * n->B;
  give(n, &n->h, (rows + n->B) * n->ld_h, 0xFF);
  memset(n->h, 0, n->B * n->ld_h * sizeof(float));
  give(n, &n->gates, rows * n->ld_g, 0xFF);
  give(n, &n->outputs, rows * n->ld_v, 0xFF);
  give(n, &n->dz, rows * n->ld_v, 0xFF);
  give(n, &n->dh, rows * n->ld_h, 0xFF);
  give(n, &n->da, rows * n->ld_d, 0xFF);
  if (n->cell == GRU) give(n, &n->m, rows * n->ld_h, 0xFF);
  if (n->cell != LSTM) return;
  give(n, &n->c, (rows + n->B) * n->ld_h, 0xFF);
  memset(n->c, 0, n->B * n->ld_h * sizeof(float));
  give(n, &n->tanh_c, rows * n->ld_h, 0xFF);
  give(n, &n->dc, rows * n->ld_h, 0xFF);
}

static Net made(void) {
  Net n;
  memset(&n, 0, sizeof n);
  sizes(&n);
  weights(&n);
  batch(&n);
  records(&n);
  return n;
}

static void end(Net *n) {
  void **buffer = (void **)&n->theta;
  for (int i = 0; i < ROOMS; i++) free(buffer[i]);
}

// ---- what must hold -----------------------------------------------------------------------------

// Numbers, and zeros wherever there is no parameter.
static void must_be_sound(const Net *n, const float *flat, const char *what) {
  const int64_t real = n->G / n->Hp * n->H * (int64_t)(n->I + n->H + 2) + n->V * (n->H + 1);
  int64_t other = 0;
  for (int64_t i = 0; i < n->n_theta; i++) {
    must(isfinite(flat[i]), what);
    other += flat[i] != 0;
  }
  must(other <= real, what);
}

static void trained(void) {
  Net n = made();
  crnn_forward(&n);
  const double loss = n.loss;
  must(isfinite(loss), "the loss is a number");
  crnn_passes(&n);
  must(n.finite && fabs(n.loss - loss) <= 1e-6 * fabs(loss), "both passes find the loss of the forward one");
  must_be_sound(&n, n.gradient, "the gradient is sound");
  must(crnn_train(&n, 2) == 2, "two steps were made");
  Net *both[] = {&n, &n};
  crnn_train_many(both, 2, 1);
  must_be_sound(&n, n.theta, "the weights are sound");
  must(n.updates == 4, "four updates were made");
  end(&n);
}

static void written(void) {
  now.T = now.B = now.tokens = 1, now.weights = 0, now.loss = CROSS_ENTROPY;
  Net n = made();
  int32_t *out = malloc(7 * sizeof *out);
  uint64_t random = 7;
  crnn_prepare(&n);
  crnn_step(&n);
  for (int v = 0; v < n.V; v++) must(isfinite(n.outputs[v]), "z is a number");
  crnn_sample(&n, 7, 0.8, &random, out);
  for (int i = 0; i < 7; i++) must(out[i] >= 0 && out[i] < n.V, "a symbol that exists was drawn");
  free(out);
  end(&n);
}

// ---- cases --------------------------------------------------------------------------------------

static int odd_size(int most) { // small ones more often: edges lie there, and they cost little
  const double u = uniform(&state);
  return 1 + (int)(most * u * u * u);
}

static void draw(int number) {
  const int corners = 16;
  memset(&now, 0, sizeof now);
  now.H = odd_size(MOST_H), now.T = odd_size(MOST_T), now.B = odd_size(MOST_B);
  now.I = odd_size(MOST_I), now.V = odd_size(MOST_I);
  if (number < corners) { // each size at its smallest or its largest
    now.H = number & 1 ? MOST_H : 1, now.T = number & 2 ? MOST_T : 1, now.B = number & 4 ? MOST_B : 1;
    now.I = now.V = number & 8 ? MOST_I : 1;
  }
  now.cell = number % 3, now.loss = number / 3 % 2, now.tokens = number / 6 % 2, now.optimiser = number % 7 % 6;
  now.clip_by = drawn_below(2), now.take = drawn_below(2), now.weights = drawn_below(2), now.wide = drawn_below(2);
  now.truncate = drawn_below(2) ? 0 : 1 + drawn_below(now.T);
}

int main(int count, char **words) {
  __sanitizer_set_death_callback(tell);
  if (count == 2) return printf("%d\n", crnn_level()) < 0;
  if (count != 3) return 2;
  const int cases = atoi(words[1]);
  state = 0x9E3779B97F4A7C15u ^ (uint64_t)atoll(words[2]);
  must(crnn_size() == sizeof(Net) && crnn_source()[0], "the library says what it is");
  for (int number = 0; number < cases; number++) {
    draw(number);
    trained();
    if (now.I == now.V) written();
  }
  return printf("%d cases, %d floats in a vector: sound\n", cases, LANES) < 0;
}
