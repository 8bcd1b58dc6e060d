// Copies and fills of a few to some thousand bytes; a call of memory.copy costs more than the shorter of them.

/** Copy `bytes`, a multiple of four. */
@inline
export function copy(to: usize, from: usize, bytes: usize): void {
  if (bytes > 2048) {
    memory.copy(to, from, bytes);
    return;
  }
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/** Set `bytes`, a multiple of four, to zero. */
@inline
export function clear(to: usize, bytes: usize): void {
  if (bytes > 2048) {
    memory.fill(to, 0, bytes);
    return;
  }
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, i32x4.splat(0));
  for (; at < bytes; at += 4) store<f32>(to + at, 0);
}

/** to += from, `bytes` of float32. */
@inline
export function addTo(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
}
