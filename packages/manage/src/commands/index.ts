import type { BuiltIn } from '../program/built-in.ts'
import { check } from './check.ts'
import { dbshell } from './dbshell.ts'
import { dumpdata } from './dumpdata.ts'
import { flush, sqlflush } from './flush.ts'
import { httpserver } from './httpserver.ts'
import { inspectdb } from './inspectdb.ts'
import { loaddata } from './loaddata.ts'
import { makemessages } from './makemessages.ts'
import { makemigrations } from './makemigrations.ts'
import { migrate } from './migrate.ts'
import { optimizemigration } from './optimizemigration.ts'
import { routes } from './routes.ts'
import { runserver } from './runserver.ts'
import { serve } from './serve.ts'
import { shell } from './shell.ts'
import { showmigrations } from './showmigrations.ts'
import { sqlmigrate } from './sqlmigrate.ts'
import { squashmigrations } from './squashmigrations.ts'
import { startapp } from './startapp.ts'
import { startproject } from './startproject.ts'

/** The commands every project has, whatever its apps. */
export const builtInCommands: readonly BuiltIn[] = [
  check,
  dbshell,
  dumpdata,
  flush,
  httpserver,
  inspectdb,
  loaddata,
  makemessages,
  makemigrations,
  migrate,
  optimizemigration,
  routes,
  runserver,
  serve,
  shell,
  showmigrations,
  sqlflush,
  sqlmigrate,
  squashmigrations,
  startapp,
  startproject,
]
