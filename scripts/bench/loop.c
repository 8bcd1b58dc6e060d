// The trainer's inner loops once more in C, on 128-bit vectors (GCC or Clang vector extensions), as a measure for the WebAssembly ones:
// Boston's network 13 → 64 → 64 → 1, relu, mean squared error, RMSprop. Prints µs a step for batches of 1 and 16, then the machine's
// peak: GFLOP/s of dependent-free 128-bit multiplications and additions, and GB/s of reading from memory.
//   cc -O3 -march=native -mprefer-vector-width=128 -ffp-contract=off loop.c -o loop -lm && ./loop

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float v4 __attribute__((vector_size(16), aligned(16)));

enum { ROWS = 404, IN = 16, REAL = 13, MAX = 16 };
static const int widths[4] = {REAL, 64, 64, 1};
static const int strides[4] = {IN, 64, 64, 4};

static float *w[3], *s[3], *x[4], *d[4];
static float data[ROWS * IN] __attribute__((aligned(16))), target[ROWS];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static inline v4 splat(float f) { return (v4){f, f, f, f}; }
typedef int i4 __attribute__((vector_size(16)));
static inline v4 pick(i4 mask, v4 yes, v4 no) { return (v4)(((i4)yes & mask) | ((i4)no & ~mask)); }
static inline v4 root(v4 a) {
  return (v4){sqrtf(a[0]), sqrtf(a[1]), sqrtf(a[2]), sqrtf(a[3])};
}

static inline void rmsprop(v4 *restrict w, v4 *restrict s, v4 g) {
  v4 a = splat(0.9f) * *s + splat(0.1f) * (g * g);
  v4 floor = splat(1e-30f);
  a = pick(a < floor, floor, a);
  *s = a;
  *w -= splat(0.001f) * g / root(a + splat(1e-7f));
}

// y = x·w + b; the bias is the row after the last of w.
static void forward(int rows, int in, int xs, int ws, const float *x, const float *w, float *y) {
  const float *bias = w + (in + 3) / 4 * 4 * ws;
  int b = 0;
  for (; b + 4 <= rows; b += 4) {
    for (int j = 0; j < ws; j += 8) {
      int pair = j + 8 <= ws;
      v4 a[4], c[4];
      for (int i = 0; i < 4; i++) {
        a[i] = *(v4 *)(bias + j);
        c[i] = pair ? *(v4 *)(bias + j + 4) : splat(0);
      }
      if (pair) {
        for (int k = 0; k < in; k++) {
          v4 u = *(v4 *)(w + k * ws + j), v = *(v4 *)(w + k * ws + j + 4);
          for (int i = 0; i < 4; i++) {
            v4 f = splat(x[(b + i) * xs + k]);
            a[i] += f * u;
            c[i] += f * v;
          }
        }
      } else {
        for (int k = 0; k < in; k++) {
          v4 u = *(v4 *)(w + k * ws + j);
          for (int i = 0; i < 4; i++) a[i] += splat(x[(b + i) * xs + k]) * u;
        }
      }
      for (int i = 0; i < 4; i++) {
        *(v4 *)(y + (b + i) * ws + j) = a[i];
        if (pair) *(v4 *)(y + (b + i) * ws + j + 4) = c[i];
      }
    }
  }
  for (; b < rows; b++) {
    const float *row = x + b * xs;
    for (int j = 0; j < ws; j += 32) {
      int n = ws - j < 32 ? (ws - j) / 4 : 8;
      v4 a[8];
      for (int i = 0; i < n; i++) a[i] = *(v4 *)(bias + j + 4 * i);
      if (n == 8) {
        for (int k = 0; k < in; k++) {
          v4 f = splat(row[k]);
          for (int i = 0; i < 8; i++) a[i] += f * *(v4 *)(w + k * ws + j + 4 * i);
        }
      } else {
        for (int k = 0; k < in; k++) {
          for (int i = 0; i < n; i++) a[i] += splat(row[k]) * *(v4 *)(w + k * ws + j + 4 * i);
        }
      }
      for (int i = 0; i < n; i++) *(v4 *)(y + b * ws + j + 4 * i) = a[i];
    }
  }
}

static inline float sum(v4 a) { return a[0] + a[2] + (a[1] + a[3]); }

static void backward(int rows, int in, int xs, int ws, const float *d, const float *w, float *dx) {
  for (int b = 0; b < rows; b++) {
    for (int k = 0; k < in; k += 4) {
      v4 a[4] = {splat(0), splat(0), splat(0), splat(0)};
      for (int j = 0; j < ws; j += 4) {
        v4 u = *(v4 *)(d + b * ws + j);
        for (int i = 0; i < 4; i++) a[i] += u * *(v4 *)(w + (k + i) * ws + j);
      }
      *(v4 *)(dx + b * xs + k) = (v4){sum(a[0]), sum(a[1]), sum(a[2]), sum(a[3])};
    }
  }
}

static void update(int rows, int in, int xs, int ws, const float *x, const float *d, float *w, float *s) {
  int k = 0;
  for (; k + 4 <= in; k += 4) {
    int j = 0;
    for (; j + 8 <= ws; j += 8) {
      v4 a[4] = {splat(0), splat(0), splat(0), splat(0)}, c[4] = {splat(0), splat(0), splat(0), splat(0)};
      for (int b = 0; b < rows; b++) {
        v4 u = *(v4 *)(d + b * ws + j), v = *(v4 *)(d + b * ws + j + 4);
        for (int i = 0; i < 4; i++) {
          v4 f = splat(x[b * xs + k + i]);
          a[i] += f * u;
          c[i] += f * v;
        }
      }
      for (int i = 0; i < 4; i++) {
        rmsprop((v4 *)(w + (k + i) * ws + j), (v4 *)(s + (k + i) * ws + j), a[i]);
        rmsprop((v4 *)(w + (k + i) * ws + j + 4), (v4 *)(s + (k + i) * ws + j + 4), c[i]);
      }
    }
    for (; j < ws; j += 4) {
      v4 a[4] = {splat(0), splat(0), splat(0), splat(0)};
      for (int b = 0; b < rows; b++) {
        for (int i = 0; i < 4; i++) a[i] += splat(x[b * xs + k + i]) * *(v4 *)(d + b * ws + j);
      }
      for (int i = 0; i < 4; i++) rmsprop((v4 *)(w + (k + i) * ws + j), (v4 *)(s + (k + i) * ws + j), a[i]);
    }
  }
  for (; k < in; k++) {
    for (int j = 0; j < ws; j += 4) {
      v4 a = splat(0);
      for (int b = 0; b < rows; b++) a += splat(x[b * xs + k]) * *(v4 *)(d + b * ws + j);
      rmsprop((v4 *)(w + k * ws + j), (v4 *)(s + k * ws + j), a);
    }
  }
}

// A batch of one row: dx and the update in one pass; a row of w whose input is 0 only decays.
static void update_row(int in, int ws, int stops, const float *x, const float *d, float *dx, float *w, float *s) {
  v4 floor = splat(1e-30f);
  for (int k = 0; k < in; k++) {
    v4 *wk = (v4 *)(w + k * ws), *sk = (v4 *)(s + k * ws);
    const v4 *dv = (const v4 *)d;
    v4 a = splat(0);
    if (x[k] == 0) {
      for (int j = 0; j < ws / 4; j++) {
        v4 v = splat(0.9f) * sk[j];
        sk[j] = pick(v < floor, floor, v);
        if (!stops) a += wk[j] * dv[j];
      }
    } else {
      v4 f = splat(x[k]);
      for (int j = 0; j < ws / 4; j++) {
        a += wk[j] * dv[j];
        rmsprop(wk + j, sk + j, f * dv[j]);
      }
    }
    if (dx) dx[k] = sum(a);
  }
}

static void step(int first, int rows) {
  for (int b = 0; b < rows; b++) memcpy(x[0] + b * IN, data + (first + b) * IN, IN * 4);
  v4 zero = splat(0);
  for (int l = 0; l < 3; l++) {
    forward(rows, widths[l], strides[l], strides[l + 1], x[l], w[l], x[l + 1]);
    if (l < 2) {
      v4 *y = (v4 *)x[l + 1];
      for (int i = 0; i < rows * strides[l + 1] / 4; i++) y[i] = pick(y[i] < zero, zero, y[i]);
    }
  }
  for (int b = 0; b < rows; b++) d[3][b * 4] = 2 * (x[3][b * 4] - target[first + b]) / rows;
  for (int l = 2; l >= 0; l--) {
    int ws = strides[l + 1];
    if (l < 2) {
      v4 *y = (v4 *)x[l + 1], *g = (v4 *)d[l + 1];
      for (int i = 0; i < rows * ws / 4; i++) g[i] = pick(y[i] > zero, g[i], zero);
    }
    if (rows == 1) {
      update_row(widths[l], ws, l > 0, x[l], d[l + 1], l ? d[l] : 0, w[l], s[l]);
    } else {
      if (l) backward(rows, widths[l], strides[l], ws, d[l + 1], w[l], d[l]);
      update(rows, widths[l], strides[l], ws, x[l], d[l + 1], w[l], s[l]);
    }
    int bias = (widths[l] + 3) / 4 * 4 * ws;
    for (int j = 0; j < ws; j += 4) {
      v4 a = zero;
      for (int b = 0; b < rows; b++) a += *(v4 *)(d[l + 1] + b * ws + j);
      rmsprop((v4 *)(w[l] + bias + j), (v4 *)(s[l] + bias + j), a);
    }
  }
}

static float *room(size_t floats) {
  float *p = aligned_alloc(64, (floats * 4 + 63) / 64 * 64);
  memset(p, 0, floats * 4);
  return p;
}

static double measure(int batch) {
  double best = 1e9;
  for (int round = 0; round < 40; round++) {
    double begun = now();
    int steps = 0;
    for (int epoch = 0; epoch < 4; epoch++) {
      for (int first = 0; first + batch <= ROWS; first += batch, steps++) step(first, batch);
    }
    double took = (now() - begun) / steps;
    if (took < best) best = took;
  }
  return best * 1e6;
}

static double flops(void) {
  v4 a[6], m = splat(0.999999f), c = splat(1e-7f);
  double best = 0;
  for (int i = 0; i < 6; i++) a[i] = splat(1 + i);
  for (int round = 0; round < 10; round++) {
    double begun = now();
    v4 p[6];
    for (int i = 0; i < 6; i++) p[i] = splat(i);
    for (int n = 0; n < 4000000; n++) {
      for (int i = 0; i < 6; i++) {
        a[i] *= m;
        p[i] += c;
      }
      __asm__ volatile("" : "+x"(a[0]), "+x"(a[1]), "+x"(a[2]), "+x"(p[0]), "+x"(p[1]), "+x"(p[2]));
    }
    double rate = 4e6 * 6 * 8 / (now() - begun) * 1e-9;
    for (int i = 0; i < 6; i++) __asm__ volatile("" ::"x"(a[i] + p[i]));
    if (rate > best) best = rate;
  }
  return best;
}

static double bandwidth(void) {
  size_t size = 256u << 20;
  v4 *p = (v4 *)room(size / 4);
  memset(p, 1, size);
  double best = 0;
  for (int round = 0; round < 5; round++) {
    double begun = now();
    v4 a = splat(0), b = a, c = a, e = a;
    for (size_t i = 0; i < size / 16; i += 4) a += p[i], b += p[i + 1], c += p[i + 2], e += p[i + 3];
    a += b + c + e;
    __asm__ volatile("" ::"x"(a));
    double rate = size / (now() - begun) * 1e-9;
    if (rate > best) best = rate;
  }
  free(p);
  return best;
}

int main(void) {
  srand(1);
  for (int i = 0; i < ROWS; i++) {
    for (int k = 0; k < REAL; k++) data[i * IN + k] = rand() / (RAND_MAX / 2.0f) - 1;
    target[i] = data[i * IN] * 2 + data[i * IN + 1];
  }
  for (int l = 0; l < 4; l++) {
    x[l] = room(MAX * strides[l]);
    d[l] = room(MAX * strides[l]);
    if (l == 3) break;
    int rows = (widths[l] + 3) / 4 * 4 + 1;
    w[l] = room(rows * strides[l + 1]);
    s[l] = room(rows * strides[l + 1]);
    float limit = sqrtf(6.0f / (widths[l] + widths[l + 1]));
    for (int k = 0; k < widths[l]; k++) {
      for (int j = 0; j < widths[l + 1]; j++) w[l][k * strides[l + 1] + j] = (rand() / (RAND_MAX / 2.0f) - 1) * limit;
    }
  }
  double one = measure(1), sixteen = measure(16);
  printf("{\"batch1\": %.3f, \"batch16\": %.3f, \"gflops\": %.1f, \"gbs\": %.1f}\n", one, sixteen, flops(), bandwidth());
  return isnan(x[3][0]);
}
