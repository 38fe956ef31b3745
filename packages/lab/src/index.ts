export { createLab } from './create-lab.ts';
export type {
  Lab,
  LabReport,
  LabSettings,
  ReportedBot,
  ReportedPerson,
  RunningFork,
  WorldSource,
} from './lab-types.ts';
export { WorldFileError } from './load/world-file-error.ts';
export { type ParsedWorldFile, parseWorldFile } from './world-file/parse-world-file.ts';
export type { WorldFile } from './world-file/world-schema.ts';
