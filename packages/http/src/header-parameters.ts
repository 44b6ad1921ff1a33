// one step each, so that time is never more than linear, whatever is sent
const parameter = /[\t ]*;[\t ]*(?:([\w!#$%&'*+.^`|~-]+)[\t ]*=[\t ]*(?:"((?:[^"\\]|\\[\s\S])*)"|([^;"\t ]*)))?/y

/**
 * The parameters of a header value from `start` on, in pairs of their names in lower case and their values (RFC 9110 §5.6.6):
 * `; charset=utf-8`. They end where something else stands. A backslash escapes a quote or itself; before anything else it is one
 * of a Windows path.
 */
export function* readParameters(
  header: string,
  start: number,
): Generator<[name: string, value: string], void, undefined> {
  for (let at = start; ; ) {
    parameter.lastIndex = at
    const match = parameter.exec(header)
    if (match === null) return
    at = parameter.lastIndex
    const [, name, quoted, plain] = match
    if (name !== undefined) yield [name.toLowerCase(), quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain!]
  }
}
