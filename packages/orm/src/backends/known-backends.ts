import { ImproperlyConfigured } from '@nuages/foundation'
import type { Backend } from './backend.ts'
import type { Vendor } from './database.ts'
import { postgresBackend } from './postgres/backend.ts'
import { sqliteBackend } from './sqlite/backend.ts'

const backends = new Map<Vendor, Backend>([sqliteBackend, postgresBackend].map((backend) => [backend.vendor, backend]))

/**
 * Makes a kind of database known: URLs with one of its schemes are handed to it. Call it before `configureDatabases`, where
 * the settings are made. Throws `ImproperlyConfigured` where another backend has the vendor or a scheme.
 */
export function registerBackend(backend: Backend): void {
  for (const known of backends.values()) {
    if (known === backend) return
    const scheme = backend.schemes.find((one) => known.schemes.includes(one))
    if (known.vendor !== backend.vendor && scheme === undefined) continue
    throw new ImproperlyConfigured(
      `registerBackend() was given a second backend for ${scheme === undefined ? `the vendor '${backend.vendor}'` : `'${scheme}:'`}. ` +
        'Each has a vendor and schemes of its own.',
    )
  }
  backends.set(backend.vendor, backend)
}

/** The backend of a URL's scheme, if there is one. */
export function backendOfScheme(scheme: string): Backend | undefined {
  return [...backends.values()].find(({ schemes }) => schemes.includes(scheme))
}

/** URLs that work. */
export function urlExamples(): string {
  return [...backends.values()].map(({ example }) => example).join(', ')
}

export function backendOf(vendor: Vendor): Backend {
  const backend = backends.get(vendor)
  if (backend !== undefined) return backend
  throw new ImproperlyConfigured(`There is no backend for '${vendor}'. Call registerBackend() first.`)
}
