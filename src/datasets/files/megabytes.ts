/** Bytes in MB, to one digit. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
