/** Where the page is. Lives behind `#` of the address, so that reloading and going back work. */
export type Route =
  | { readonly view: 'home' }
  | { readonly view: 'share'; readonly path: string | null }
  | { readonly view: 'job'; readonly id: string }
  | { readonly view: 'world'; readonly name: string }
  | { readonly view: 'create' }
  | { readonly view: 'log' };

export function parseRoute(hash: string): Route {
  const [view = '', rest = ''] = hash.replace(/^#\/?/, '').split('/', 2);
  const value = decode(rest);
  switch (view) {
    case 'share':
      return { view, path: value === '' ? null : value };
    case 'job':
      return { view, id: value };
    case 'world':
      return { view, name: value };
    case 'create':
    case 'log':
      return { view };
    default:
      return { view: 'home' };
  }
}

export function formatRoute(route: Route): string {
  switch (route.view) {
    case 'home':
      return '#/';
    case 'share':
      return route.path === null ? '#/share' : `#/share/${encodeURIComponent(route.path)}`;
    case 'job':
      return `#/job/${encodeURIComponent(route.id)}`;
    case 'world':
      return `#/world/${encodeURIComponent(route.name)}`;
    case 'create':
    case 'log':
      return `#/${route.view}`;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
