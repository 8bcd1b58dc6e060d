// A row of multi-hot input is a list of column numbers: forward gathers rows of w, backward sums the rows of dy that use a column.
// T is u16 or u32, the type of a column number.

/** One row: y = bias + the rows of w named by the ids from `begin` to `end`. */
export function gather<T>(begin: usize, end: usize, w: usize, ws: usize, bias: usize, y: usize): void {
  let j: usize = 0;
  for (; j + 64 <= ws; j += 64) {
    const c = bias + j;
    let a = v128.load(c);
    let b = v128.load(c, 16);
    let d = v128.load(c, 32);
    let e = v128.load(c, 48);
    const base = w + j;
    for (let at = begin; at < end; at += sizeof<T>()) {
      const p = base + <usize>load<T>(at) * ws;
      a = f32x4.add(a, v128.load(p));
      b = f32x4.add(b, v128.load(p, 16));
      d = f32x4.add(d, v128.load(p, 32));
      e = f32x4.add(e, v128.load(p, 48));
    }
    const q = y + j;
    v128.store(q, a);
    v128.store(q, b, 16);
    v128.store(q, d, 32);
    v128.store(q, e, 48);
  }
  for (; j < ws; j += 16) {
    let a = v128.load(bias + j);
    const base = w + j;
    for (let at = begin; at < end; at += sizeof<T>()) {
      a = f32x4.add(a, v128.load(base + <usize>load<T>(at) * ws));
    }
    v128.store(y + j, a);
  }
}

/** First pass over a row: count how often each id occurs in this step. */
export function count<T>(begin: usize, end: usize, counts: usize): void {
  for (let at = begin; at < end; at += sizeof<T>()) {
    const place = counts + (<usize>load<T>(at) << 2);
    store<i32>(place, load<i32>(place) + 1);
  }
}

/** The same, and list each id at its first occurrence. Returns where the list of touched ids then ends. */
export function countAndList<T>(begin: usize, end: usize, counts: usize, touched: usize): usize {
  for (let at = begin; at < end; at += sizeof<T>()) {
    const id = <usize>load<T>(at);
    const place = counts + (id << 2);
    const before = load<i32>(place);
    store<i32>(place, before + 1);
    // Written always, kept only the first time: without a branch to mispredict.
    store<u32>(touched, <u32>id);
    touched += <usize>(i32(before == 0) << 2);
  }
  return touched;
}

/** List all ids that have been counted, rising. Returns where the list ends. */
export function listCounted(touched: usize, counts: usize, inputs: i32): usize {
  for (let id = 0; id < inputs; id++) {
    store<i32>(touched, id);
    touched += <usize>(i32(load<i32>(counts + (<usize>id << 2)) != 0) << 2);
  }
  return touched;
}

/** Between the passes: where each touched id's list begins, in place of its count. */
export function begins(touched: usize, end: usize, counts: usize, lists: usize): void {
  for (; touched < end; touched += 4) {
    const at = counts + (<usize>load<u32>(touched) << 2);
    const next = lists + (<usize>load<u32>(at) << 2);
    store<u32>(at, <u32>lists);
    lists = next;
  }
}

/** Second pass over a row: put its d on the list of each of its ids. Afterwards `counts` holds where each list ends. */
export function enlist<T>(begin: usize, end: usize, d: usize, counts: usize): void {
  for (let at = begin; at < end; at += sizeof<T>()) {
    const id = <usize>load<T>(at) << 2;
    const place = <usize>load<u32>(counts + id);
    store<u32>(place, <u32>d);
    store<u32>(counts + id, <u32>(place + 4));
  }
}

/** One row: add its d to the rows of g named by its ids, and mark these. */
export function scatter<T>(begin: usize, end: usize, d: usize, ws: usize, g: usize, marks: usize): void {
  let j: usize = 0;
  for (; j + 64 <= ws; j += 64) {
    const p = d + j;
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const e = v128.load(p, 48);
    const base = g + j;
    for (let at = begin; at < end; at += sizeof<T>()) {
      const id = <usize>load<T>(at);
      const q = base + id * ws;
      if (j == 0) store<i32>(marks + (id << 2), 1);
      v128.store(q, f32x4.add(v128.load(q), a));
      v128.store(q, f32x4.add(v128.load(q, 16), b), 16);
      v128.store(q, f32x4.add(v128.load(q, 32), c), 32);
      v128.store(q, f32x4.add(v128.load(q, 48), e), 48);
    }
  }
  for (; j < ws; j += 16) {
    const a = v128.load(d + j);
    const base = g + j;
    for (let at = begin; at < end; at += sizeof<T>()) {
      const id = <usize>load<T>(at);
      const q = base + id * ws;
      if (j == 0) store<i32>(marks + (id << 2), 1);
      v128.store(q, f32x4.add(v128.load(q), a));
    }
  }
}

/** The sum of the rows on a list. */
export function sumRows(list: usize, end: usize, ws: usize, g: usize): void {
  let j: usize = 0;
  for (; j + 64 <= ws; j += 64) {
    let p = <usize>load<u32>(list) + j;
    let a = v128.load(p);
    let b = v128.load(p, 16);
    let c = v128.load(p, 32);
    let d = v128.load(p, 48);
    for (let at = list + 4; at < end; at += 4) {
      p = <usize>load<u32>(at) + j;
      a = f32x4.add(a, v128.load(p));
      b = f32x4.add(b, v128.load(p, 16));
      c = f32x4.add(c, v128.load(p, 32));
      d = f32x4.add(d, v128.load(p, 48));
    }
    v128.store(g + j, a);
    v128.store(g + j, b, 16);
    v128.store(g + j, c, 32);
    v128.store(g + j, d, 48);
  }
  for (; j < ws; j += 16) {
    let a = v128.load(<usize>load<u32>(list) + j);
    for (let at = list + 4; at < end; at += 4) a = f32x4.add(a, v128.load(<usize>load<u32>(at) + j));
    v128.store(g + j, a);
  }
}
