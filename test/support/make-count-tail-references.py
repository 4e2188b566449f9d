"""Writes test/fixtures/references/count-tails.json: tails of count laws in 70-digit arithmetic.

Direct summation of the exact values of the doubles given, with nothing but the standard library:
    python3 test/support/make-count-tail-references.py
"""

import json
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from functools import lru_cache
from math import comb
from pathlib import Path

DIGITS = 70
MOST_TERMS = 60_000
MOST_SPREADS = 60
HALF = Decimal("0.5")
getcontext().prec = DIGITS


@lru_cache
def bernoulli(n):
    if n == 0:
        return Fraction(1)
    return -sum(comb(n + 1, k) * bernoulli(k) for k in range(n)) / (n + 1)


@lru_cache
def pi(digits):
    """Machin's formula, in whole numbers."""
    one = 10 ** (digits + 10)

    def arc_tangent_of_inverse(n):
        power, total, k = one // n, 0, 0
        while power:
            total += (-1) ** k * (power // (2 * k + 1))
            power //= n * n
            k += 1
        return total

    return Decimal(4 * (4 * arc_tangent_of_inverse(5) - arc_tangent_of_inverse(239))) / one


def log_complement(p):
    """ln(1 - p), also where 1 - p has no digits left."""
    return -p - p * p / 2 - p**3 / 3 if p < Decimal("1e-20") else (1 - p).ln()


def log_gamma(x):
    product = Decimal(1)
    while x < 60:
        product *= x
        x += 1
    total = (x - HALF) * x.ln() - x + (2 * pi(DIGITS)).ln() / 2 - product.ln()
    for n in range(1, 40):
        b = bernoulli(2 * n)
        total += Decimal(b.numerator) / b.denominator / (2 * n * (2 * n - 1) * x ** (2 * n - 1))
    return total


def stirling_error(x):
    return log_gamma(x + 1) - (x + HALF) * x.ln() + x - (2 * pi(DIGITS)).ln() / 2


def digamma(x):
    step = x * Decimal("1e-25")
    return (log_gamma(x + step) - log_gamma(x - step)) / (2 * step)


def sum_of(first, factor_at):
    """first * (factor + factor * factor + …), or None where that takes too long."""
    total, term = Decimal(0), first
    for step in range(MOST_TERMS):
        term *= factor_at(step)
        total += term
        if term <= total * Decimal("1e-45"):
            return total
    return None


def mid_tails(count, log_point, ratio_to):
    """ln of both mid-p tails; ratio_to(k) is P(Y = k) / P(Y = k - 1)."""
    point = log_point.exp()
    below = sum_of(point, lambda step: 1 / ratio_to(count - step) if step < count else Decimal(0))
    if below is not None and below < 1 - Decimal("1e-20"):
        lower = below + point / 2
        return log_complement(lower), lower.ln()
    above = sum_of(point, lambda step: ratio_to(count + 1 + step))
    if above is None:
        return None
    upper = above + point / 2
    return upper.ln(), log_complement(upper)


def negative_binomial(count, mean, variance):
    r = mean * mean / (variance - mean)
    x = (variance - mean) / variance
    log_point = log_gamma(count + r) - log_gamma(Decimal(count + 1)) - log_gamma(r)
    log_point += count * x.ln() + r * (mean / variance).ln()
    return mid_tails(count, log_point, lambda k: (k - 1 + r) / k * x)


def poisson(count, mean):
    log_point = count * mean.ln() - mean - log_gamma(Decimal(count + 1))
    return mid_tails(count, log_point, lambda k: mean / k)


def normal_survival(z):
    """P(Z > z), in as many digits as the cancellation far out needs."""
    if z < 0:
        return 1 - normal_survival(-z)
    with localcontext() as context:
        context.prec = DIGITS + int(z * z / 4) + 10
        total = term = z
        k = 1
        while term > total.scaleb(-context.prec):
            k += 2
            term *= z * z / k
            total += term
        survival = HALF - (-z * z / 2).exp() / (2 * pi(context.prec)).sqrt() * total
    return +survival


def log_normal_survival(z):
    return log_complement(normal_survival(-z)) if z < 0 else normal_survival(z).ln()


def rounded_normal(count, mean, variance):
    spread = max(variance, Decimal(1) / 12).sqrt()
    above = (count + HALF - mean) / spread
    at_least = (count - HALF - mean) / spread
    if abs(above) > MOST_SPREADS:
        return None
    if count >= mean:
        upper = (normal_survival(above) + normal_survival(at_least)) / 2
        return upper.ln(), log_complement(upper)
    below = normal_survival(-at_least) if count > 0 else 0
    lower = (normal_survival(-above) + below) / 2
    return log_complement(lower), lower.ln()


def tails_of(count, mean, variance):
    m, v = Decimal(mean), Decimal(variance)
    if variance > mean:
        return negative_binomial(count, m, v)
    if variance == mean:
        return poisson(count, m)
    return rounded_normal(count, m, v)


def laws():
    for mean in (1e-6, 0.4, 3.7, 40.0, 1000.0, 50000.0):
        yield mean, mean
        for shape in (1e-3, 0.1, 1.0, 30.0, 1e4):
            yield mean, mean + mean * mean / shape
        for factor in (1 + 1e-14, 1 + 1e-8, 1.2, 50.0):
            yield mean, mean * factor
    yield from ((1e-6, 1.0), (1.0, 1e10), (5.0, 1e8), (300.0, 1e9), (1e-300, 1e-299), (1e-200, 1.0))
    yield from ((1.0, 0.5), (12.0, 0.0), (12.0, 0.7), (12.0, 11.0), (288.5, 30.0), (50000.0, 900.0))


def counts_of(mean, variance):
    spread = variance**0.5
    near = {0, 1, 2, 3, 7, 20}
    near |= {int(mean + step * spread) for step in (-3, -1, 0, 1, 4, 12, 60)}
    near |= {int(mean * share) for share in (0.02, 0.5, 0.9, 1.1, 3)} | {int(mean), int(mean) + 1}
    far = mean + 30 * max(1.0, variance / max(mean, 1e-3)) + 12 * spread
    return sorted(c for c in near | {int(far), int(20 * far)} if 0 <= c <= 3_000_000)


def rows():
    for mean, variance in laws():
        for count in counts_of(mean, variance):
            tails = tails_of(count, mean, variance)
            if tails is not None and tails[0] > -200_000:
                yield [count, mean, variance, *map(float, tails)]


def lines(values):
    return "[\n" + ",\n".join(f"    {json.dumps(value)}" for value in values) + "\n  ]"


arguments = (1e-300, 1e-12, 1e-3, 0.3, 1.0, 1.5, 2.0, 4.5, 7.0, 9.99, 10.0, 10.5, 171.5, 1e5, 1e15)
scores = (-38.0, -9.0, -3.0, -1e-9, 0.0, 0.3, 1.0, 2.4999, 2.5, 3.0, 4.5, 8.0, 20.0, 40.0, 60.0)
document = {
    "tails": lines(rows()),
    "logNormalSurvival": lines([z, float(log_normal_survival(Decimal(z)))] for z in scores),
    "stirlingError": lines([x, float(stirling_error(Decimal(x)))] for x in arguments),
    "digamma": lines([x, float(digamma(Decimal(x)))] for x in arguments[1:]),
}
fixture = Path(__file__).parent.parent / "fixtures" / "references" / "count-tails.json"
fixture.write_text("{\n" + ",\n".join(f'  "{key}": {text}' for key, text in document.items()) + "\n}\n")
