/**
 * How much a client wants a content coding, from 0 (not at all) to 1, by its `Accept-Encoding` header (RFC 9110 §12.5.3). What
 * it does not name has the weight of `*`; without a header nothing but the plain content is wanted.
 */
export function encodingWeight(header: string | undefined, encoding: string): number {
  return namedWeight(header, encoding) ?? namedWeight(header, '*') ?? 0
}

/** The one of `offered` that a client wants most, the first of those that it wants as much; none where it wants none. */
export function preferredEncoding<const Encoding extends string>(
  header: string | undefined,
  offered: readonly Encoding[],
): Encoding | undefined {
  let best: Encoding | undefined
  let most = 0
  for (const encoding of offered) {
    const weight = encodingWeight(header, encoding)
    if (weight > most) {
      best = encoding
      most = weight
    }
  }
  return best
}

/** Whether a client says that it does not take the plain content: `identity;q=0`, or `*;q=0` without a word on it. */
export function refusesIdentity(header: string | undefined): boolean {
  return (namedWeight(header, 'identity') ?? namedWeight(header, '*') ?? 1) === 0
}

/** The weight that a header gives a name; `undefined` where it is not there. */
function namedWeight(header: string | undefined, wanted: string): number | undefined {
  for (const item of (header ?? '').toLowerCase().split(',')) {
    const [name, ...parameters] = item.split(';').map((part) => part.trim())
    if (name === wanted || (name === 'x-gzip' && wanted === 'gzip')) {
      return weightOf(parameters.find((parameter) => /^q\s*=/.test(parameter)))
    }
  }
  return undefined
}

function weightOf(parameter: string | undefined): number {
  if (parameter === undefined) return 1
  const text = parameter.slice(parameter.indexOf('=') + 1).trim()
  // A weight that is none is no wish for something other than the plain content.
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0
}
