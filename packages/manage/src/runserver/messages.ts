/** What a worker tells the supervisor over IPC. */
export interface WorkerMessage {
  readonly type: 'ready'
  /** The path of the admin, where the project has one. */
  readonly adminPath: string | undefined
}

/** What goes with a socket that the supervisor hands to the worker. */
export type SupervisorMessage = { readonly type: 'connection' } | { readonly type: 'stop' }

/** Set in the environment of a worker, so that the same command line finds its role. */
export const workerVariable = 'NUAGES_RUNSERVER_WORKER'
