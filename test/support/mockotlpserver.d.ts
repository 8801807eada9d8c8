declare module '@elastic/mockotlpserver' {
  export class MockOtlpServer {
    constructor(options: object);
    readonly httpUrl: URL | string | null;
    start(): Promise<void>;
    close(): Promise<void>;
  }
}
