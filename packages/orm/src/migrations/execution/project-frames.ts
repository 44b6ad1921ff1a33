import { fileURLToPath } from 'node:url'

/** Where this package and those beside it stand. */
const framework = fileURLToPath(new URL('../../../../', import.meta.url))

/**
 * Where the project's code was when it threw, nearest first: `'/srv/site/blog/migrations/0003_fill.ts:12:20'`. What the ORM did on
 * its behalf is passed over, and what called it left out.
 */
export function projectFrames(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const frames = [...stack.matchAll(/^ +at (?:.*\()?(?:async )?((?:file:|\/|[A-Z]:\\).*:\d+:\d+)\)?$/gm)].map(
    ([, frame]) => pathOf(frame!),
  )
  const first = frames.findIndex((frame) => !isFramework(frame))
  if (first < 0) return []
  const end = frames.findIndex((frame, index) => index > first && isFramework(frame))
  return frames.slice(first, end < 0 ? undefined : end)
}

function isFramework(frame: string): boolean {
  return frame.startsWith(framework) || /[\\/]node_modules[\\/]/.test(frame)
}

/** Modules have URLs in a stack; a path can be opened from a terminal. */
function pathOf(frame: string): string {
  const [, url, place] = /^(file:.*?)(?:\?.*?)?(:\d+:\d+)$/.exec(frame) ?? []
  return url === undefined ? frame : `${fileURLToPath(url)}${place}`
}
