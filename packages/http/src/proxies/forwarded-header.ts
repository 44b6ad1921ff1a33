/** What one proxy says in a `Forwarded` header: its parameters by their names in lower case. */
export type ForwardedElement = ReadonlyMap<string, string>

// one parameter or none, and what ends it
const step = /[\t ]*(?:([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~-]+))[\t ]*)?(;|,|$)/y

/** Parses a `Forwarded` header (RFC 7239 §4); `undefined` where it is malformed, as then nobody knows who said what. */
export function parseForwarded(header: string): ForwardedElement[] | undefined {
  const elements: ForwardedElement[] = []
  let element = new Map<string, string>()
  for (step.lastIndex = 0; ; ) {
    const match = step.exec(header)
    if (match === null) return undefined
    const [, name, quoted, token, end] = match
    if (name !== undefined) {
      if (element.has(name.toLowerCase())) return undefined
      element.set(name.toLowerCase(), token ?? quoted!.replaceAll(/\\(.)/g, '$1'))
    }
    if (end === ';') continue
    // a list may have empty elements (RFC 9110 §5.6.1)
    if (element.size > 0) elements.push(element)
    if (end === '') return elements
    element = new Map()
  }
}
