import { createResolver, include, path, type UrlResolver } from '@nuages/urls'

/** Nobody calls it: only finding it is measured. */
const view = (): never => {
  throw new Error('The benchmark of urls calls no view.')
}

/** Two URLconfs as projects have them: lists and details at the root, and the same in applications of ten routes each. */
const shapes = {
  flat(routes: number) {
    return Array.from({ length: routes / 2 }, (_, index) => [
      path(`resource${index}/`, view, `list${index}`),
      path(`resource${index}/<int:id>/<slug:slug>/`, view, `detail${index}`),
    ]).flat()
  },
  nested(routes: number) {
    return Array.from({ length: routes / 10 }, (_, index) =>
      path(
        `<slug:tenant>/app${index}/`,
        include(
          Array.from({ length: 5 }, (__, inner) => [
            path(`part${inner}/`, view, `list${inner}`),
            path(`part${inner}/<int:id>/`, view, `detail${inner}`),
          ]).flat(),
          { namespace: `app${index}` },
        ),
      ),
    )
  },
}

/** Ten paths spread over the whole URLconf, so that the last route counts as much as the first. */
function pathsOf({ leaves }: UrlResolver): string[] {
  return Array.from({ length: 10 }, (_, index) => {
    const { route } = leaves[Math.round((index * (leaves.length - 1)) / 9)]!
    return `/${route.replace('<slug:tenant>', 'acme').replace('<int:id>', '2026').replace('<slug:slug>', 'a-post')}`
  })
}

/** Nanoseconds for one resolution in one round. */
function round(resolver: UrlResolver, paths: readonly string[]): number {
  const turns = 3_000
  const start = process.hrtime.bigint()
  let found = 0
  for (let turn = 0; turn < turns; turn++) {
    for (const each of paths) if (resolver.find(each) !== undefined) found++
  }
  const elapsed = Number(process.hrtime.bigint() - start)
  if (found !== turns * paths.length) throw new Error('The benchmark of urls looks for paths that do not resolve.')
  return elapsed / found
}

/** The best round of each, since only disturbance makes one slower. They take turns, so that it meets both alike. */
function measure(resolvers: readonly UrlResolver[]): number[] {
  const runs = resolvers.map((resolver) => ({ resolver, paths: pathsOf(resolver), best: Number.POSITIVE_INFINITY }))
  for (let turn = 0; turn < 15; turn++) {
    for (const run of runs) run.best = Math.min(run.best, round(run.resolver, run.paths))
  }
  return runs.map(({ best }) => best)
}

/** Resolution among 1,000 routes compared with 10: a `ratio` of 2 means that it takes twice as long. */
export async function urlsBench(): Promise<{ name: string; ratio: number }[]> {
  const results: { name: string; ratio: number }[] = []
  for (const [shape, build] of Object.entries(shapes)) {
    const [few, many] = measure([10, 1_000].map((routes) => createResolver(build(routes))))
    const result = { name: `urls, ${shape}: 1,000 routes / 10 routes`, ratio: many! / few! }
    console.log(`${result.name}: ${result.ratio.toFixed(2)} (${few!.toFixed(0)} ns → ${many!.toFixed(0)} ns)`)
    results.push(result)
  }
  return results
}
