/** Precompiled `live-*.hbs` partials by name; made by src/build.ts for each bundle. */
declare module 'wenzheng:templates' {
  export const specifications: Readonly<Record<string, object>>;
}
declare module 'handlebars/runtime.js' {
  interface Runtime {
    create(): Runtime;
    registerHelper(name: string, helper: (...given: unknown[]) => unknown): void;
    registerPartial(name: string, template: unknown): void;
    template(specification: object): unknown;
  }
  const runtime: Runtime;
  export default runtime;
}
