/**
 * Text as it stands in HTML, between tags or in a quoted attribute: never markup.
 * @param {string} text
 * @returns {string}
 */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
