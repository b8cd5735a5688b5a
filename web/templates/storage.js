// Where a browser denies storage, reading window.localStorage throws. Give the page a store that lasts as long as the page.
try {
  window.localStorage.getItem("mode");
} catch {
  const kept = new Map();
  Object.defineProperty(window, "localStorage", {
    value: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, String(value)),
      removeItem: (key) => void kept.delete(key),
    },
  });
}
