#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const needed = 26
const file = join(process.cwd(), 'manage.ts')

if (Number.parseInt(process.versions.node, 10) < needed) {
  process.stderr.write(
    `nuages needs Node ${needed} or newer; this is ${process.versions.node}. A project brings its own: npm run manage.\n`,
  )
  process.exitCode = 1
} else if (existsSync(file)) {
  // In a project it is the project's own command line. What is kept compiled needs no types stripped, so that Node, where it
  // looks there from the first file on, need not load what strips them.
  module.enableCompileCache()
  await import(pathToFileURL(file).href)
} else {
  const { manage } = await import('@nuages/manage')
  const { CommandError } = await import('@nuages/core')
  const settings = () =>
    Promise.reject(
      new CommandError(`There is no project in ${process.cwd()}: it has no manage.ts.`, {
        hint: 'Go to the folder of one, or make one with `npm create nuages`.',
      }),
    )
  await manage({ settings, baseDir: process.cwd() })
}
