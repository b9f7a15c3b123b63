// out = start + a1 b1 + a2 b2: the only matrix product there is, in tiles that stay in registers.
#ifndef CRNN_PRODUCT_H
#define CRNN_PRODUCT_H

#include "net.h"

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

#if LANES == 16
#define TILE_ROWS 8 // 8 x 3 sums + 3 of b + 1 of a fit into 32 registers
#else
#define TILE_ROWS 4 // 4 x 3 + 3 + 1 into 16
#endif
#define TILE_VECTORS 3

// One term a b: a [rows, depth] is read a number at a time, with any strides; b [depth, columns] by vectors.
typedef struct {
  int depth;
  const float *a;
  ptrdiff_t a_row, a_step; // from one row of a to the next, and from one column of a to the next
  const float *b;
  ptrdiff_t b_row;
} Term;

// `columns` is a multiple of LANES. `start` is NULL for zeros, `out` to add to what is there;
// start_row is 0 where every row starts with the same numbers, as with a bias.
typedef struct {
  int rows, columns, terms;
  Term term[2];
  const float *start;
  ptrdiff_t start_row;
  float *out;
  ptrdiff_t out_row;
} Product;

INLINE void tile(const int R, const int C, const Product *p, ptrdiff_t row, ptrdiff_t column) {
  vec sum[TILE_ROWS][TILE_VECTORS];
  UNROLL for (int r = 0; r < R; r++) {
    UNROLL for (int c = 0; c < C; c++) {
      sum[r][c] = p->start ? load(p->start + (row + r) * p->start_row + column + c * LANES) : (vec){0};
    }
  }
  for (int i = 0; i < p->terms; i++) {
    const Term *term = &p->term[i];
    const ptrdiff_t a_row = term->a_row, a_step = term->a_step, b_row = term->b_row;
    const float *a = term->a + row * a_row, *b = term->b + column;
    for (int k = term->depth; k > 0; k--, a += a_step, b += b_row) {
      vec bs[TILE_VECTORS];
      UNROLL for (int c = 0; c < C; c++) bs[c] = load(b + c * LANES);
      UNROLL for (int r = 0; r < R; r++) {
        vec one = all(a[r * a_row]);
        UNROLL for (int c = 0; c < C; c++) sum[r][c] += one * bs[c];
      }
    }
  }
  UNROLL for (int r = 0; r < R; r++) {
    UNROLL for (int c = 0; c < C; c++) store(p->out + (row + r) * p->out_row + column + c * LANES, sum[r][c]);
  }
}

// The sizes must be literals for the sums to stay in registers: one function for each tile.
typedef void Tile(const Product *p, ptrdiff_t row, ptrdiff_t column);
#define TILE(R, C) \
  static void tile_##R##x##C(const Product *p, ptrdiff_t row, ptrdiff_t column) { tile(R, C, p, row, column); }
#define TILES(R) TILE(R, 1) TILE(R, 2) TILE(R, 3)
TILES(1) TILES(2) TILES(4)
#if TILE_ROWS == 8
TILES(8)
#endif

#define ROW_OF_TILES(R) {tile_##R##x1, tile_##R##x2, tile_##R##x3}
static Tile *const tiles[][TILE_VECTORS] = {
    ROW_OF_TILES(1), ROW_OF_TILES(2), ROW_OF_TILES(4),
#if TILE_ROWS == 8
    ROW_OF_TILES(8),
#endif
};

static void multiply(const Product *p) {
  for (int i = 0; i < p->terms; i++) {
    WITHIN(p->term[i].a, (p->rows - 1) * p->term[i].a_row + (p->term[i].depth - 1) * p->term[i].a_step + 1);
    WITHIN(p->term[i].b, (p->term[i].depth - 1) * p->term[i].b_row + p->columns);
  }
  if (p->start) WITHIN(p->start, (p->rows - 1) * p->start_row + p->columns);
  WITHIN(p->out, (p->rows - 1) * p->out_row + p->columns);

  for (int column = 0; column < p->columns;) {
    int left = (p->columns - column) / LANES;
    int wide = left == 4 ? 2 : left < TILE_VECTORS ? left : TILE_VECTORS; // 2 + 2 is better than 3 + 1
    for (int row = 0; row < p->rows;) {
      int rows = p->rows - row;
      int size = rows >= 8 && TILE_ROWS == 8 ? 3 : rows >= 4 ? 2 : rows >= 2 ? 1 : 0;
      tiles[size][wide - 1](p, row, column);
      row += 1 << size;
    }
    column += wide * LANES;
  }
}

#endif
