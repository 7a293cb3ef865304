"""Draws a terminal's output (ANSI colours on standard input) as SVG: ansi2svg.py PROMPT < OUTPUT > PICTURE."""
import html
import re
import sys

COLOURS = {"31": "#ff7b72", "32": "#3fb950", "33": "#d29922", "36": "#56d4dd"}
CHARACTER, LINE, MARGIN, BAR = 8.43, 19, 18, 36
LOOPBACK_PORT = re.compile(r"127\.0\.0\.1:\d+")


def spans(line):
    """The line's runs of one style: (text, codes)."""
    codes = []
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b["):
            codes = [code for code in part[2:-1].split(";") if code not in ("", "0")]
        elif part:
            yield part, codes


def drawn(line, y):
    x, parts = 0, []
    for text, codes in spans(line):
        colour = next((COLOURS[code] for code in codes if code in COLOURS), "#8b949e" if "2" in codes else "#e6edf3")
        weight = ' font-weight="bold"' if "1" in codes else ""
        shown = html.escape(text)
        parts.append(
            f'<tspan x="{MARGIN + x * CHARACTER:.1f}" fill="{colour}"{weight} '
            f'textLength="{len(text) * CHARACTER:.1f}">{shown}</tspan>')
        x += len(text)
    return f'<text xml:space="preserve" y="{y}">{"".join(parts)}</text>' if parts else ""


def main():
    prompt = "\x1b[1m" + sys.argv[1] + "\x1b[0m"
    text = LOOPBACK_PORT.sub("127.0.0.1:41237", sys.stdin.read())
    lines = [prompt] + text.rstrip("\n").split("\n")
    columns = max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines)
    width, height = round(columns * CHARACTER + 2 * MARGIN), len(lines) * LINE + BAR + MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
          'role="img" aria-label="The output of ./preflight demo">')
    print('<style>text{font-family:"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:14px}</style>')
    print(f'<rect width="{width}" height="{height}" rx="10" fill="#0d1117"/>')
    for i, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        print(f'<circle cx="{MARGIN + 4 + i * 20}" cy="18" r="6" fill="{colour}"/>')
    for number, line in enumerate(lines):
        row = drawn(line, BAR + LINE * (number + 1) - 5)
        if row:
            print(row)
    print("</svg>")


main()
