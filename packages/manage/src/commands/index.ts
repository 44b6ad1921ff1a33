import type { ListedCommand } from '../program/built-in.ts'

/** The commands every project has, whatever its apps. A process that runs one loads that one. */
export const builtInCommands: readonly ListedCommand[] = [
  {
    name: 'check',
    help: 'Looks the project over for problems.',
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'dbshell',
    help: "Opens the database's own shell: sqlite3, or psql.",
    load: async () => (await import('./dbshell.ts')).dbshell,
  },
  {
    name: 'dumpdata',
    help: 'Writes rows down as a fixture, which loaddata loads.',
    load: async () => (await import('./dumpdata.ts')).dumpdata,
  },
  {
    name: 'flush',
    help: 'Takes every row out of the tables of the models.',
    load: async () => (await import('./flush.ts')).flush,
  },
  {
    name: 'httpserver',
    help: 'Serves the files of a folder, and lists them: no project needed.',
    load: async () => (await import('./httpserver.ts')).httpserver,
  },
  {
    name: 'inspectdb',
    help: 'Writes models for the tables that a database has.',
    load: async () => (await import('./inspectdb.ts')).inspectdb,
  },
  {
    name: 'loaddata',
    help: 'Loads fixtures: all of their rows, or none.',
    load: async () => (await import('./loaddata.ts')).loaddata,
  },
  {
    name: 'makemessages',
    help: 'Writes the messages of sources and templates into catalogues, to be translated.',
    load: async () => (await import('./makemessages.ts')).makemessages,
  },
  {
    name: 'makemigrations',
    help: 'Writes migrations for what changed in the models.',
    load: async () => (await import('./makemigrations.ts')).makemigrations,
  },
  {
    name: 'migrate',
    help: 'Applies migrations, or takes them back.',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  {
    name: 'optimizemigration',
    help: 'Folds the operations of a migration.',
    load: async () => (await import('./optimizemigration.ts')).optimizemigration,
  },
  {
    name: 'routes',
    help: 'Lists the URLconf in the order routes are tried.',
    load: async () => (await import('./routes.ts')).routes,
  },
  {
    name: 'runserver',
    help: 'Serves the project for development, and loads it anew when a file changes.',
    load: async () => (await import('./runserver.ts')).runserver,
  },
  {
    name: 'serve',
    help: 'Serves the project for production.',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'shell',
    help: 'Opens a REPL in which the models are at hand and `await` works.',
    load: async () => (await import('./shell.ts')).shell,
  },
  {
    name: 'showmigrations',
    help: 'Lists migrations, and which of them are applied.',
    load: async () => (await import('./showmigrations.ts')).showmigrations,
  },
  {
    name: 'sqlflush',
    help: 'Prints the SQL of flush; nothing is run.',
    load: async () => (await import('./flush.ts')).sqlflush,
  },
  {
    name: 'sqlmigrate',
    help: 'Prints the SQL of a migration; nothing is run.',
    load: async () => (await import('./sqlmigrate.ts')).sqlmigrate,
  },
  {
    name: 'squashmigrations',
    help: 'Writes one migration that stands for several.',
    load: async () => (await import('./squashmigrations.ts')).squashmigrations,
  },
  {
    name: 'startapp',
    help: 'Makes the folder and files of a new app.',
    load: async () => (await import('./startapp.ts')).startapp,
  },
  {
    name: 'startproject',
    help: 'Makes a new project, as `npm create nuages` does.',
    load: async () => (await import('./startproject.ts')).startproject,
  },
]
