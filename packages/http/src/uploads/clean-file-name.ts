/** The last component of a client's path, in either notation, without what no file name should hold. */
export function cleanFileName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const clean = last.replaceAll(/[\0-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim()
  return clean === '.' || clean === '..' ? '' : clean.slice(-255).toWellFormed()
}
