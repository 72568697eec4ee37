/** Waits for a condition, looking every few milliseconds; rejects after the deadline. */
export async function waitFor(what: string, condition: () => boolean | Promise<boolean>, deadlineMillis = 10_000): Promise<void> {
  const end = performance.now() + deadlineMillis;
  for (;;) {
    if (await condition()) return;
    if (performance.now() > end) throw new Error(`waited ${deadlineMillis} ms in vain for: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
