const MAX_ROUTES = 1_000;

/** The names of spans for requests, each of which is made once; the path never is part of one, the route is. */
export class RequestNames {
  readonly #byRoute = new Map<string | undefined, Map<string, string>>();

  of(method: string, route?: string): string {
    return this.#byRoute.get(route)?.get(method) ?? this.#make(method, route);
  }

  #make(method: string, route: string | undefined): string {
    if (this.#byRoute.size >= MAX_ROUTES) this.#byRoute.clear();
    const known = method === '_OTHER' ? 'HTTP' : method;
    const name = route === undefined ? known : `${known} ${route}`;
    this.#byRoute.set(route, (this.#byRoute.get(route) ?? new Map<string, string>()).set(method, name));
    return name;
  }
}
