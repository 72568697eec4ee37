export type { Mirror } from './mirror.ts';
export {
  createPage,
  PageProvider,
  useAnswer,
  useMirror,
  useNow,
  usePage,
  useRequest,
  useTopic,
  useUi,
  type Page,
  type Request,
} from './page.tsx';
export { formatRoute, parseRoute, type Route } from './route.ts';
export type { Theme, Ui } from './ui.ts';
