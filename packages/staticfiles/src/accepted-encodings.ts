/**
 * How much a client wants an encoding, from 0 (not at all) to 1, by its `Accept-Encoding` header (RFC 9110 §12.5.3). What it
 * does not name has the weight of `*`; without a header nothing but the plain content is wanted.
 */
export function encodingWeight(header: string | undefined, encoding: string): number {
  let wildcard = 0
  for (const item of (header ?? '').toLowerCase().split(',')) {
    const [name, ...parameters] = item.split(';').map((part) => part.trim())
    if (name !== encoding && !(name === 'x-gzip' && encoding === 'gzip') && name !== '*') continue
    const weight = weightOf(parameters.find((parameter) => /^q\s*=/.test(parameter)))
    if (name !== '*') return weight
    wildcard = weight
  }
  return wildcard
}

function weightOf(parameter: string | undefined): number {
  if (parameter === undefined) return 1
  const text = parameter.slice(parameter.indexOf('=') + 1).trim()
  // A weight that is none is no wish for something other than the plain content.
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0
}
