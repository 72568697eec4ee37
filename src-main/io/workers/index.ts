export { createJobs, type JobModules, type JobsOptions } from './pool.ts';
