/**
 * The cookies of a `Cookie` header by name, as Django reads them: every semicolon parts two of them, whatever stands around it;
 * names and values may hold anything else; a piece without `=` is the value of the cookie without a name. Of several with one
 * name the first counts, since browsers send the one with the longest path first. Nothing that is sent makes it throw: any
 * site of the same domain can plant cookies, and none of them may lock a visitor out.
 */
export function parseCookies(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  for (const piece of decodeBytes(header).split(';')) {
    const equals = piece.indexOf('=')
    const name = trimmed(piece.slice(0, Math.max(equals, 0)))
    const value = trimmed(piece.slice(equals + 1))
    if ((name !== '' || value !== '') && !cookies.has(name)) cookies.set(name, decodeValue(value))
  }
  return cookies
}

/**
 * Without the spaces and tabs around it, which browsers leave out as well. Any other space is part of the name: to a browser
 * `\u00a0__Host-sessionid` has no prefix, so any page of the domain may set it, and here it must not become the one that has.
 */
function trimmed(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && isBlank(text[start]!)) start += 1
  while (end > start && isBlank(text[end - 1]!)) end -= 1
  return text.slice(start, end)
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}

const asciiOnly = /^[\0-\x7f]*$/
const latin1Only = /^[\0-\xff]*$/

/** Servers hand over raw bytes as Latin-1, one character a byte. Where they spell UTF-8, that is what was meant. */
function decodeBytes(header: string): string {
  if (asciiOnly.test(header) || !latin1Only.test(header)) return header
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(header, 'latin1'))
  } catch {
    return header
  }
}

/** A value as `setCookie` writes it, or as Django does, in quotes; any other as it is. */
function decodeValue(value: string): string {
  const plain = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? unquote(value.slice(1, -1)) : value
  if (!plain.includes('%')) return plain
  try {
    const decoded = decodeURIComponent(plain)
    return decoded.includes('\0') ? plain : decoded
  } catch {
    return plain
  }
}

/** `\"` is a quote, `\012` the character of that code; a NUL stays as it was written. */
function unquote(text: string): string {
  return text.replaceAll(/\\(?!000)(?:([0-3][0-7]{2})|(.))/g, (_, octal: string | undefined, char: string) => {
    return octal === undefined ? char : String.fromCharCode(Number.parseInt(octal, 8))
  })
}
