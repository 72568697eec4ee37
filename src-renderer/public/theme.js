// Before the first paint, so that the chosen appearance does not flash in.
document.documentElement.dataset.theme = localStorage.getItem('peerhold.theme') ?? 'system';
