"""Numbers written the ways Word's automatic numbering writes them."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 99_999


def written(number: int, style: str) -> str:
    """``number`` in the numbering style of that name (``w:numFmt``); unknown styles count in decimals."""
    if style in _NOTHING:
        return ""
    if not 0 <= number <= _LARGEST:
        return str(number)
    return _STYLES.get(style, str)(number)


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千万") -> str:
    """一, 十, 十一, 二十, 一百零五; 壹拾 where ``digits`` are the legal ones."""
    ten, hundred, thousand, myriad = tuple(units)
    zero = _LEGAL[0]
    if number == 0:
        return digits[0]
    if number >= 10_000:
        rest = number % 10_000
        gap = zero if 0 < rest < 1000 else ""
        return chinese(number // 10_000, digits, units) + myriad + (gap + chinese(rest, digits, units) if rest else "")
    out, skipped = "", False
    for size, unit in ((1000, thousand), (100, hundred), (10, ten), (1, "")):
        digit, number = divmod(number, size)
        if not digit:
            skipped = bool(out)
            continue
        is_bare_ten = size == 10 and digit == 1 and not out and digits is _DIGITS
        out += (zero if skipped else "") + ("" if is_bare_ten else digits[digit]) + unit
        skipped = False
    return out


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    """Word's chineseCounting: words below a hundred, then digit by digit."""
    return chinese(number) if number < 100 else _digit_by_digit(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for size, letters in _ROMAN:
        times, number = divmod(number, size)
        out += letters * times
    return out


def _letter(number: int) -> str:
    """Letters as Word counts on: a … z, aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 30 else str(number)


def _from(first: int, last: int) -> Callable[[int], str]:
    """Characters of a run in Unicode that stand for 1 … ``last``; beyond it decimals."""
    return lambda number: chr(first + number - 1) if 1 <= number <= last else str(number)


def _circled(number: int) -> str:
    if 20 < number <= 35:
        return chr(0x3251 + number - 21)
    return _from(0x2460, 20)(number)


def _cyclic(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_NOTHING = {"none", "bullet"}
_STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "ordinal": _ordinal,
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL, "拾佰仟万"),
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _cyclic(_STEMS),
    "ideographZodiac": _cyclic(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
}
