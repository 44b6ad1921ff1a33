import { getUrlconf, listRoutes } from '@nuages/urls'
import { builtIn } from '../program/built-in.ts'
import { textTable } from '../program/text-table.ts'

export const routes = builtIn({
  arguments: { filter: { required: false, help: 'only routes whose path, name or view contains this' } },
  options: { json: { type: 'boolean', help: 'as JSON, for tools' } },
  async run({ args, options, project, stdout }) {
    await project.setup()
    const wanted = args.filter?.toLowerCase() ?? ''
    const lines = listRoutes(getUrlconf())
      .map(({ route, name, view }) => ({ route, name: name ?? '', view }))
      .filter((line) => Object.values(line).some((value) => value.toLowerCase().includes(wanted)))
    if (options.json) stdout.write(`${JSON.stringify(lines, null, 2)}\n`)
    else
      stdout.write(
        textTable(
          ['route', 'name', 'view'],
          lines.map(({ route, name, view }) => [route, name, view]),
        ),
      )
  },
})
