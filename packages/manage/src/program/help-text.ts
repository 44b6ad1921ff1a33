interface Listed {
  readonly name: string
  readonly help: string
}

/** The text of `manage help`: each command with its sentence, those of the project's apps under the app's name. */
export function helpText(groups: ReadonlyMap<string, readonly Listed[]>, note: string | undefined): string {
  const all = [...groups.values()].flat()
  const width = Math.max(...all.map((command) => command.name.length))
  const sections = [...groups]
    .filter(([, commands]) => commands.length > 0)
    .map(([title, commands]) => {
      const lines = commands
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map((command) => `  ${command.name.padEnd(width)}  ${command.help}`)
      return `${title}\n${lines.join('\n')}`
    })
  const usage = 'Usage: manage <command> [options]\n\n`manage <command> --help` shows what a command takes.'
  return `${[usage, ...sections, ...(note ? [note] : [])].join('\n\n')}\n`
}
