/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} LockFile
 */

/**
 * Whether node_modules holds what the lock file asks for, by npm's own record of what it installed. Packages for other
 * platforms (optional) may be missing.
 * @param {LockFile} lock package-lock.json
 * @param {LockFile | null} installed node_modules/.package-lock.json
 * @returns {boolean}
 */
export function nodePackagesCurrent(lock, installed) {
  if (!installed?.packages) return false;
  for (const [name, wanted] of Object.entries(lock.packages ?? {})) {
    if (name === '') continue;
    const have = installed.packages[name];
    if (!have) {
      if (wanted.optional || wanted.devOptional) continue;
      return false;
    }
    if (have.version !== wanted.version || have.integrity !== wanted.integrity || have.link !== wanted.link)
      return false;
  }
  return true;
}
