/**
 * Text for an address: lower case, hyphens for spaces, nothing but letters, digits, hyphens and underscores. Letters lose
 * their accents and those outside ASCII are dropped, unless `allowUnicode`. Django's `slugify`.
 */
export function slugify(text: string, options: { allowUnicode?: boolean } = {}): string {
  const plain = options.allowUnicode
    ? text.normalize('NFKC')
    : // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
      text.normalize('NFKD').replace(/[^\x00-\x7f]/g, '')
  return plain
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\s-]/gu, '')
    .replace(/[-\s]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
}
