"""Questions to an open page, in its own language."""

FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const text = id => document.getElementById(id)?.textContent || '';
    const labelled = (e.getAttribute('aria-labelledby') || '').split(' ').map(text).join(' ').trim();
    const label = e.labels && e.labels.length ? e.labels[0].textContent : '';
    const attributes = ['title', 'alt'].map(name => e.getAttribute(name)).find(Boolean) || '';
    const name = e.getAttribute('aria-label') || labelled || label || e.textContent || attributes;
    return {name: name.trim().slice(0, 60), html: e.outerHTML.slice(0, 160), inside: Boolean(e.closest('[data-live]'))};
}"""
"""The focused element: its name for a screen reader, and whether it is inside the live view."""

NAMELESS = """root => Array.from(root.querySelectorAll('button, input, select, textarea, summary, [tabindex="0"], canvas')).filter(e => {
    if (!e.getClientRects().length || e.closest('[aria-hidden=true]')) return false;
    const labelled = (e.getAttribute('aria-labelledby') || '').split(' ').some(id => document.getElementById(id));
    const own = e.textContent.trim() || e.getAttribute('title');
    const named = e.getAttribute('aria-label') || labelled || (e.labels && e.labels.length) || own;
    return !(named || e.closest('[role=img][aria-label], figure[aria-label]'));
}).map(e => e.outerHTML.slice(0, 200))"""
"""Visible controls and pictures inside an element that have no name."""

WIDE = """() => Array.from(document.querySelectorAll('html, body, [data-testid="stMain"], [data-testid="stAppViewContainer"]'))
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => [e.tagName, e.dataset.testid || '', e.scrollWidth, e.clientWidth])"""
"""The page's own boxes that scroll sideways."""

SMALL_TYPE = """root => Array.from(root.querySelectorAll('button, label, p, b, h2, h3, h4, td, th, output, span'))
    .filter(e => e.getClientRects().length && e.offsetWidth > 2 && !e.closest('.js-plotly-plot, [aria-hidden=true]'))
    .filter(e => Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim()))
    .filter(e => parseFloat(getComputedStyle(e).fontSize) < 18).map(e => e.outerHTML.slice(0, 140))"""
"""Elements with text of their own under 18 px."""

MOVE_RANGE = """(range, value) => {
    range.value = value;
    for (const type of ['input', 'change']) range.dispatchEvent(new Event(type, {bubbles: true}));
}"""
"""Drags a slider to a value and lets it go."""

RECORD_STEPS = """root => {
    window.steps = [];
    const note = () => {
        const step = Number(root.dataset.step), last = window.steps.at(-1);
        if (!last || last[1] !== step) window.steps.push([performance.now(), step]);
    };
    note();
    new MutationObserver(note).observe(root, {attributes: true});
}"""
"""Keeps [ms, step] of every step shown, in `window.steps`."""

RECORD_ALARMS = """root => {
    window.alarms = [];
    const note = () => { for (const e of root.querySelectorAll('.px-alert')) window.alarms.push(e.textContent); };
    new MutationObserver(note).observe(root, {subtree: true, childList: true});
}"""
"""Keeps the text of every alarm shown, in `window.alarms`."""

END_RUN = """() => {
    const root = document.querySelector('[data-live]');
    if (root) return fetch('api/runs/' + root.dataset.live, {method: 'DELETE'}).then(() => null);
}"""
"""Frees the page's run at once instead of after its lease."""
