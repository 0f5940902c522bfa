interface Sample { plant: number; rabbit: number; fox: number }

const COLOURS: Record<keyof Sample, string> = { plant: '#5c8a3c', rabbit: '#a58a5a', fox: '#b5502c' };

/** Rolling line graph of the three populations. */
export class Graph {
  private samples: Sample[] = [];
  private ctx: CanvasRenderingContext2D;

  constructor(private canvas: HTMLCanvasElement) {
    this.ctx = canvas.getContext('2d')!;
  }

  add(sample: Sample): void {
    this.samples = this.samples.concat(sample).slice(-this.canvas.width);
  }

  clear(): void {
    this.samples.length = 0;
  }

  draw(): void {
    const { ctx, canvas } = this;
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    for (const key of Object.keys(COLOURS) as (keyof Sample)[]) {
      const top = Math.max(1, ...this.samples.map((s) => s[key]));
      ctx.strokeStyle = COLOURS[key];
      ctx.beginPath();
      this.samples.forEach((s, i) => ctx.lineTo(i, canvas.height - (s[key] / top) * (canvas.height - 6)));
      ctx.stroke();
    }
  }
}
