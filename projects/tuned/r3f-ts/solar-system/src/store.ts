import { create } from 'zustand';

interface SimState {
  rate: number;
  paused: boolean;
  selected: string | null;
  setRate: (rate: number) => void;
  togglePause: () => void;
  select: (name: string | null) => void;
}

export const useSim = create<SimState>((set) => ({
  rate: 1,
  paused: false,
  selected: null,
  setRate: (rate) => set({ rate }),
  togglePause: () => set((s) => ({ paused: !s.paused })),
  select: (selected) => set({ selected }),
}));
