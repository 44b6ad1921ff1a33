// Preloaded into the processes that tests start (vitest.config.ts): where they would load the sources of a package, they load the
// bundle that is made of these at the start of the run.
import { readFileSync } from 'node:fs'
import * as module from 'node:module'

/** The URL of each source that packages export → that of its bundle. */
const bundles = JSON.parse(readFileSync(process.env.NUAGES_TEST_BUNDLES, 'utf8'))

// Tests also start programs on the Node that npm came with, which has no such hooks and runs none of our sources.
module.registerHooks?.({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context)
    const url = bundles[resolved.url]
    return url === undefined ? resolved : { ...resolved, url, format: 'module' }
  },
})
