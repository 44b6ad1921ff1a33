export * from './backends/index.ts'
export * from './transactions/atomic.ts'
