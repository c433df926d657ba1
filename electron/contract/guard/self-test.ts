export const selfTestAddress = 'self-test@portcullis.invalid';
