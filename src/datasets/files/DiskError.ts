import { megabytes } from './megabytes';
import type { OfficialFile } from './officialFiles';

/** Why a download could not be written. */
export class DiskError extends Error {
  constructor(cause: unknown, folder: string, file: OfficialFile) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    super(
      full
        ? `no space left in ${folder} for the ${megabytes(file.size)} MB of ${file.name}`
        : `cannot write to ${folder} (${cause instanceof Error ? cause.message : String(cause)})`,
      { cause },
    );
    this.name = 'DiskError';
  }
}
