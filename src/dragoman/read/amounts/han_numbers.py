"""Chinese numerals: 一百二十, 三万五千, 二〇二六, 3万, 两亿. Pure."""

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
SIGNS = "".join(_DIGITS) + "".join(_TENS) + "".join(_SCALES)
LONGEST = 24
"""Signs of a numeral; longer runs are none."""


def han_number(run: str) -> float | None:
    """The value of a numeral, whose digits may be ASCII ones; None where it is no numeral."""
    if not 0 < len(run) <= LONGEST:
        return None
    if all(sign in _DIGITS for sign in run) and len(run) > 1:
        return float("".join(str(_DIGITS[sign]) for sign in run))
    total = section = 0.0
    digits = ""
    for sign in run:
        if sign in _TENS:
            section += (float(digits) if digits else 1.0) * _TENS[sign]
            digits = ""
        elif sign in _SCALES:
            section += float(digits) if digits else 0.0
            if sign in "亿億" or not total:
                total = (total + (section or (1.0 if not total else 0.0))) * _SCALES[sign]
            else:
                total += section * _SCALES[sign]
            section, digits = 0.0, ""
        elif sign in _DIGITS:
            if sign in "零〇○" and not digits:
                continue
            digits += str(_DIGITS[sign])
        elif sign.isascii() and (sign.isdigit() or (sign == "." and digits and "." not in digits)):
            digits += sign
        else:
            return None
    return total + section + (float(digits) if digits else 0.0)
