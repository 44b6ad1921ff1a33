import type { HttpRequest, HttpResponse } from '@nuages/http'
import { fromSettings } from '../settings/active-settings.ts'
import type { CspPolicy, FrameOptions } from './csp-policy.ts'

/** The two headers of a policy: the one that holds, and the one that only reports. */
export const cspHeaders = {
  enforced: 'Content-Security-Policy',
  reportOnly: 'Content-Security-Policy-Report-Only',
} as const

export type CspHeader = (typeof cspHeaders)[keyof typeof cspHeaders]

/** Responses that are to go without one of the headers, whatever the settings say. */
const without: Readonly<Record<CspHeader, WeakSet<HttpResponse>>> = {
  [cspHeaders.enforced]: new WeakSet(),
  [cspHeaders.reportOnly]: new WeakSet(),
}

/** Lets a response go without one of the headers. */
export function leaveOutCsp(response: HttpResponse, header: CspHeader): void {
  without[header].add(response)
}

/** Gives a response the header of a policy, unless it has that header, or is to go without. */
export function setCspHeader(request: HttpRequest, response: HttpResponse, header: CspHeader, policy: CspPolicy): void {
  if (without[header].has(response)) return
  const frame = header === cspHeaders.enforced ? frameOptions(response) : undefined
  response.headers.setDefaults(policy.headers(request.usedCspNonce, frame))
}

const usual = fromSettings(({ xFrameOptions }): FrameOptions => (xFrameOptions === false ? undefined : xFrameOptions))

/** Who may frame a response: its own X-Frame-Options goes before that of the settings. */
function frameOptions(response: HttpResponse): FrameOptions {
  const own = response.headers.get('X-Frame-Options')?.toUpperCase()
  return own === 'DENY' || own === 'SAMEORIGIN' ? own : usual()
}
