/** Sources that a Content Security Policy knows by name, with the quotes that they take. Django's `CSP`. */
export const CSP = Object.freeze({
  /** Nothing; it stands alone. */
  none: "'none'",
  /** The page's own origin. */
  self: "'self'",
  /** Stands for the nonce of the request: `'nonce-…'` where the page used it, nothing where it did not. */
  nonce: "'nonce'",
  strictDynamic: "'strict-dynamic'",
  unsafeInline: "'unsafe-inline'",
  unsafeEval: "'unsafe-eval'",
  unsafeHashes: "'unsafe-hashes'",
  wasmUnsafeEval: "'wasm-unsafe-eval'",
  inlineSpeculationRules: "'inline-speculation-rules'",
  reportSample: "'report-sample'",
})

/** The directives of Content Security Policy Level 3 and of the standards that add to it, as they are sent. */
export const cspDirectiveNames = [
  'default-src',
  'script-src',
  'script-src-elem',
  'script-src-attr',
  'style-src',
  'style-src-elem',
  'style-src-attr',
  'img-src',
  'font-src',
  'connect-src',
  'media-src',
  'object-src',
  'frame-src',
  'child-src',
  'worker-src',
  'manifest-src',
  'fenced-frame-src',
  'prefetch-src',
  'base-uri',
  'form-action',
  'frame-ancestors',
  'sandbox',
  'require-trusted-types-for',
  'trusted-types',
  'upgrade-insecure-requests',
  'report-to',
  'report-uri',
] as const

export type CspDirective = (typeof cspDirectiveNames)[number]

/**
 * A Content Security Policy: directives and their sources, `{ 'img-src': [CSP.self, 'data:'] }`; `true` for a directive that
 * takes none, `false` for one that is left out of a policy that was spread in. Directives keep the standard's names.
 */
export type CspDirectives = { readonly [Directive in CspDirective]?: string | readonly string[] | boolean }
