/** `12.3 GB`, in powers of 1,000, as disks are sold. */
export function sizeText(bytes: number): string {
  const [unit, size] = bytes < 1e9 ? ['MB', 1e6] : bytes < 1e12 ? ['GB', 1e9] : ['TB', 1e12];
  const value = bytes / Number(size);
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
