/** Where a generated file says that it comes from. */
export interface Origin {
  /** The name of the .net file. */
  readonly source: string;
  /** The version of netc. */
  readonly version: string;
}
