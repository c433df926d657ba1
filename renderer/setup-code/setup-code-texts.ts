/** Sentences of the dialog that pairs a phone; what the app answers with is in the contract's catalogue. */

export const pairTexts = {
  open: 'Pair a phone…',
  title: 'Pair a phone',
  intro:
    'Portcullis asks the gateway for a code. The phone that scans it is let in without asking again, so show it to nobody else.',
  elevation:
    'For this, Portcullis opens a short second connection to the gateway with administrator rights, makes one code, and closes it again.',
  make: 'Make a code',
  makeAnother: 'Make a new one',
  tryAgain: 'Try again',
  making: 'Making a code…',
  scan: 'In the OpenClaw app, open Settings, then Gateway, and scan this code or paste it.',
  picture: 'QR code for the phone',
  pictureComing: 'Drawing the code…',
  pictureFailed: 'The picture could not be drawn. Copy the code instead.',
  hidden: 'Hidden while this window is not in front.',
  codeLabel: 'The code as text',
  copy: 'Copy',
  copied: 'Copied. Clear your clipboard afterwards.',
  notCopied: 'Copying did not work. The code is selected: copy it with the keyboard.',
  downgraded:
    'The way to this gateway is not encrypted, so the phone gets limited access only. Set up Tailscale Serve or TLS for more.',
  stays: 'It works once. Closing this does not take it back; it ends by itself.',
  notInScreenshots: 'This window is kept out of screenshots and screen sharing meanwhile.',
  expired: 'This code has expired. The phone can no longer use it.',
  used: 'The phone is paired',
  uncertain:
    'The code was used, but the gateway does not know whether the phone got its keys. If the phone does not connect, remove it from the list and make a new code.',
  close: 'Close',
  cancel: 'Cancel',
} as const;
