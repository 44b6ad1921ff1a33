/** What a worker tells the supervisor over IPC. */
export type WorkerMessage = { readonly type: 'ready' } | { readonly type: 'failed' }

/** What goes with a socket that the supervisor hands to the worker. */
export type SupervisorMessage = { readonly type: 'connection' } | { readonly type: 'stop' }

/** Set in the environment of a worker, so that the same command line finds its role. */
export const workerVariable = 'NUAGES_RUNSERVER_WORKER'
