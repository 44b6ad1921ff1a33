import { DefaultHeaders } from '@nuages/http'
import { CSP, type CspDirectives } from './csp.ts'

/** The value of X-Frame-Options that goes with a response; `undefined` where any page may frame it. */
export type FrameOptions = 'DENY' | 'SAMEORIGIN' | undefined

const ancestors = { DENY: CSP.none, SAMEORIGIN: CSP.self } as const

/**
 * A policy, ready to be sent: what does not depend on the request is put together once. A browser that is told by
 * `frame-ancestors` passes over X-Frame-Options, so a policy that names no ancestors gets those which that header means.
 */
export class CspPolicy {
  readonly #header: string
  readonly #directives: CspDirectives
  readonly #withoutNonce = new Map<FrameOptions, DefaultHeaders>()
  readonly #aroundNonce = new Map<FrameOptions, readonly string[]>()

  constructor(header: string, directives: CspDirectives) {
    this.#header = header
    this.#directives = directives
  }

  /** The header for a response, to be set where there is none. `nonce` is left out where the page did not use it. */
  headers(nonce: string | undefined, frame: FrameOptions): DefaultHeaders {
    return nonce === undefined ? this.#plain(frame) : new DefaultHeaders([[this.#header, this.text(nonce, frame)]])
  }

  /** The policy as it is sent. */
  text(nonce: string | undefined, frame: FrameOptions): string {
    if (nonce === undefined) return policyText(this.#directives, frame, '')
    let around = this.#aroundNonce.get(frame)
    if (around === undefined) {
      around = policyText(this.#directives, frame, CSP.nonce).split(CSP.nonce)
      this.#aroundNonce.set(frame, around)
    }
    return around.join(`'nonce-${nonce}'`)
  }

  #plain(frame: FrameOptions): DefaultHeaders {
    let headers = this.#withoutNonce.get(frame)
    if (headers === undefined) {
      headers = new DefaultHeaders([[this.#header, this.text(undefined, frame)]])
      this.#withoutNonce.set(frame, headers)
    }
    return headers
  }
}

/** The policy of some directives; none where there are none. */
export function cspPolicy(header: string, directives: CspDirectives | false): CspPolicy | undefined {
  return directives === false || Object.keys(directives).length === 0 ? undefined : new CspPolicy(header, directives)
}

/** The text of a policy, with `nonce` in place of `CSP.nonce`; where that is empty, the source is left out. */
function policyText(directives: CspDirectives, frame: FrameOptions, nonce: string): string {
  const parts = Object.entries(directives).flatMap(([name, sources]) => {
    if (sources === undefined || sources === false) return []
    return sources === true ? [name] : [`${name} ${sourceText(sources, nonce)}`]
  })
  if (frame !== undefined && directives['frame-ancestors'] === undefined) {
    parts.push(`frame-ancestors ${ancestors[frame]}`)
  }
  return parts.join('; ')
}

function sourceText(sources: string | readonly string[], nonce: string): string {
  const list = typeof sources === 'string' ? sources.trim().split(/\s+/) : sources
  const named = list.map((source) => (source === CSP.nonce ? nonce : source)).filter((source) => source !== '')
  // A list that had the nonce alone lets nothing in without it. Left out, it would be what default-src says.
  return named.length === 0 ? CSP.none : named.join(' ')
}
