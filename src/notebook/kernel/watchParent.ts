const checkEveryMs = 1000;

/** End this process when the one that started it has gone: a kernel whose runner died would stay for ever. */
export function watchParent(): void {
  const started = process.ppid;
  if (process.platform === 'win32' && Number(process.env.JPY_PARENT_PID) !== started) return;
  setInterval(() => {
    if (!isAlive(started)) process.exit(1);
  }, checkEveryMs).unref();
}

function isAlive(parent: number): boolean {
  // Elsewhere than on Windows an orphan gets another parent. Jupyter's own word counts too: it may have died before this
  // process could ask who its parent is.
  const launcher = Number(process.env.JPY_PARENT_PID);
  if (process.platform !== 'win32') return process.ppid === parent && (!launcher || exists(launcher));
  return exists(parent);
}

function exists(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
