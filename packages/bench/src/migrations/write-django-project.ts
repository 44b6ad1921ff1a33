import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** The same project for Django. */
export function writeDjangoProject(dir: string, apps: readonly HistoryApp[], database: string): void {
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, 'manage.py'),
    `import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
`,
  )
  writeFileSync(
    join(dir, 'settings.py'),
    `SECRET_KEY = "x"
DEBUG = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [${apps.map(({ name }) => `"${name}"`).join(', ')}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "${database}"}}
`,
  )
  for (const app of apps) writeApp(join(dir, app.name), app)
}

function writeApp(dir: string, app: HistoryApp): void {
  mkdirSync(join(dir, 'migrations'), { recursive: true })
  writeFileSync(join(dir, '__init__.py'), '')
  writeFileSync(join(dir, 'migrations', '__init__.py'), '')
  const models = app.models.map(modelSource).join('\n')
  writeFileSync(join(dir, 'models.py'), `from django.db import models\n\n${models}`)
  const first = app.models.map(
    ({ name, parent }) =>
      `migrations.CreateModel("${name}", [("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("name", models.CharField(max_length=100)), ("count", models.IntegerField(default=0)), ("parent", ${foreignKey(parent)})])`,
  )
  const before = appBefore(app.name)
  writeMigration(dir, 1, before === undefined ? undefined : [before, '0001_step'], first)
  app.steps.forEach((step, at) => {
    writeMigration(dir, at + 2, [app.name, `${numbered(at + 1)}_step`], [operation(step)])
  })
}

function writeMigration(dir: string, position: number, needs: readonly string[] | undefined, operations: string[]) {
  const dependencies = needs === undefined ? '' : `("${needs.join('", "')}")`
  writeFileSync(
    join(dir, 'migrations', `${numbered(position)}_step.py`),
    `from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [${dependencies}]
    operations = [${operations.join(', ')}]
`,
  )
}

function foreignKey(parent: string): string {
  return `models.ForeignKey("${parent}", models.CASCADE, null=True, related_name="+")`
}

function operation(step: HistoryStep): string {
  const { model, field } = step
  switch (step.kind) {
    case 'addInteger':
      return `migrations.AddField("${model}", "${field}", models.IntegerField(null=True))`
    case 'addText':
      return `migrations.AddField("${model}", "${field}", models.CharField(default="", max_length=${textLength}))`
    case 'widenText':
      return `migrations.AlterField("${model}", "${field}", models.CharField(default="", max_length=${widerLength}))`
    case 'addIndex':
      return `migrations.AddIndex("${model}", models.Index(fields=["${field}"], name="${step.index}"))`
  }
}

function modelSource({ name, fields, indexes, parent }: HistoryModel): string {
  const lines = [...fields].map(([field, declared]) => `    ${field} = ${fieldSource(declared)}\n`).join('')
  const listed = indexes.map((index) => `models.Index(fields=["${index.field}"], name="${index.name}")`).join(', ')
  return `class ${name}(models.Model):
    name = models.CharField(max_length=100)
    count = models.IntegerField(default=0)
    parent = ${foreignKey(parent)}
${lines}
    class Meta:
        indexes = [${listed}]
`
}

function fieldSource({ kind, maxLength }: HistoryField): string {
  return kind === 'integer' ? 'models.IntegerField(null=True)' : `models.CharField(default="", max_length=${maxLength})`
}
