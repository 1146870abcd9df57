"""Draw the seed packet of “Sow When Danger of Frost Is Past” as a PNG, the same everywhere."""

from __future__ import annotations

import math
import struct
import zlib
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
Colour = tuple[int, int, int]

WIDTH: Final = 360
HEIGHT: Final = 480
#: Each pixel is the mean of this many rows and columns of samples.
FINE: Final = 3

DESK: Final[Colour] = (214, 206, 192)
SHADOW: Final[Colour] = (188, 178, 162)
PAPER: Final[Colour] = (247, 239, 218)
FOLD: Final[Colour] = (236, 225, 198)
INK: Final[Colour] = (58, 46, 38)
LEAF: Final[Colour] = (104, 128, 84)
PETAL: Final[Colour] = (255, 254, 250)
HEART: Final[Colour] = (222, 178, 72)

#: Capitals for the packet, five columns by seven rows, one string of bits a row.
LETTERS: Final = {
    "A": "01110 10001 10001 11111 10001 10001 10001",
    "B": "11110 10001 10001 11110 10001 10001 11110",
    "C": "01111 10000 10000 10000 10000 10000 01111",
    "D": "11110 10001 10001 10001 10001 10001 11110",
    "E": "11111 10000 10000 11110 10000 10000 11111",
    "H": "10001 10001 10001 11111 10001 10001 10001",
    "I": "01110 00100 00100 00100 00100 00100 01110",
    "L": "10000 10000 10000 10000 10000 10000 11111",
    "O": "01110 10001 10001 10001 10001 10001 01110",
    "R": "11110 10001 10001 11110 10100 10010 10001",
    "S": "01111 10000 10000 01110 00001 00001 11110",
    "T": "11111 00100 00100 00100 00100 00100 00100",
    "W": "10001 10001 10001 10101 10101 11011 10001",
    "&": "01100 10010 10100 01000 10101 10010 01101",
    " ": "00000 00000 00000 00000 00000 00000 00000",
}


class Sheet:
    """Samples to paint on. Shape: `rows[y][x]` is an index into `colours`."""

    def __init__(self, ground: Colour) -> None:
        self.colours: list[Colour] = [ground]
        self.rows = [bytearray(WIDTH * FINE) for _ in range(HEIGHT * FINE)]

    def fill(self, outline: list[Point], colour: Colour) -> None:
        """Paint the inside of an outline (even-odd rule), in units of whole pixels."""
        if colour not in self.colours:
            self.colours.append(colour)
        paint = self.colours.index(colour)
        # Rounding keeps the last bit of a sine, which differs between machines, out of the picture.
        points = [(round(x * FINE, 4), round(y * FINE, 4)) for x, y in outline]
        edges = list(zip(points, [*points[1:], points[0]], strict=True))
        top = max(0, math.floor(min(y for _, y in points)))
        bottom = min(len(self.rows), math.ceil(max(y for _, y in points)))
        for number in range(top, bottom):
            middle = number + 0.5
            crossings = sorted(
                x0 + (middle - y0) * (x1 - x0) / (y1 - y0)
                for (x0, y0), (x1, y1) in edges
                if (y0 <= middle) != (y1 <= middle)
            )
            row = self.rows[number]
            for left, right in zip(crossings[::2], crossings[1::2], strict=True):
                start = max(0, math.ceil(left - 0.5))
                stop = min(len(row), math.ceil(right - 0.5))
                row[start:stop] = bytes([paint]) * max(0, stop - start)

    def line(self, path: list[Point], width: float, colour: Colour = INK) -> None:
        """Draw a path with round joints."""
        for (x0, y0), (x1, y1) in pairwise(path):
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            dx, dy = (y1 - y0) / length * width / 2, (x0 - x1) / length * width / 2
            self.fill(
                [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)],
                colour,
            )
        for point in path:
            self.fill(circle(point, width / 2, 12), colour)

    def write(self, text: str, middle: float, top: float, size: float) -> None:
        """Stamp a line of capitals, centred. `size` is the side of one dot."""
        left = middle - (len(text) * 6 - 1) * size / 2
        for place, letter in enumerate(text):
            for down, bits in enumerate(LETTERS[letter].split()):
                for across, bit in enumerate(bits):
                    if bit == "1":
                        x, y = left + (place * 6 + across) * size, top + down * size
                        self.fill(box(x, y, x + size, y + size), INK)

    def pixels(self) -> tuple[list[Colour], list[list[int]]]:
        """The picture in at most sixteen colours: the pure ones, and the commonest mixtures."""
        mixed: list[list[Colour]] = []
        counts: dict[Colour, int] = {}
        for y in range(HEIGHT):
            band = self.rows[y * FINE : (y + 1) * FINE]
            line = []
            for x in range(WIDTH):
                samples = b"".join(row[x * FINE : (x + 1) * FINE] for row in band)
                colour = self._mean(samples)
                counts[colour] = counts.get(colour, 0) + 1
                line.append(colour)
            mixed.append(line)
        ranked = sorted(counts, key=lambda colour: (-counts[colour], colour))
        palette = [*self.colours]
        for colour in ranked:
            if len(palette) < 16 and min(_distance(colour, known) for known in palette) > 900:
                palette.append(colour)
        nearest = {
            colour: min(range(len(palette)), key=lambda n: _distance(colour, palette[n]))
            for colour in counts
        }
        return palette, [[nearest[colour] for colour in line] for line in mixed]

    def _mean(self, samples: bytes) -> Colour:
        if samples.count(samples[0]) == len(samples):
            return self.colours[samples[0]]
        parts = [self.colours[sample] for sample in samples]
        red, green, blue = (sum(part[n] for part in parts) // len(parts) for n in range(3))
        return red, green, blue


def draw_packet() -> bytes:
    """The packet: paper, flap, frame, rose and lettering, as PNG bytes."""
    sheet = Sheet(DESK)
    sheet.fill(box(58, 38, 316, 462), SHADOW)
    sheet.fill(box(50, 28, 308, 452), PAPER)
    sheet.fill([(50, 28), (308, 28), (296, 62), (62, 62)], FOLD)
    sheet.line([(50, 28), (62, 62), (296, 62), (308, 28)], 1.2)
    sheet.line([*box(50, 28, 308, 452), (50, 28)], 1.6)
    sheet.line([*box(64, 76, 294, 438), (64, 76)], 2.2)
    sheet.line([*box(69, 81, 289, 433), (69, 81)], 0.9)
    sheet.write("TAIT & BROTHER", 179, 92, 2.2)
    sheet.line([(140, 116), (218, 116)], 1.0)
    draw_rose(sheet)
    sheet.line([(140, 394), (218, 394)], 1.0)
    sheet.write("OLD WHITE SCOTCH", 179, 404, 2.1)
    palette, rows = sheet.pixels()
    return png(palette, rows)


def draw_rose(sheet: Sheet) -> None:
    """A single white rose on its stem, with a bud, leaves and thorns."""
    stem = curve((176, 240), (160, 310), (190, 380))
    sheet.line(stem, 3.4)
    sheet.line(stem, 1.4, LEAF)
    spray = curve((170, 300), (205, 280), (232, 246))
    sheet.line(spray, 2.6)
    sheet.line(spray, 1.0, LEAF)
    for x, y, side in ((170, 292, -1), (170, 322, 1), (175, 344, -1), (181, 362, 1)):
        sheet.fill([(x, y - 4), (x + side * 10, y - 6), (x, y + 3)], INK)
    draw_leaf(sheet, (172, 326), 205, 64)
    draw_leaf(sheet, (176, 346), -20, 66)
    draw_leaf(sheet, (171, 306), 150, 46)
    sheet.fill(oval((234, 238), 12, 16, 24), INK)
    sheet.fill(oval((234, 238), 10.4, 14.4, 24), PETAL)
    sheet.line(curve((230, 226), (240, 236), (232, 252)), 1.2)
    for angle in (-122, -58):
        draw_leaf(sheet, (232, 256), angle, 22)
    for number in range(5):
        draw_petal(sheet, (176, 196), -90 + 72 * number + 180)
    for number in range(24):
        turn = math.radians(15 * number + 4)
        reach = 17 if number % 2 else 21
        end = (176 + reach * math.cos(turn), 196 + reach * math.sin(turn))
        sheet.line([(176, 196), end], 0.9)
        sheet.fill(circle(end, 2.4, 12), INK)
        sheet.fill(circle(end, 1.5, 12), HEART)
    sheet.fill(circle((176, 196), 8, 24), INK)
    sheet.fill(circle((176, 196), 6.6, 24), HEART)


def draw_petal(sheet: Sheet, heart: Point, angle: float) -> None:
    """One notched petal that leaves the heart in the direction `angle` (degrees)."""
    shape: list[Point] = []
    for step in range(-50, 51):
        turn = step / 50
        reach = 60 * (1 - abs(turn) ** 5) - 9 * math.exp(-((turn / 0.16) ** 2))
        shape.append(toward(heart, angle + turn * 43, max(reach, 6)))
    sheet.fill([heart, *shape], PETAL)
    sheet.line([heart, *shape, heart], 1.8)
    for lean in (-20, -8, 8, 20):
        rib = [toward(heart, angle + lean * (0.6 + d / 90), d) for d in range(24, 43, 3)]
        sheet.line(rib, 0.7, SHADOW)


def draw_leaf(sheet: Sheet, base: Point, angle: float, length: float) -> None:
    """A toothed leaf with its ribs."""
    edge: list[Point] = []
    for side in (1, -1):
        steps = range(25) if side == 1 else range(24, -1, -1)
        for step in steps:
            along = step / 24
            wide = length * 0.24 * math.sin(math.pi * along**0.8) + (step % 2) * 1.6
            edge.append(across(base, angle, along * length, side * wide))
    sheet.fill(edge, LEAF)
    sheet.line([*edge, edge[0]], 1.3)
    sheet.line([base, toward(base, angle, length * 0.94)], 1.1)
    for step in range(2, 8):
        along = step / 9 * length
        for side in (1, -1):
            wide = length * 0.15 * math.sin(math.pi * step / 9)
            rib = [toward(base, angle, along), across(base, angle, along + 5, side * wide)]
            sheet.line(rib, 0.7)


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def oval(middle: Point, wide: float, high: float, steps: int) -> list[Point]:
    turns = [math.tau * step / steps for step in range(steps)]
    return [(middle[0] + wide * math.cos(t), middle[1] + high * math.sin(t)) for t in turns]


def circle(middle: Point, radius: float, steps: int) -> list[Point]:
    return oval(middle, radius, radius, steps)


def curve(start: Point, pull: Point, end: Point, steps: int = 24) -> list[Point]:
    """A quadratic curve from start to end, drawn toward `pull`."""
    points: list[Point] = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append(
            (
                a * start[0] + b * pull[0] + c * end[0],
                a * start[1] + b * pull[1] + c * end[1],
            )
        )
    return points


def toward(start: Point, angle: float, reach: float) -> Point:
    turn = math.radians(angle)
    return start[0] + reach * math.cos(turn), start[1] + reach * math.sin(turn)


def across(start: Point, angle: float, along: float, aside: float) -> Point:
    return toward(toward(start, angle, along), angle + 90, aside)


def _distance(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def png(palette: list[Colour], rows: list[list[int]]) -> bytes:
    """A four-bit PNG whose data is stored, since compressors differ from machine to machine."""
    lines = b"".join(
        b"\0" + bytes(left << 4 | right for left, right in zip(row[::2], row[1::2], strict=True))
        for row in rows
    )
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"PLTE", colours)
        + _chunk(b"IDAT", _stored(lines))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _stored(data: bytes) -> bytes:
    """A zlib stream of stored blocks."""
    blocks = []
    for start in range(0, len(data), 65535):
        part = data[start : start + 65535]
        last = start + 65535 >= len(data)
        blocks.append(struct.pack("<BHH", last, len(part), len(part) ^ 0xFFFF) + part)
    return b"\x78\x01" + b"".join(blocks) + struct.pack(">I", zlib.adler32(data))
