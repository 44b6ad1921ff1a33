import type { DeploymentRule } from './deployment-rule.ts'

const leakyPolicies = new Set(['unsafe-url', 'no-referrer-when-downgrade', 'origin-when-cross-origin'])

/** Headers and cookies that are on by default. */
export const headerRules: readonly DeploymentRule[] = [
  {
    id: 'security.W006',
    hint: 'Set it to true.',
    find: ({ secureContentTypeNosniff }) =>
      !secureContentTypeNosniff &&
      'secureContentTypeNosniff is off: browsers may run an upload as something else than it says it is.',
  },
  {
    id: 'security.W019',
    hint: "Set it to 'DENY' unless the site frames itself.",
    find: ({ xFrameOptions }) =>
      xFrameOptions !== 'DENY' &&
      'xFrameOptions is not DENY: other pages of this origin, or any page, may put the site in a frame.',
  },
  {
    id: 'security.W022',
    hint: "Set it to 'same-origin', or 'strict-origin-when-cross-origin'.",
    find: ({ secureReferrerPolicy: policy }) => {
      if (policy === false) return 'secureReferrerPolicy is off: other sites may learn the addresses of your pages.'
      const leaky = [policy].flat().find((name) => leakyPolicies.has(name))
      return leaky !== undefined && `secureReferrerPolicy is '${leaky}': other sites learn the addresses of your pages.`
    },
  },
  {
    id: 'security.N040',
    hint: "Set it to 'same-origin', or 'same-origin-allow-popups' where the site opens others in a window.",
    find: ({ secureCrossOriginOpenerPolicy: policy }) =>
      (policy === false || policy === 'unsafe-none') &&
      'secureCrossOriginOpenerPolicy is off: a page that opens this one keeps a hand on it.',
  },
  {
    id: 'security.W016',
    hint: 'Leave it out: a cookie that is set over HTTPS is then sent over HTTPS only. Or set it to true.',
    find: ({ csrfCookieSecure, csrfUseSessions }) =>
      csrfCookieSecure === false &&
      !csrfUseSessions &&
      'csrfCookieSecure is off: browsers send the cookie over plain HTTP as well.',
  },
  {
    id: 'security.N041',
    hint: "Set it to 'lax', or to 'strict'.",
    find: ({ csrfCookieSameSite, csrfUseSessions }) =>
      (csrfCookieSameSite === false || csrfCookieSameSite === 'none') &&
      !csrfUseSessions &&
      'csrfCookieSameSite is off: browsers send the cookie along with what other sites ask for.',
  },
  {
    id: 'security.N043',
    hint: 'Leave languageCookieSecure out: a cookie that is set over HTTPS is then sent over HTTPS only. Or set it to true.',
    find: ({ languageCookieSecure: secure, languageCookieSameSite: sameSite }) => {
      if (secure !== false) return undefined
      return sameSite === 'none'
        ? "languageCookieSameSite is 'none' and languageCookieSecure is off: browsers refuse such a cookie, and the language is forgotten."
        : 'languageCookieSecure is off: browsers send the cookie over plain HTTP as well.'
    },
  },
]
