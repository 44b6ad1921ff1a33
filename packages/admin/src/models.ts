export { LogEntry } from './log/log-entry.ts'
