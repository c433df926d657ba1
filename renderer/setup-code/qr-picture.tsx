/** A QR code as inline SVG, always dark on white with its quiet zone, because that is what cameras read. */
import { useEffect, useState } from 'react';
import { pairTexts } from './setup-code-texts.ts';
import styles from './setup-code.module.css';

/** Modules on each side; the standard asks for four. */
const quietZone = 4;

interface Drawing {
  /** Modules along one side. */
  readonly size: number;
  /** SVG path of the dark modules. */
  readonly path: string;
}

type Progress = 'drawing' | 'failed' | Drawing;

export function QrPicture({ content }: { readonly content: string }) {
  const drawing = useDrawing(content);
  if (drawing === 'drawing') return <p className={styles['cover']}>{pairTexts.pictureComing}</p>;
  if (drawing === 'failed') return <p className={styles['cover']}>{pairTexts.pictureFailed}</p>;
  const side = drawing.size + 2 * quietZone;
  return (
    <svg
      className={styles['picture']}
      role="img"
      aria-label={pairTexts.picture}
      viewBox={`${String(-quietZone)} ${String(-quietZone)} ${String(side)} ${String(side)}`}
      shapeRendering="crispEdges"
    >
      <rect x={-quietZone} y={-quietZone} width={side} height={side} fill="#ffffff" />
      <path d={drawing.path} fill="#000000" />
    </svg>
  );
}

function useDrawing(content: string): Progress {
  const [drawing, setDrawing] = useState<Progress>('drawing');
  useEffect(() => {
    let wanted = true;
    const show = (next: Progress): void => {
      if (wanted) setDrawing(next);
    };
    draw(content).then(show, () => show('failed'));
    return () => {
      wanted = false;
    };
  }, [content]);
  return drawing;
}

/** The generator is loaded when a code is shown for the first time. Rejects content too long for any QR code. */
async function draw(content: string): Promise<Drawing> {
  const { default: qrcode } = await import('qrcode-generator');
  // 0: the smallest size that holds it.
  const code = qrcode(0, 'M');
  code.addData(content, 'Byte');
  code.make();
  const size = code.getModuleCount();
  const rows = Array.from({ length: size }, (_, row) => row);
  const path = rows
    .flatMap((row) =>
      rows
        .filter((column) => code.isDark(row, column))
        .map((column) => `M${String(column)} ${String(row)}h1v1h-1z`),
    )
    .join('');
  return { size, path };
}
