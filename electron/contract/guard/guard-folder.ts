/** Names of what the guard keeps in the gateway's state folder, shared by the app and the guard itself. */

/** In the state folder; everything of the guard is in here. */
export const guardFolder = 'portcullis-guard';

/** In the guard's folder: installed transport guards. It is there while any account has one. */
export const transportFolder = 'imsg-guard';
