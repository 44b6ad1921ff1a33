/** Names that Windows keeps for devices, whatever the extension. */
const device = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?=\.|$)/i

export function isDeviceName(part: string): boolean {
  return device.test(part)
}

/**
 * The last part of a stored name made valid for every file system: spaces become `_`, and of the rest letters, digits, `_`, `-`
 * and dots stay, dots not at either end. A name of which nothing stays is `file`: what a visitor calls a file is never an error.
 * Django's `get_valid_filename`.
 */
export function validFileName(name: string): string {
  const given = name.toWellFormed().normalize('NFC').trim()
  const plain = given.replaceAll(/\s+/gu, '_').replaceAll(/[^\p{L}\p{M}\p{N}_.-]/gu, '')
  // An extension alone was one of a name that is gone; a dot that was written in front hides a file.
  const whole = plain.startsWith('.') && !given.startsWith('.') ? `file${plain}` : plain
  const bare = whole.replaceAll(/^\.+|\.+$/g, '')
  if (bare === '') return 'file'
  return isDeviceName(bare) ? `_${bare}` : bare
}
