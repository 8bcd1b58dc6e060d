import { existsSync } from 'node:fs';
import path from 'node:path';

/** What tells of a driver, for each platform; the last one of Linux is WSL's. */
const marks: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/proc/driver/nvidia/version', '/dev/nvidiactl', '/usr/lib/wsl/lib/libcuda.so.1'],
  win32: [path.win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'nvcuda.dll')],
};

/** Whether an NVIDIA driver is there. Asked before the GPU build is loaded, since a process can load only one native build. */
export function hasNvidiaDriver(
  platform: NodeJS.Platform = process.platform,
  exists: (file: string) => boolean = existsSync,
): boolean {
  return (marks[platform] ?? []).some(exists);
}
