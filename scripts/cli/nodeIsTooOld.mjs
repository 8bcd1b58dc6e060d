/**
 * What to say to somebody whose Node is too old, or '' when it will do. Written so that Node 12 can still read it.
 * @param {string} version `process.versions.node`
 * @returns {string}
 */
export function nodeIsTooOld(version) {
  const parts = version.split('.').map(Number);
  const major = parts[0] || 0;
  const minor = parts[1] || 0;
  if (major > 20 || (major === 20 && minor >= 19)) return '';
  return (
    'Keras Primer needs Node.js 20.19 or newer, and this is Node.js ' +
    version +
    '. Install a current version from https://nodejs.org and run the command again.'
  );
}
