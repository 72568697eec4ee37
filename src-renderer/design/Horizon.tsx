import { useId, useMemo, type ReactNode } from 'react';
import { growLandscape, HEIGHT, WIDTH } from './landscape.ts';

export interface HorizonProps {
  readonly name: string;
  readonly day: boolean;
  /** A wide, low strip: the upper sky is cut off, so sun and moon stand deeper. */
  readonly low?: boolean;
}

/** A world's own horizon: day while it runs, night with one lantern while it rests. Decoration; says nothing that words do not say. */
export function Horizon({ name, day, low = false }: HorizonProps): ReactNode {
  const id = useId();
  const land = useMemo(() => growLandscape(name), [name]);
  const [sky, glow, ...ridges] = day ? land.palette.day : land.palette.night;
  const nearest = ridges[2];
  return (
    <svg className="horizon" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <defs>
        <linearGradient id={`${id}-sky`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor={sky} />
          <stop offset="0.8" stopColor={glow} />
        </linearGradient>
        <radialGradient id={`${id}-glow`}>
          <stop offset="0" stopColor="#ffd98a" stopOpacity="0.85" />
          <stop offset="1" stopColor="#ffd98a" stopOpacity="0" />
        </radialGradient>
      </defs>
      <rect width={WIDTH} height={HEIGHT} fill={`url(#${id}-sky)`} />
      {!day &&
        land.stars.map(({ x, y, bright }) => (
          <rect
            key={`${x} ${y}`}
            x={x}
            y={y}
            width={bright ? 2 : 1.2}
            height={bright ? 2 : 1.2}
            fill="#fff"
            opacity={bright ? 0.9 : 0.45}
          />
        ))}
      <rect
        x={land.light.x - 13}
        y={land.light.y + (low ? 34 : 0) - 13}
        width="26"
        height="26"
        fill={day ? '#fff4d2' : '#d9e2f5'}
        opacity={day ? 1 : 0.9}
      />
      {land.ridges.map((path, index) => (
        <path key={path} d={path} fill={ridges[index]} />
      ))}
      {land.trees.map(({ x, y, size }) => (
        <g key={`${x}`} fill={nearest}>
          <rect x={x + 3} y={y - 10} width="2" height="10" />
          <rect x={x - size * 2 + 4} y={y - 10 - size * 4} width={size * 4} height={size * 4} />
        </g>
      ))}
      {!day && <circle cx={land.lantern.x + 4} cy={land.lantern.y - 6} r="34" fill={`url(#${id}-glow)`} />}
      {!day && <rect x={land.lantern.x + 1} y={land.lantern.y - 8} width="6" height="8" fill="#ffd277" />}
    </svg>
  );
}
