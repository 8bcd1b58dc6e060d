import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** The digest of a file in lower-case hex, read in pieces. */
export async function hashFile(path: string, algorithm: 'sha256' | 'md5'): Promise<string> {
  const hash = createHash(algorithm);
  const file = await open(path);
  try {
    const piece = Buffer.allocUnsafe(2 ** 18);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
