/** Loads a package that only some users need; without it the app does not start, and says what to install. */
export async function optionalPackage<T>(name: string, neededBy: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new Error(
      `ExceptionsModule: ${neededBy} needs the package ${name}, which cannot be loaded. Run: npm install ${name}`,
      { cause },
    );
  }
}
