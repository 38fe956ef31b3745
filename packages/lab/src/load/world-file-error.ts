/** A world file that cannot be loaded, with everything that is wrong with it. */
export class WorldFileError extends Error {
  readonly errors: readonly string[];

  /** @param errors one line each, with the path in the file @param file its name */
  constructor(errors: readonly string[], file = 'the world file') {
    super(
      `${file} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}:\n${errors.map((error) => `  - ${error}`).join('\n')}`,
    );
    this.name = 'WorldFileError';
    this.errors = errors;
  }
}
