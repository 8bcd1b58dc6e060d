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
  // Elsewhere than on Windows an orphan gets another parent.
  if (process.platform !== 'win32') return process.ppid === parent;
  try {
    return process.kill(parent, 0);
  } catch {
    return false;
  }
}
