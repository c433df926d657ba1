/** The address of the harmless self-test: the guard always refuses it, whatever the rules say, and nobody can have it. */
export const selfTestAddress = 'self-test@portcullis.invalid';
