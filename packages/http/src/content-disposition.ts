/**
 * A `Content-Disposition` header (RFC 6266): `attachment; filename="a.txt"`. A name that ASCII cannot hold is sent twice: as RFC
 * 8187 encodes it, and with `_` in place of what old readers would get wrong. Django's `content_disposition_header`.
 */
export function contentDisposition(kind: 'attachment' | 'inline', fileName: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const name = fileName.replaceAll(/[\0-\x1f\x7f]/g, '').toWellFormed()
  if (name === '') return kind
  const plain = name.replaceAll(/[^\x20-\x7e]/gu, '_').replaceAll(/["\\]/g, '\\$&')
  // some readers decode %xx in a plain name, so such a name needs the encoded form too
  const isPlain = /^[\x20-\x7e]*$/.test(name) && !/%[\da-f]{2}/i.test(name)
  return isPlain ? `${kind}; filename="${plain}"` : `${kind}; filename="${plain}"; filename*=UTF-8''${encode(name)}`
}

function encode(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
