import { CSP, type CspDirectives } from './csp.ts'

/**
 * What a page of this site may load: its own files, images written into its text (`data:`), and the inline scripts and styles
 * that carry its nonce. The default of `secureCsp`; who may put the site into a frame follows `xFrameOptions`.
 *
 * ```ts
 * secureCsp: { ...strictCsp, 'img-src': [CSP.self, 'data:', 'https://images.example.com'] }
 * ```
 */
export const strictCsp: CspDirectives = Object.freeze({
  'default-src': [CSP.self],
  'script-src': [CSP.self, CSP.nonce],
  'style-src': [CSP.self, CSP.nonce],
  'img-src': [CSP.self, 'data:'],
  'object-src': [CSP.none],
  'base-uri': [CSP.none],
  'form-action': [CSP.self],
})
