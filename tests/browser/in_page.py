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

OVERLAPPING = """root => {
    const cells = Array.from(root.querySelectorAll('[data-panel]')).map(e => [e.dataset.panel, e.getBoundingClientRect()]);
    const seen = cells.filter(([, box]) => box.width > 1 && box.height > 1);
    const shared = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]) > 2;
    const over = (a, b) => shared(a, b, 'left', 'right') && shared(a, b, 'top', 'bottom');
    return seen.flatMap(([one, a], i) => seen.slice(i + 1).filter(([, b]) => over(a, b)).map(([two]) => `${one} and ${two}`));
}"""
"""Panels of the live view that lie over each other."""

NARROW = """root => Array.from(root.querySelectorAll('[data-panel]'))
    .filter(e => e.offsetHeight > 1 && e.offsetWidth < 300).map(e => `${e.dataset.panel}: ${e.offsetWidth} px`)"""
"""Panels that a phone leaves less than 300 px."""

UNREADABLE = """root => {
    const light = text => { const scale = text.startsWith('color(') ? 255 : 1;
        const c = (text.match(/[\\d.]+/g) || [0, 0, 0]).map(v => Number(v) * scale);
        const part = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
        return 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]); };
    const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
        if (!/rgba\\(.*, 0\\)|transparent/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
    const readable = e => e.getClientRects().length && !e.disabled && e.textContent.trim();
    return Array.from(root.querySelectorAll('button')).filter(readable).filter(e => {
        const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05) < 3;
    }).map(e => e.textContent.trim());
}"""
"""Buttons whose text stands out from its background by less than 3 to 1."""

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

END_RUN = """() => {
    const root = document.querySelector('[data-live]');
    if (root) return fetch('api/runs/' + root.dataset.live, {method: 'DELETE'}).then(() => null);
}"""
"""Frees the page's run at once instead of after its lease."""
