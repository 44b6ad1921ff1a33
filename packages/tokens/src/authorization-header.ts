/** What an `Authorization` header says: of what kind it is, in lower case, and the rest (RFC 9110 §11.4). */
export interface Authorization {
  readonly scheme: string
  readonly credentials: string
}

/** `undefined` where the header is none. */
export function parseAuthorization(header: string): Authorization | undefined {
  const match = /^([!#$%&'*+\-.^_`|~\dA-Za-z]+)(?: +(.*))?$/.exec(header)
  return match === null ? undefined : { scheme: match[1]!.toLowerCase(), credentials: (match[2] ?? '').trim() }
}

/** The token of a Bearer header; `undefined` where there is none, or something else (RFC 6750 §2.1). */
export function bearerToken(credentials: string): string | undefined {
  return /^[\w.~+/-]+=*$/.test(credentials) ? credentials : undefined
}

/** Name and password of HTTP Basic. */
export interface BasicCredentials {
  readonly username: string
  readonly password: string
}

/**
 * Name and password of a Basic header, in UTF-8; a colon may stand in the password. `undefined` where they are no base64, no
 * UTF-8, or hold control characters (RFC 7617 §2).
 */
export function basicCredentials(credentials: string): BasicCredentials | undefined {
  if (credentials.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(credentials)) return undefined
  const text = utf8(Buffer.from(credentials, 'base64'))
  const colon = text?.indexOf(':') ?? -1
  if (text === undefined || colon === -1 || /\p{Cc}/u.test(text)) return undefined
  return { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
