/** Names at the end of a domain that are no part of the public DNS (RFC 6761, RFC 8375, ICANN's `internal`). */
const ownNetwork = new Set(['localhost', 'local', 'internal', 'lan', 'home', 'corp', 'test', 'example', 'invalid'])

/** What countries put before their own two letters: `co.uk`, `com.au`. */
const underCountries = new Set('ac co com edu gob gouv gov go govt mil ne net nom or org sch'.split(' '))

/** Hosts of many customers, each with a name below. There are more; these are where sites are put most. */
const shared = new Set([
  'amazonaws.com',
  'appspot.com',
  'azurewebsites.net',
  'cloudfront.net',
  'deno.dev',
  'firebaseapp.com',
  'fly.dev',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'ngrok.io',
  'onrender.com',
  'pages.dev',
  'run.app',
  'up.railway.app',
  'vercel.app',
  'web.app',
  'workers.dev',
])

/** Whether anybody can have a name below `domain`: `com`, `co.uk`, `github.io`. */
export function isBroadDomain(domain: string): boolean {
  const lower = domain.toLowerCase().replace(/\.$/, '')
  const [first = '', second, ...rest] = lower.split('.')
  if (second === undefined) return !ownNetwork.has(first)
  return shared.has(lower) || (rest.length === 0 && second.length === 2 && underCountries.has(first))
}
