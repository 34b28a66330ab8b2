"""The shapes of states and switches, drawn on a grid of 20 by 20.

Each state has a shape of its own, so that it is told without colour: settled things are closed
outlines (circle, square), open things are a diamond or a half-filled circle.
"""

ICONS: dict[str, str] = {
    "check": '<circle cx="10" cy="10" r="9" fill="currentColor"/>'
    '<path d="m5.8 10.3 2.9 2.9 5.6-6" class="cut"/>',
    "cross": '<rect x="1.5" y="1.5" width="17" height="17" rx="2" fill="currentColor"/>'
    '<path d="m6.6 6.6 6.8 6.8m0-6.8-6.8 6.8" class="cut"/>',
    "open": '<path d="M10 1.6 18.4 10 10 18.4 1.6 10Z" class="stroke"/>'
    '<path d="M10 1.6 18.4 10 10 18.4Z" fill="currentColor"/>',
    "half": '<circle cx="10" cy="10" r="8" class="stroke"/>'
    '<path d="M10 2a8 8 0 0 1 0 16Z" fill="currentColor"/>',
    "ring": '<circle cx="10" cy="10" r="8" class="stroke"/>',
    "here": '<circle cx="10" cy="10" r="8" class="stroke"/>'
    '<circle cx="10" cy="10" r="4" fill="currentColor"/>',
    "clock": '<circle cx="10" cy="10" r="8" class="stroke"/>'
    '<path d="M10 5v5l3.2 2.6" class="stroke"/>',
    "person": '<circle cx="10" cy="6.2" r="3.7" fill="currentColor"/>'
    '<path d="M2.6 18.5c.4-4.4 3.4-6.9 7.4-6.9s7 2.5 7.4 6.9Z" fill="currentColor"/>',
    "key": '<circle cx="6.4" cy="13.6" r="4" class="stroke"/>'
    '<path d="m9.3 10.7 8-8M13.4 6.6l3 3" class="stroke"/>',
    "page": '<path d="M4 1.5h8l4 4v13H4Z" class="stroke"/>'
    '<path d="M7 9h6M7 12.5h6" class="stroke"/>',
    "note": '<circle cx="10" cy="10" r="8.5" class="stroke"/><path d="M10 9v5.2" class="stroke"/>'
    '<circle cx="10" cy="6" r="1.2" fill="currentColor"/>',
    "warning": '<path d="M10 1.6 19 18H1Z" class="stroke"/><path d="M10 7.4v5" class="stroke"/>'
    '<circle cx="10" cy="15" r="1.1" fill="currentColor"/>',
    "sun": '<circle cx="10" cy="10" r="3.6" class="stroke"/><path d="M10 1.2v2.6M10 16.2v2.6'
    'M1.2 10h2.6M16.2 10h2.6M3.8 3.8l1.8 1.8M14.4 14.4l1.8 1.8M3.8 16.2l1.8-1.8M14.4 5.6l1.8-1.8"'
    ' class="stroke"/>',
    "moon": '<path d="M16.8 12.4A7.4 7.4 0 0 1 7.6 3.2a7.4 7.4 0 1 0 9.2 9.2Z" class="stroke"/>',
    "device": '<rect x="2" y="3.2" width="16" height="10.6" rx="1.4" class="stroke"/>'
    '<path d="M6.5 17h7" class="stroke"/>',
    "back": '<path d="M12.2 4 6.2 10l6 6" class="stroke"/>',
    "forward": '<path d="m7.8 4 6 6-6 6" class="stroke"/>',
    "mark": '<path d="M3 18.6V9a7 7 0 0 1 14 0v9.6Z" class="stroke"/>'
    '<circle cx="7.6" cy="9.2" r="1.7" fill="currentColor"/>'
    '<circle cx="12.4" cy="9.2" r="1.7" fill="currentColor"/>'
    '<path d="M4.9 16c0-2.6 1-4 2.7-4s2.4 1 2.4 2.4c0-1.4.7-2.4 2.4-2.4s2.7 1.4 2.7 4Z"'
    ' fill="currentColor"/>',
}
