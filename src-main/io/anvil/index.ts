export type * from './door.ts';
export { checkExportTarget } from './export/target.ts';
export { runExport, untouchedSource } from './export/run.ts';
export { planImport } from './import/plan.ts';
export { decodeChunkRecords, decodeLeftoverRecords } from './import/records.ts';
export { runImport } from './import/run.ts';
export { isOpenInMinecraft } from './save/openInMinecraft.ts';
export { compareWorlds } from './compare/compareWorlds.ts';
