/** "stone" -> "minecraft:stone". minecraft-data leaves the namespace out everywhere. */
export function full(name: string): string {
  return `minecraft:${name}`;
}
