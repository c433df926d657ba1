/** The address a self-test writes to: reserved, exists nowhere, and refused by the guard whatever the rules say. */
export const selfTestAddress = 'self-test@portcullis.invalid';
