export * from './accessibility.ts'
export * from './launch-browser.ts'
export * from './watched-page.ts'
