export { JobView } from './JobView.tsx';
export { ShareView } from './ShareView.tsx';
