/** A folder of records that must not be written to as it is; the message says the way out. */
export class UnusableFolder extends Error {}
