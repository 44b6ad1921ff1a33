import { fileURLToPath } from 'node:url'

/** Whose code a frame is: the project's, Nuages', another package's, or Node's own. */
export type FrameOwner = 'project' | 'framework' | 'library' | 'node'

export interface StackFrame {
  /** `''` at the top level of a module. */
  readonly functionName: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly owner: FrameOwner
}

const frameLine = /^\s*at (?:async )?(?:(.*?) \()?((?:file:\/\/|node:|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/
const frameworkRoot = frameworkFolder()

/** Where the framework's packages lie when they run from a checkout. */
function frameworkFolder(): string {
  return fileURLToPath(new URL('../../../', import.meta.url))
}

function ownerOf(file: string, baseDir: string): FrameOwner {
  if (file.startsWith('node:')) return 'node'
  const inProject = file.startsWith(`${baseDir}/`) && !file.includes('/node_modules/')
  if (/\/node_modules\/(?:\.pnpm\/)?(?:@nuages[/+]|nuages[/@])/.test(file)) return 'framework'
  if (file.includes('/node_modules/')) return 'library'
  if (!inProject && file.startsWith(frameworkRoot) && /\/src\//.test(file.slice(frameworkRoot.length - 1))) {
    return 'framework'
  }
  return inProject ? 'project' : 'library'
}

/**
 * The frames of an error's stack, innermost first. Node strips types in place, so the positions are those of the `.ts`
 * files. A stack that is no V8 stack gives no frames.
 */
export function stackFrames(error: Error, baseDir: string): readonly StackFrame[] {
  const frames: StackFrame[] = []
  for (const text of callsOf(error).split('\n')) {
    const match = frameLine.exec(text)
    if (!match) continue
    const [, functionName = '', location, line, column] = match
    const file = location!.startsWith('file://') ? fileURLToPath(location!) : location!
    frames.push({ functionName, file, line: Number(line), column: Number(column), owner: ownerOf(file, baseDir) })
  }
  return frames
}

/** The stack without the message it begins with, in which a client may have written lines that look like calls. */
function callsOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message)
  return start === -1 ? stack : stack.slice(start + message.length)
}
