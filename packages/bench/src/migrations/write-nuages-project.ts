import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  appBefore,
  type HistoryApp,
  type HistoryField,
  type HistoryModel,
  type HistoryStep,
  numbered,
  textLength,
  widerLength,
} from './generated-history.ts'

/** A project as it is scaffolded, with the apps and their migrations. */
export function writeNuagesProject(dir: string, apps: readonly HistoryApp[], database: string): void {
  mkdirSync(dir, { recursive: true })
  symlinkSync(resolve(import.meta.dirname, '../../node_modules'), join(dir, 'node_modules'))
  const names = apps.map(({ name }) => name)
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(dir, 'manage.ts'),
    `import { manage } from 'nuages/manage'
await manage({ settings: () => import('./settings.ts'), baseDir: import.meta.dirname })
`,
  )
  writeFileSync(join(dir, 'urls.ts'), 'export const urlpatterns = []\n')
  writeFileSync(
    join(dir, 'settings.ts'),
    `import { defineSettings } from 'nuages'
${names.map((name) => `import { ${name} } from './${name}/app.ts'\n`).join('')}
export default defineSettings({
  baseDir: import.meta.dirname,
  debug: true,
  installedApps: [${names.join(', ')}],
  urlconf: () => import('./urls.ts'),
  databases: { default: 'sqlite:${database}' },
})
`,
  )
  for (const app of apps) writeApp(join(dir, app.name), app)
}

function writeApp(dir: string, app: HistoryApp): void {
  mkdirSync(join(dir, 'migrations'), { recursive: true })
  writeFileSync(
    join(dir, 'app.ts'),
    `import { defineApp } from 'nuages'
export const ${app.name} = defineApp({ name: '${app.name}', dir: import.meta.dirname, models: () => import('./models.ts') })
`,
  )
  writeFileSync(join(dir, 'models.ts'), modelsSource(app))
  const first = app.models.map(
    ({ name, parent }) =>
      `createModel('${name}', { id: bigAuto(), name: char({ maxLength: 100 }), count: integer({ default: 0 }), parent: foreignKey('${parent}', { onDelete: CASCADE, null: true }) })`,
  )
  const before = appBefore(app.name)
  writeMigration(dir, 1, before === undefined ? undefined : [before, '0001_step'], first)
  app.steps.forEach((step, at) => {
    writeMigration(dir, at + 2, [app.name, `${numbered(at + 1)}_step`], [operation(step)])
  })
}

function writeMigration(dir: string, position: number, needs: readonly string[] | undefined, operations: string[]) {
  const dependencies = needs === undefined ? '' : `dependencies: [['${needs.join("', '")}']],`
  writeFileSync(
    join(dir, 'migrations', `${numbered(position)}_step.ts`),
    `import { bigAuto, CASCADE, char, foreignKey, integer } from 'nuages/orm'
import { addField, addIndex, alterField, createModel, defineMigration } from 'nuages/orm/migrations'

export default defineMigration({ ${dependencies} operations: [${operations.join(', ')}] })
`,
  )
}

function operation(step: HistoryStep): string {
  const { model, field } = step
  switch (step.kind) {
    case 'addInteger':
      return `addField('${model}', '${field}', integer({ null: true }))`
    case 'addText':
      return `addField('${model}', '${field}', char({ default: '', maxLength: ${textLength} }))`
    case 'widenText':
      return `alterField('${model}', '${field}', char({ default: '', maxLength: ${widerLength} }))`
    case 'addIndex':
      return `addIndex('${model}', { name: '${step.index}', fields: ['${field}'] })`
  }
}

function modelsSource({ name, models }: HistoryApp): string {
  const others = new Set(models.map(({ parent }) => parent.split('.')[0]!).filter((app) => app !== name))
  const imports = [...others].map((app) => `import { Model0 as Parent } from '../${app}/models.ts'\n`).join('')
  return `import { CASCADE, char, foreignKey, integer, Model, manager } from 'nuages/orm'
${imports}
${models.map((model) => modelSource(name, model)).join('\n')}`
}

function modelSource(app: string, { name, fields, indexes, parent }: HistoryModel): string {
  const target = parent.startsWith(`${app}.`) ? parent.split('.')[1]! : 'Parent'
  const lines = [...fields].map(([field, declared]) => `    ${field}: ${fieldSource(declared)},\n`).join('')
  const listed = indexes.map((index) => `{ name: '${index.name}', fields: ['${index.field}'] }`).join(', ')
  return `export class ${name} extends Model(
  {
    name: char({ maxLength: 100 }),
    count: integer({ default: 0 }),
    get parent() {
      return foreignKey(${target}, { onDelete: CASCADE, null: true })
    },
${lines}  },
  { indexes: [${listed}] },
) {
  static objects = manager(${name})
}
`
}

function fieldSource({ kind, maxLength }: HistoryField): string {
  return kind === 'integer' ? 'integer({ null: true })' : `char({ default: '', maxLength: ${maxLength} })`
}
